import Synchronization

/// A solution in one place: its unique name plus its folder. A value; one object, since it occurs
/// in thousands of snapshots of a history.
package final class Instance: Sendable {
  /// How the solution is laid out on disk, as reports name it.
  package enum Form: String, Hashable, Sendable {
    /// SolutionPackager: `Other/Customizations.xml`.
    case unpacked
    /// The files of a solution zip as they are: `customizations.xml` beside `solution.xml`.
    case plain
    /// The same inside a committed zip.
    case archive
    /// Dataverse Git integration: `connectionreferences/…/connectionreference.yml`.
    case yaml
    /// Flows, apps or agents, and no file beside them that could declare a reference.
    case flowsOnly = "flows-only"
    /// A code app's source, outside any solution: it names references and declares none.
    case codeApp = "code-app"
    /// An unpacked canvas app, which declares nothing either.
    case canvasApp = "canvas-app"
    /// Flows exported as a package for one environment, and so with connections and no references.
    case flowPackage = "flow-package"
    /// A cloned agent: `connectionreferences.mcs.yml` lists what it uses, its other files name it.
    case clone = "agent-clone"

    /// True where a file states the unique name: any other form is called after its folder.
    package var hasManifest: Bool {
      switch self {
      case .unpacked, .plain, .archive, .yaml: true
      case .flowsOnly, .codeApp, .canvasApp, .flowPackage, .clone: false
      }
    }

    /// How the files hold declarations, for a removed one to be put back.
    package enum DeclarationStore: Sendable {
      /// One after the other in one file.
      case list
      /// Each in a file of its own.
      case files
    }

    /// Nil where none are held, and where no edit reaches them.
    package var declarationStore: DeclarationStore? {
      switch self {
      // The new kind of an agent's workspace has files instead.
      case .unpacked, .plain, .clone: .list
      case .yaml: .files
      case .archive, .flowsOnly, .codeApp, .canvasApp, .flowPackage: nil
      }
    }
  }

  /// True for a form that is mostly a copy of a solution kept beside it, perhaps an old one: a build, a clone.
  package var mayBeCopy: Bool { form == .archive || form == .clone }

  /// Whether the declarations could be read.
  package enum Declarations: String, Hashable, Sendable {
    case read
    /// No file declares them, so absence says nothing.
    case absent
    /// A file is there and could not be read: unknown, never empty.
    case unreadable
  }

  /// From the root of the repository; empty for the root itself.
  package let folder: String
  /// From the manifest; where there is none, the last part of the folder.
  package let uniqueName: String
  /// From the manifest; nil where it states none that can be read.
  package let version: SolutionVersion?
  /// True for a managed export: the manifest says `<Managed>1`.
  package let isManaged: Bool
  package let form: Form
  /// The publisher's customization prefix, without the underscore that follows it.
  package let publisherPrefix: String?
  package let declarations: Declarations
  /// Full and stubbed, in the order of the file.
  package let references: [Reference]
  package let externals: [ExternalReference]
  /// Declared in the root that the solution shares, and listed by no solution of it: the package is
  /// built without them. Only in Git integration's form.
  package let unlisted: [Reference]
  /// The file that lists what belongs to the solution; nil in forms that need none.
  package let memberList: String?
  /// Ordered by path.
  package let consumers: [Consumer]
  /// Custom connectors that are part of the solution.
  package let connectors: [CustomConnector]
  /// Ids and schema names, in lower case, of custom connectors that its manifest expects from elsewhere.
  package let missingConnectors: Set<String>
  /// The files this was read from: the same object means the same content.
  package let source: Folder
  // Each made when something is asked of it: nothing is asked of most instances of a history.
  private let referenceIndex: ReferenceIndex
  private let externalIndex = AtomicLazyReference<SortedIndex>()
  private let consumerIndex = AtomicLazyReference<SortedIndex>()
  private let linkIndex = AtomicLazyReference<LinkIndex>()
  private let undeclared = AtomicLazyReference<Names>()

  private final class Names: Sendable {
    let names: [LogicalName]

    init(_ names: [LogicalName]) { self.names = names }
  }

  /// - Parameter known: of another instance with the same list of references.
  package init(
    folder: String, uniqueName: String, version: SolutionVersion? = nil, isManaged: Bool = false,
    form: Form, publisherPrefix: String?,
    declarations: Declarations, references: [Reference], indexedBy known: ReferenceIndex? = nil,
    externals: [ExternalReference],
    unlisted: [Reference] = [], memberList: String? = nil,
    consumers: [Consumer], connectors: [CustomConnector] = [], missingConnectors: Set<String> = [],
    source: Folder
  ) {
    referenceIndex = known ?? ReferenceIndex()
    self.folder = folder
    self.uniqueName = uniqueName
    self.version = version
    self.isManaged = isManaged
    self.form = form
    self.publisherPrefix = publisherPrefix
    self.declarations = declarations
    self.references = references
    self.externals = externals
    self.unlisted = unlisted
    self.memberList = memberList
    self.consumers = consumers
    self.connectors = connectors
    self.missingConnectors = missingConnectors
    self.source = source
  }

  /// The unique name in lower case: solutions are the same where theirs are equal.
  package var solutionKey: String { uniqueName.lowercased() }

  /// True for another place of the same solution, and for the instance itself.
  package func isSameSolution(as other: Instance) -> Bool { solutionKey == other.solutionKey }

  /// True for the solution of this unique name, in any letter case.
  package func isCalled(_ name: String) -> Bool { solutionKey == name.lowercased() }

  /// True when it declares `name`, in full or as a stub.
  package func declares(_ name: LogicalName) -> Bool { !positions(of: name).isEmpty }

  /// Full and stubbed, in the order of the file.
  package func references(named name: LogicalName) -> [Reference] {
    positions(of: name).map { references[Int($0)] }
  }

  /// Those with this stem, in the order of the file.
  package func references(withStem stem: Substring) -> [Reference] {
    referenceIndex.positions(ofStem: stem, in: references).map { references[Int($0)] }
  }

  private func positions(of name: LogicalName) -> ArraySlice<Int32> {
    referenceIndex.positions(of: name, in: references)
  }

  /// The references of this name that the manifest expects from elsewhere, in its order.
  package func externals(named name: LogicalName) -> [ExternalReference] {
    guard !externals.isEmpty else { return [] }
    let index =
      externalIndex.load()
      ?? externalIndex.storeIfNil(SortedIndex(count: externals.count) { externals[$0].name })
    return index.positions(of: name) { externals[$0].name }.map { externals[Int($0)] }
  }

  /// The consumers with a link to `name`, in their order.
  package func consumers(naming name: LogicalName) -> [Consumer] {
    guard !consumers.isEmpty else { return [] }
    return (linkIndex.load() ?? linkIndex.storeIfNil(LinkIndex(consumers)))
      .consumers(naming: name, of: consumers)
  }

  /// The names that its consumers use and it does not declare itself, in no order.
  package var undeclaredNames: [LogicalName] {
    if let known = undeclared.load() { return known.names }
    let own = Set(references.map(\.name))
    var names: Set<LogicalName> = []
    for consumer in consumers {
      for link in consumer.links {
        if let name = link.reference, !own.contains(name) { names.insert(name) }
      }
    }
    return undeclared.storeIfNil(Names(Array(names))).names
  }

  /// The consumers of this id, in their order: one flow may be in two files.
  package func consumers(withID id: String) -> [Consumer] {
    guard !consumers.isEmpty else { return [] }
    let index =
      consumerIndex.load()
      ?? consumerIndex.storeIfNil(SortedIndex(count: consumers.count) { consumers[$0].id })
    return index.positions(of: id) { consumers[$0].id }.map { consumers[Int($0)] }
  }

  /// True when the file of `reference` is there, but the solution's list does not name it.
  package func isUnlisted(_ reference: Reference) -> Bool {
    unlisted.contains { $0.name == reference.name }
  }

  /// The solution that a patch (`X_Patch_33b0c84d`) belongs to; nil for a whole solution.
  package var patchedSolution: String? {
    let parts = uniqueName.split(separator: "_", omittingEmptySubsequences: false)
    guard parts.count > 2, let tail = parts.last, !tail.isEmpty, tail.allSatisfy(\.isHexDigit),
      parts[parts.count - 2].lowercased() == "patch"
    else { return nil }
    return parts.dropLast(2).joined(separator: "_")
  }
}
