internal import Parsing

/// `solutions/<name>/solution.yml` of Dataverse's Git integration: the XML manifest's vocabulary,
/// without MissingDependencies and without the publisher's prefix, which have files of their own.
enum YAMLManifest {
  static func read(_ bytes: [UInt8]) throws(Unreadable) -> Manifest {
    let root = try Node(file: bytes)
    let manifest = (root.child("ImportExportXml") ?? root).child("SolutionManifest")
    let publisher = manifest?.child("Publisher")
    return Manifest(
      uniqueName: manifest?.text("UniqueName"),
      publisher: publisher?.text("UniqueName") ?? manifest?.text("Publisher"),
      prefix: publisher?.text("CustomizationPrefix"),
      version: manifest?.text("Version").flatMap(SolutionVersion.init),
      isManaged: manifest?.text("Managed") == "1", externals: [])
  }
}

/// `publishers/<name>/publisher.yml`: the publisher's prefix.
enum YAMLPublisher {
  static func read(_ bytes: [UInt8]) throws(Unreadable) -> Manifest {
    let publisher = try Node(file: bytes).child("Publisher")
    return Manifest(
      uniqueName: nil, publisher: publisher?.text("UniqueName"),
      prefix: publisher?.text("CustomizationPrefix"), externals: [])
  }
}

/// `solutions/<name>/missingdependencies.yml`.
enum YAMLMissingDependencies {
  /// The components that a solution expects from others.
  struct Content: Sendable {
    var externals: [Manifest.External] = []
    /// Ids and schema names, in lower case.
    var connectors: Set<String> = []
  }

  static func read(_ bytes: [UInt8]) throws(Unreadable) -> Content {
    var content = Content()
    let root = try Node(file: bytes).child("MissingDependencies")
    for dependency in root?.children("MissingDependency") ?? [] {
      for required in dependency.children("Required") {
        let type = required.text("@type")?.lowercased()
        if type == "372" || type == "connector" {
          content.connectors.formUnion(
            ["@id", "@schemaName", "@displayName"].compactMap {
              required.text($0)?.lowercased().trimmingBraces
            })
        }
        guard type == "connectionreference",
          let name = required.text("@id.connectionreferencelogicalname")
            ?? required.text("@displayName")
        else { continue }
        let external = Manifest.External(
          name: LogicalName(name), origin: .init(solution: required.text("@solution")),
          line: required.line)
        if !content.externals.contains(where: external.isSame) {
          content.externals.append(external)
        }
      }
    }
    return content
  }
}
