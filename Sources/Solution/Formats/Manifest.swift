internal import XML

/// `Other/Solution.xml` of SolutionPackager, and `solution.xml` of a solution zip.
///
/// `ImportExportXml/SolutionManifest` with UniqueName, Publisher/CustomizationPrefix and
/// MissingDependencies. References are never among the RootComponents. A reference that another
/// solution must bring is a `Required` of type `connectionreference`; its logical name stands in an
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
  /// Each name and origin once: several components may need the same reference.
  let externals: [External]
  /// Ids and schema names, in lower case, of connectors that another solution must bring.
  var missingConnectors: Set<String> = []

  /// Nil when the root is another: a file of that name which has nothing to do with solutions.
  static func read(_ bytes: [UInt8]) throws(Unreadable) -> Manifest? {
    let root = try element(bytes)
    guard root.name == "ImportExportXml" else { return nil }
    let manifest = root.child("SolutionManifest")
    let publisher = manifest?.child("Publisher")
    var externals: [External] = []
    var connectors: Set<String> = []
    for dependency in manifest?.child("MissingDependencies")?.children ?? [] {
      for required in dependency.children {
        if let external = External(required), !externals.contains(where: external.isSame) {
          externals.append(external)
        }
        connectors.formUnion(required.missingConnectorNames)
      }
    }
    return Manifest(
      uniqueName: manifest?.child("UniqueName")?.text.trimmingSpace.nonEmpty,
      publisher: publisher?.child("UniqueName")?.text.trimmingSpace.nonEmpty,
      prefix: publisher?.child("CustomizationPrefix")?.text.trimmingSpace.nonEmpty,
      version: (manifest?.child("Version")?.text).flatMap(SolutionVersion.init),
      isManaged: manifest?.child("Managed")?.text.trimmingSpace == "1", externals: externals,
      missingConnectors: connectors)
  }

  /// Where nothing in the file is of type `connectionreference`, all that matters stands at its head.
  /// The rest, up to megabytes in a large solution and another in each export, need not be parsed.
  private static func element(_ bytes: [UInt8]) throws(Unreadable) -> Element {
    if let head = head(of: bytes) {
      // A head that is no document by itself is read with the rest.
      if let element = try? Element(file: head, keeping: wanted) { return element }
    }
    return try Element(file: bytes, keeping: wanted)
  }

  /// The bytes before the components, closed; nil where that cannot be told, as in UTF-16.
  private static func head(of bytes: [UInt8]) -> [UInt8]? {
    guard !bytes.contains(0), !referenceType.finds(in: bytes.span),
      !connectorType.finds(in: bytes.span)
    else { return nil }
    // What was cut short, or holds conflict markers, is no manifest, wherever that begins.
    guard bytes.suffix(64).mentions("</ImportExportXml>"), !bytes.mentions("<<<<<<<") else {
      return nil
    }
    guard let start = firstIndex(of: "<RootComponents", in: bytes.span) else { return nil }
    return bytes[..<start] + Array("</SolutionManifest></ImportExportXml>".utf8)
  }

  private static let referenceType = QuotedWordSearch("connectionreference")
  /// Connectors are root components of this type too.
  private static let connectorType = QuotedWordSearch("372")
  private static let wanted: Selection = ["ImportExportXml": ["SolutionManifest": selection]]

  private static let selection: Selection = [
    "UniqueName": .everything,
    "Version": .everything,
    "Managed": .everything,
    "Publisher": ["UniqueName": .everything, "CustomizationPrefix": .everything],
    "MissingDependencies": ["MissingDependency": ["Required": [:]]],
  ]
}

extension Element {
  /// Of a `Required` element of the type of connectors, 372: its id and its schema name.
  fileprivate var missingConnectorNames: [String] {
    guard ["372", "connector"].contains(attribute("type")?.lowercased()) else { return [] }
    return ["id", "schemaName", "displayName"].compactMap {
      attribute($0)?.nonEmpty?.lowercased().trimmingBraces
    }
  }
}

extension Manifest.External {
  /// Takes a `Required` element; nil when it is no reference.
  fileprivate init?(_ required: Element) {
    guard required.attribute("type")?.lowercased() == "connectionreference",
      let name = required.attribute("id.connectionreferencelogicalname")?.nonEmpty
        ?? required.attribute("displayName")?.nonEmpty
    else { return nil }
    self.init(
      name: LogicalName(name), origin: .init(solution: required.attribute("solution")),
      line: required.line)
  }

  func isSame(as other: Self) -> Bool { name == other.name && origin == other.origin }
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
