package import Solution

/// One revision, and what the team agreed on: what a state rule judges.
package struct State: Sendable {
  /// A solution, and those of its consumers that are judged.
  struct Part: Sendable {
    let instance: Instance
    let consumers: [Consumer]
  }

  /// How a reference was added.
  enum Addition: Sendable {
    /// Into a solution that was there before: it has just been made.
    case alone
    /// With a solution that is new as a whole, and may be deployed somewhere.
    case withSolution
  }

  /// Settings files included, where they were read.
  package let snapshot: Snapshot
  package let conventions: Conventions
  let declarations: Declarations
  let bindings: Bindings
  /// In an audit every solution with all that is in it, in a check what changed.
  let parts: [Part]
  /// Logical names that a change added; nil in an audit, where that is unknown.
  let additions: [LogicalName: Addition]?
  /// The solutions that the settings files belong to.
  package let settingsOwners: SettingsOwners
  /// False where a consumer may not have been read: then it is unknown what uses a reference.
  package let knowsEveryConsumer: Bool

  /// All of a revision, without older releases that are kept beside a newer one.
  ///
  /// - Parameters:
  ///   - knowsEveryConsumer: false where a file could not be read.
  ///   - former: what earlier revisions declared and used, as far as settings files bind it.
  ///   - leftFiles: files of flows that were renamed since, which say nothing of them any more.
  ///   - solution: the unique name of the only one to judge; nil for all.
  package init(
    _ snapshot: Snapshot, conventions: Conventions = .standard, knowsEveryConsumer: Bool = true,
    former: FormerNames = FormerNames(), leftFiles: Set<String> = [],
    judging solution: String? = nil
  ) {
    let snapshot = snapshot.withoutOlderReleases
    let declarations = Declarations(
      snapshot, shippedElsewhere: conventions.shippedElsewhere)
    self.init(
      snapshot, conventions: conventions, declarations: declarations,
      parts: snapshot.solutions.filter {
        solution == nil || $0.solutionKey == solution?.lowercased()
      }.map {
        Part(
          instance: $0,
          consumers: leftFiles.isEmpty
            ? $0.consumers : $0.consumers.filter { !leftFiles.contains($0.path) })
      }, additions: nil, knowsEveryConsumer: knowsEveryConsumer, former: former)
  }

  /// True where a solution of the revision is by the publisher whose prefix the name has.
  func hasPublisher(of name: LogicalName) -> Bool {
    publisherPrefixes.contains(String(name.prefix))
  }

  /// The same, where no solution of the revision is by another publisher.
  func hasOnlyPublisher(of name: LogicalName) -> Bool { publisherPrefixes == [String(name.prefix)] }

  /// Of the solutions with references, in lower case.
  private var publisherPrefixes: Set<String> {
    Set(
      snapshot.instances.filter { !$0.references.isEmpty }
        .compactMap { $0.publisherPrefix?.lowercased() })
  }

  init(
    _ snapshot: Snapshot, conventions: Conventions, declarations: Declarations, parts: [Part],
    additions: [LogicalName: Addition]?, knowsEveryConsumer: Bool, former: FormerNames
  ) {
    self.snapshot = snapshot
    self.conventions = conventions
    self.declarations = declarations
    self.parts = parts
    self.additions = additions
    self.knowsEveryConsumer = knowsEveryConsumer
    bindings = Bindings(snapshot, declarations)
    settingsOwners = SettingsOwners(
      snapshot.solutions,
      settings: snapshot.settings, conventions: conventions, former: former)
  }

  /// Without older releases, which a check reads as well: they show which solution owns a settings file.
  package var solutions: [Instance] { snapshot.solutions.filter(declarations.isCurrent) }

  /// The solutions whose declarations are judged by what all of the revision does: in a check one that did
  /// not change may have lost the last consumer of its reference to a change of another.
  var judgedDeclarers: [Instance] { additions == nil ? parts.map(\.instance) : solutions }

  /// Every name that the revision declares, uses or binds.
  package var namesAtHand: Set<LogicalName> {
    let declared = snapshot.instances.flatMap { $0.references.map(\.name) }
    let bound = snapshot.settings.flatMap { file in
      file.rows.flatMap { [$0.reference] + $0.namesInToken }
    }
    return namesInUse.union(declared).union(bound)
  }

  /// Every name that a consumer has, builds and clones included.
  var namesInUse: Set<LogicalName> {
    let current = snapshot.instances.filter(declarations.isCurrent)
    return Set(current.flatMap { $0.consumers.flatMap { $0.links.compactMap(\.reference) } })
  }
}
