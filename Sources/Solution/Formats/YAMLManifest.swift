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
  static func read(_ bytes: [UInt8]) throws(Unreadable) -> Manifest.Expectations {
    let root = try Node(file: bytes).child("MissingDependencies")
    let required = (root?.children("MissingDependency") ?? []).flatMap { $0.children("Required") }
    return Manifest.Expectations(
      required.map { node in
        Manifest.Requirement(attribute: { node.text("@" + $0) }, line: node.line)
      })
  }
}
