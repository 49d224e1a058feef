import Git
import TestSupport
import Testing

extension TestRepository {
  /// Opens the fixture as connref would: in a folder, with the variables that a hook was given.
  func open(
    at path: String? = nil, in folder: String? = nil, _ variables: [String: String] = [:]
  ) throws -> Repository {
    let environment = Command.closedWorld.merging(variables) { $1 }
    return try Repository(at: path, folder: folder ?? self.path, environment: environment)
  }

  func objectID(_ message: String) throws -> ObjectID {
    try #require(ObjectID(hex: id(message)))
  }
}

/// The variables `GIT_…` that a hook of the fixture was given, from a file that it wrote.
func variables(_ text: String) -> [String: String] {
  var found: [String: String] = [:]
  for line in text.split(separator: "\n") where line.hasPrefix("GIT_") {
    let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    if parts.count == 2 { found[String(parts[0])] = String(parts[1]) }
  }
  return found
}

func paths(_ entries: [IndexEntry]) -> [String] { entries.map(\.path) }

extension Repository {
  /// Every staged file, in the order of the index.
  func index() throws(GitError) -> [IndexEntry] { try index { _, _ in true } }
}

extension ObjectID {
  /// The tree without entries. It need not exist in the repository, and it can still be read.
  static let emptyTree = ObjectID(hex: "4b825dc642cb6eb9a060e54bf8d69288fbee4904") ?? .zero
}
