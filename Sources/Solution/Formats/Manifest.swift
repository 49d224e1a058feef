internal import Parsing
import Platform

/// `Other/Solution.xml` of SolutionPackager, and `solution.xml` of a solution zip.
///
/// `ImportExportXml/SolutionManifest` with UniqueName, Publisher/CustomizationPrefix and
/// MissingDependencies. References are never among the RootComponents. A reference that another
/// solution must bring is a `Required` of type `connectionreference`; its logical name is in an
/// attribute whose name has a dot, `solution` is `Active` or `Name (1.2.3.4)`. The other way round, a
/// `Dependent` of that type needs a custom connector, a `Required` of type 372 with `id` and `schemaName`.
///
/// Source: 230 public manifests; "Missing dependencies" in Microsoft's ALM documentation.
struct Manifest: Sendable {
  struct External: Hashable, Sendable {
    let name: LogicalName
    let origin: ExternalReference.Origin
    let line: Int
  }

  let uniqueName: String?
  let publisher: String?
  let prefix: String?
  /// Nil where the file states none that can be read.
  var version: SolutionVersion?
  /// `<Managed>` 1; 0 and 2 are unmanaged.
  var isManaged = false
  let externals: [External]
  /// Ids and schema names, in lower case, of connectors that another solution must bring.
  var missingConnectors: Set<String> = []

  /// Nil when the root is another: a file of that name which has nothing to do with solutions.
  ///
  /// A manifest has up to megabytes, and is another in each export: most of it is not parsed.
  static func read(_ bytes: Span<UInt8>) throws(Unreadable) -> Manifest? {
    if let parts = ManifestParts(bytes) { return Manifest(parts.head, requiring: parts.required) }
    let root = try Element(file: [UInt8](copying: bytes), keeping: wanted)
    let missing = root.child("SolutionManifest")?.child("MissingDependencies")?.children ?? []
    return Manifest(
      root, requiring: missing.flatMap(\.children).map { Requirement($0, line: $0.line) })
  }

  /// As many bytes as nearly every head has: the components follow.
  static let headLength = 8 << 10

  /// The manifest without what it expects from elsewhere, from its first bytes.
  ///
  /// Nil where they do not hold its head, or not in a form that is plain to see.
  static func head(in bytes: Span<UInt8>) -> Manifest?? {
    (ManifestParts.shortHead(in: bytes) ?? ManifestParts.head(in: bytes)).map {
      Manifest($0, requiring: [])
    }
  }

  /// A `Required` element of XML or YAML, and the line of the file that it begins in.
  struct Requirement {
    /// Nil where it is missing or empty.
    let attribute: (String) -> String?
    let line: Int
  }

  /// What a solution expects from others.
  struct Expectations: Sendable {
    /// Each name and origin once: several components may need the same reference.
    private(set) var externals: [External] = []
    /// Ids and schema names of connectors, in lower case.
    private(set) var connectors: Set<String> = []

    init(_ requirements: [Requirement]) {
      for requirement in requirements {
        if let external = External(requirement),
          !externals.contains(where: { $0.name == external.name && $0.origin == external.origin })
        {
          externals.append(external)
        }
        connectors.formUnion(requirement.connectorNames)
      }
    }
  }

  static let wanted: Selection = ["ImportExportXml": ["SolutionManifest": selection]]

  private static let selection: Selection = [
    "UniqueName": .everything,
    "Version": .everything,
    "Managed": .everything,
    "Publisher": ["UniqueName": .everything, "CustomizationPrefix": .everything],
    "MissingDependencies": ["MissingDependency": ["Required": [:]]],
  ]
}

extension Manifest {
  private init?(_ root: Element, requiring requirements: [Requirement]) {
    guard root.name == "ImportExportXml" else { return nil }
    let manifest = root.child("SolutionManifest")
    let publisher = manifest?.child("Publisher")
    let expected = Expectations(requirements)
    self.init(
      uniqueName: manifest?.child("UniqueName")?.text.trimmingSpace.nonEmpty,
      publisher: publisher?.child("UniqueName")?.text.trimmingSpace.nonEmpty,
      prefix: publisher?.child("CustomizationPrefix")?.text.trimmingSpace.nonEmpty,
      version: (manifest?.child("Version")?.text).flatMap(SolutionVersion.init),
      isManaged: manifest?.child("Managed")?.text.trimmingSpace == "1",
      externals: expected.externals, missingConnectors: expected.connectors)
  }
}

extension Manifest.Requirement {
  init(_ element: Element, line: Int) {
    self.init(attribute: { element.attribute($0)?.nonEmpty }, line: line)
  }

  /// Of one of the type of connectors, 372: its id and its schema name.
  fileprivate var connectorNames: [String] {
    guard ["372", "connector"].contains(attribute("type")?.lowercased()) else { return [] }
    return ["id", "schemaName", "displayName"].compactMap {
      attribute($0)?.lowercased().trimmingBraces
    }
  }
}

extension Manifest.External {
  /// Nil when no reference is required.
  fileprivate init?(_ required: Manifest.Requirement) {
    guard required.attribute("type")?.lowercased() == "connectionreference",
      let name = required.attribute("id.connectionreferencelogicalname")
        ?? required.attribute("displayName")
    else { return nil }
    self.init(
      name: LogicalName(name), origin: .init(solution: required.attribute("solution")),
      line: required.line)
  }
}

extension ExternalReference.Origin {
  /// Takes the attribute `solution`. The version is dropped: it changes with every import.
  init(solution: String?) {
    guard let solution = solution?.trimmingSpace.nonEmpty, solution != "Active" else {
      self = .active
      return
    }
    let name = solution.hasSuffix(")") ? solution.prefix { $0 != "(" } : solution[...]
    self = .solution(String(name).trimmingSpace)
  }
}
