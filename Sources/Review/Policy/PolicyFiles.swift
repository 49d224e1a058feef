package import Detection
package import Git
import Solution

/// Where a team's policy is read from.
///
/// A change must not decide by which rules it is judged: a gate reads the side that is trusted
/// already, a local hook what it is about to commit.
package enum PolicySide: Hashable, Sendable {
  case index
  case worktree
  case commit(ObjectID)
  /// An empty repository.
  case nowhere
}

/// Reads the two policy files of a repository's root from whatever side is asked for.
package struct PolicyFiles {
  private let repository: Repository
  /// Stands for `.connref.yml` on every side.
  private let given: Configuration?

  /// - Parameter given: a configuration that the user named instead of the repository's own.
  package init(_ repository: Repository, given: Configuration? = nil) {
    self.repository = repository
    self.given = given
  }

  /// What is checked out, else the last commit: for what looks at a repository and judges no change.
  package func current() throws -> TeamPolicy {
    if !repository.isBare { return try policy(of: .worktree) }
    return try policy(of: repository.head().commit.map { .commit($0) } ?? .nowhere)
  }

  /// Throws `PolicyError` for a file that is not what it should be: nothing is judged by half a
  /// policy.
  package func policy(of side: PolicySide) throws -> TeamPolicy {
    let files = try files(of: side)
    let configuration =
      try given
      ?? files[Configuration.path].map { file throws(PolicyError) in
        try Configuration(file: file)
      }
    let approvals = try files[ApprovalsFile.path].map { file throws(PolicyError) in
      try ApprovalsFile(file).approvals
    }
    return TeamPolicy(
      configuration: configuration ?? .standard, approvals: approvals ?? Approvals())
  }

  private static let names = [Configuration.path, ApprovalsFile.path]
  private static let byteLimit = 4 << 20

  /// The bytes of those that are there.
  private func files(of side: PolicySide) throws -> [String: [UInt8]] {
    switch side {
    case .nowhere: return [:]
    case .worktree:
      guard let workTree = repository.workTree else { return [:] }
      var files: [String: [UInt8]] = [:]
      for name in Self.names {
        let path = "\(workTree)/\(name)"
        guard let kind = DiskFiles.kind(of: path) else { continue }
        guard kind == .regular else { throw Self.error(name, "is no regular file") }
        switch DiskFiles.contents(of: path, limit: Self.byteLimit) {
        case .bytes(let bytes): files[name] = bytes
        case .tooLarge: throw Self.error(name, "is larger than \(Self.byteLimit >> 20) MB")
        case .unavailable(let reason): throw Self.error(name, reason)
        }
      }
      return files
    case .index:
      let wanted = Self.names.map { Array($0.utf8) }
      let entries = try repository.index { path, _ in
        // Both names are short and begin with a dot: nearly every path is out at once.
        path.count <= 32 && path[0] == UInt8(ascii: ".")
          && wanted.contains { name in
            name.count == path.count && name.indices.allSatisfy { name[$0] == path[$0] }
          }
      }
      var files: [String: [UInt8]] = [:]
      for entry in entries where !entry.isIntentToAdd {
        guard entry.stage == 0 else { throw Self.error(entry.path, "it is unmerged") }
        files[entry.path] = try bytes(of: entry.id, entry.kind, named: entry.path)
      }
      return files
    case .commit(let id):
      let entries = try repository.tree(try repository.commit(id).tree) { name, _, _ in
        name.count <= 32 && name[0] == UInt8(ascii: ".")
      }
      var files: [String: [UInt8]] = [:]
      for entry in entries where Self.names.contains(entry.name) {
        files[entry.name] = try bytes(of: entry.id, entry.kind, named: entry.name)
      }
      return files
    }
  }

  private func bytes(
    of id: ObjectID, _ kind: TreeEntry.Kind, named name: String
  ) throws -> [UInt8] {
    guard kind == .file else { throw Self.error(name, "is no regular file") }
    switch try repository.blob(id, limit: Self.byteLimit) {
    case .bytes(let bytes): return bytes
    case .tooLarge: throw Self.error(name, "is larger than \(Self.byteLimit >> 20) MB")
    }
  }

  private static func error(_ path: String, _ message: String) -> PolicyError {
    PolicyError([PolicyError.Fault(place: Place(path: path, line: 1), message: message)])
  }
}
