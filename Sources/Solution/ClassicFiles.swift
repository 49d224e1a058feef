/// The combined content of the files of one classic layout: one of each kind, or two whose names
/// differ by letter case alone.
struct ClassicFiles {
  private(set) var uniqueName: String?
  private(set) var prefix: String?
  private(set) var version: SolutionVersion?
  private(set) var isManaged = false
  private(set) var references: [Reference] = []
  private(set) var externals: [ExternalReference] = []
  private(set) var workflows: [Workflow] = []
  /// Apps and other components in the declarations' own file.
  private(set) var consumers: [Consumer] = []
  private(set) var connectors: [CustomConnector] = []
  private(set) var missingConnectors: Set<String> = []
  private var found: [Problem] = []
  private var foreign: [PlacedFile] = []
  private var state = Instance.Declarations.absent
  /// At least one file belongs to a solution, or might.
  private(set) var isSolution = false

  /// A file with another root is in the place of the declarations.
  var declarations: Instance.Declarations { foreign.isEmpty ? state : .unreadable }

  /// A foreign root is worth a word only where the rest is a solution.
  var problems: [Problem] {
    found
      + foreign.map {
        Problem(Unreadable("is no solution's file: its root is not 'ImportExportXml'"), in: $0)
      }
  }

  mutating func add(_ customizations: Customizations, from file: PlacedFile) {
    isSolution = true
    if state == .absent { state = .read }
    // A file's own duplicates are kept; what a second file repeats is not.
    let known = Set(references.map(\.name))
    references += customizations.declarations.map { $0.reference(in: file.path) }
      .filter { !known.contains($0.name) }
    workflows += customizations.workflows
    consumers += customizations.consumers(in: file.path)
    connectors += customizations.connectors.compactMap { $0.connector(in: file.path) }
    found += customizations.faults.map { Problem($0, in: file) }
  }

  mutating func addForeign(_ file: PlacedFile) {
    foreign.append(file)
  }

  mutating func addUnreadable(_ reason: Unreadable, in file: PlacedFile) {
    isSolution = true
    state = .unreadable
    found.append(Problem(reason, in: file))
  }

  mutating func add(_ manifest: Manifest, from file: PlacedFile) {
    isSolution = true
    uniqueName = uniqueName ?? manifest.uniqueName
    prefix = prefix ?? manifest.prefix
    version = version ?? manifest.version
    isManaged = isManaged || manifest.isManaged
    externals += manifest.externals.map { $0.external(in: file.path) }
    missingConnectors.formUnion(manifest.missingConnectors)
  }

  mutating func addUnreadableManifest(_ reason: Unreadable, in file: PlacedFile) {
    isSolution = true
    found.append(Problem(reason, in: file))
  }
}

extension Manifest.External {
  func external(in path: String) -> ExternalReference {
    ExternalReference(name: name, origin: origin, place: Place(path: path, line: line))
  }
}
