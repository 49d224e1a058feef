package import Solution

/// The facts from the ancestors of the side `before`: when a reference was added, which consumers
/// moved while both were declared, what a consumer once used.
package struct Past: Sendable {
  package struct Introduction: Sendable, Equatable {
    package let commit: String
    /// How far back, counted in commits walked; larger is older.
    package let age: Int
    /// True where the commit brought the whole solution.
    package let isWithSolution: Bool

    package init(commit: String, age: Int, isWithSolution: Bool = false) {
      self.commit = commit
      self.age = age
      self.isWithSolution = isWithSolution
    }
  }

  /// The last state of a solution, and the commit that removed it or its declarations.
  package typealias LastRelease = (instance: Instance, commit: String)

  /// A reference before a commit spelled it otherwise or put it on another connector.
  struct FormerState: Sendable {
    let reference: Reference
    /// The unique name of the solution that declared it, in lower case.
    let solution: String

    init(_ reference: Reference, in instance: Instance) {
      self.reference = reference
      solution = instance.solutionKey
    }
  }

  package var introductions: [LogicalName: Introduction]
  /// The reference as last declared before its removal, and the commit that removed it.
  package var removed: [LogicalName: (reference: Reference, commit: String)]
  /// Newest first.
  var formerStates: [LogicalName: [FormerState]]
  /// Newest first.
  package var moves: [(move: CommitTrace.Move, commit: String)]
  /// The links that each consumer lost, by its id, newest first.
  package var formerLinks: [String: [(link: CommitTrace.LostLink, commit: String)]]
  /// The names that solutions once declared or used and do not any more.
  package var former: FormerNames
  /// The references that each consumer began to use, by its id, newest first. The age is as that of an
  /// `Introduction`.
  package var gains: [String: [(reference: LogicalName, age: Int)]]
  package var removedSolutions: [SolutionLine: LastRelease]
  /// False when the walk ended before the first commit: a limit, or a shallow clone.
  package var isComplete: Bool
  /// Why the walk was cut off where it should not have been, with the fix; nil otherwise.
  package var limitation: String?
  /// The number of commits read, where their limit ended the walk; nil otherwise.
  package var endedAfter: Int?

  package init() {
    introductions = [:]
    removed = [:]
    formerStates = [:]
    moves = []
    formerLinks = [:]
    former = FormerNames()
    gains = [:]
    removedSolutions = [:]
    isComplete = false
  }

  /// Nothing is known.
  package static let unknown = Past()

  /// Why the walk did not see all that it should have, as a sentence; nil where it did.
  var cutShort: String? {
    cutShort(hiding: "whether consumers moved to another reference before those")
  }

  /// The same of a walk that may have missed `question`.
  func cutShort(hiding question: String) -> String? {
    limitation
      ?? endedAfter.map {
        "looked back over \($0) commit\($0 == 1 ? "" : "s"): \(question) is not known "
          + "(look-back in .connref.yml)"
      }
  }

  /// True when an ancestor declared `name` and a later one removed it.
  func declared(_ name: LogicalName) -> Bool { introductions[name] != nil || removed[name] != nil }

  /// True where a solution puts a reference back: the new state is one that it had before its present one.
  ///
  /// - Parameter isSame: compares what the change altered.
  func isReturn(
    to now: Reference, from was: Reference, in instance: Instance,
    by isSame: (Reference, Reference) -> Bool
  ) -> Bool {
    let solution = instance.solutionKey
    let states = (formerStates[now.name] ?? []).filter { $0.solution == solution }
      .map(\.reference)
    guard let returned = states.lastIndex(where: { isSame($0, now) }) else { return false }
    return states.lastIndex { isSame($0, was) }.map { $0 < returned } ?? true
  }

  /// Which of two references was declared first. A name whose addition was not seen is older than
  /// everything that was; nil when neither was seen.
  func order(of successor: LogicalName, and predecessor: LogicalName) -> Order? {
    switch (introductions[successor], introductions[predecessor]) {
    case (nil, nil): nil
    case (nil, _): .older
    case (_, nil): .younger
    case (let later?, let earlier?):
      if later.commit == earlier.commit {
        .sameCommit
      } else {
        later.age > earlier.age ? .older : .younger
      }
    }
  }

  enum Order: Sendable {
    case older, sameCommit, younger
  }
}
