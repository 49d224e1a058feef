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

/// Reads the two policy files of a repository's root from any side.
package struct PolicyFiles {
  private let repository: Repository
  /// Replaces `.connref.yml` on every side.
  private let given: Configuration?

  /// - Parameter given: a configuration that the user named instead of the repository's own.
  package init(_ repository: Repository, given: Configuration? = nil) {
    self.repository = repository
    self.given = given
  }

  /// The policy that is checked out, else the last commit's: for commands that compare nothing.
  package func current() throws -> TeamPolicy {
    try policy(of: try currentSide())
  }

  /// Throws `PolicyError` for a file that is not what it should be: nothing is judged by half a
  /// policy.
  package func policy(of side: PolicySide) throws -> TeamPolicy {
    let reading = try reading(of: side)
    for name in Self.names {
      if let error = reading.errors[name] { throw error }
    }
    return reading.policy
  }

  /// The policy of one side, and its unreadable files: the defaults are used for them.
  struct Reading {
    var policy = TeamPolicy.standard
    /// By the file's path.
    var errors: [String: PolicyError] = [:]
    /// The objects of the files that were read, by path.
    var ids: [String: ObjectID] = [:]
  }

  /// The origin of one side's policy.
  ///
  /// - Parameter name: the side, as the user knows it; nil for its own name.
  package func source(of side: PolicySide, named name: String? = nil) throws -> PolicySource {
    PolicySource(side: side, name: name, files: try reading(of: side).ids)
  }

  /// The side of a command that compares nothing.
  ///
  /// - Parameter revision: nil for what is checked out, or `HEAD` in a bare repository.
  package func side(of revision: String?) throws -> PolicySide {
    try revision.map { .commit(try repository.commitID(of: $0)) } ?? currentSide()
  }

  /// Where `current` reads.
  package func currentSide() throws -> PolicySide {
    if !repository.isBare { return .worktree }
    return try repository.head().commit.map { .commit($0) } ?? .nowhere
  }

  func reading(of side: PolicySide) throws -> Reading {
    let contents = try contents(of: side)
    var reading = Reading()
    for case (let name, .success(let bytes)) in contents
    where given == nil || name != Configuration.path {
      reading.ids[name] = Repository.blobID(of: bytes)
    }
    func value<Value>(
      _ name: String, _ parse: ([UInt8]) throws(PolicyError) -> Value
    ) -> Value? {
      switch contents[name] {
      case nil: return nil
      case .failure(let error)?: reading.errors[name] = error
      case .success(let bytes)?:
        do throws(PolicyError) { return try parse(bytes) } catch { reading.errors[name] = error }
      }
      return nil
    }
    let configuration =
      given
      ?? value(Configuration.path) { bytes throws(PolicyError) in
        try Configuration(file: bytes)
      }
    let approvals = value(ApprovalsFile.path) { bytes throws(PolicyError) in
      try ApprovalsFile(bytes).approvals
    }
    reading.policy = TeamPolicy(
      configuration: configuration ?? .standard, approvals: approvals ?? Approvals())
    return reading
  }

  /// Policy files on the disk that a check of what is staged does not read, a sentence and what to do for
  /// each: a file that is not staged as it is, and the name that other tools would accept.
  package func unstagedFiles() throws -> [(message: String, hint: String)] {
    guard let workTree = repository.workTree else { return [] }
    let (staged, onDisk) = (try contents(of: .index), try contents(of: .worktree))
    let differing = Self.names.filter { name in
      guard case .success(let bytes)? = onDisk[name] else { return false }
      guard case .success(let known)? = staged[name] else { return true }
      return bytes != known
    }
    let misnamed = ".connref.yaml"
    let isThere = DiskFile.kind(of: "\(workTree)/\(misnamed)") != nil
    let isTracked =
      try isThere
      && repository.index { path, _ in path.count == misnamed.utf8.count }
        .contains { $0.path == misnamed }
    return differing.map { ("'\($0)' is not staged as it is on the disk", "git add \($0)") }
      + (isThere
        ? [
          (
            "'\(misnamed)' is not read: the configuration is '\(Configuration.path)'",
            "\(isTracked ? "git mv" : "mv") \(misnamed) \(Configuration.path)"
          )
        ] : [])
  }

  static let names = [Configuration.path, ApprovalsFile.path]
  private static let byteLimit = 4 << 20

  /// The bytes of those that are there.
  private func contents(of side: PolicySide) throws -> [String: Result<[UInt8], PolicyError>] {
    switch side {
    case .nowhere: return [:]
    case .worktree:
      guard let workTree = repository.workTree else { return [:] }
      var files: [String: Result<[UInt8], PolicyError>] = [:]
      for name in Self.names {
        let path = "\(workTree)/\(name)"
        guard let kind = DiskFile.kind(of: path) else { continue }
        files[name] =
          switch kind == .regular ? DiskFiles.contents(of: path, limit: Self.byteLimit) : nil {
          case .bytes(let bytes): .success(bytes)
          case .tooLarge: Self.failure(name, "is larger than \(Self.byteLimit >> 20) MB")
          case .unavailable(let reason), .damaged(let reason): Self.failure(name, reason)
          case nil: Self.failure(name, "is not a regular file")
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
      var files: [String: Result<[UInt8], PolicyError>] = [:]
      for entry in entries where !entry.isIntentToAdd {
        files[entry.path] =
          entry.stage == 0
          ? try bytes(of: entry.id, entry.kind, named: entry.path)
          : Self.failure(entry.path, "it is unmerged")
      }
      return files
    case .commit(let id):
      let entries = try repository.tree(try repository.commit(id).tree) { name, _, _ in
        name.count <= 32 && name[0] == UInt8(ascii: ".")
      }
      var files: [String: Result<[UInt8], PolicyError>] = [:]
      for entry in entries where Self.names.contains(entry.name) {
        files[entry.name] = try bytes(of: entry.id, entry.kind, named: entry.name)
      }
      return files
    }
  }

  private func bytes(
    of id: ObjectID, _ kind: TreeEntry.Kind, named name: String
  ) throws -> Result<[UInt8], PolicyError> {
    guard kind == .file else { return Self.failure(name, "is not a regular file") }
    switch try repository.blob(id, limit: Self.byteLimit) {
    case .bytes(let bytes): return .success(bytes)
    case .tooLarge: return Self.failure(name, "is larger than \(Self.byteLimit >> 20) MB")
    }
  }

  private static func failure(
    _ path: String, _ message: String
  ) -> Result<[UInt8], PolicyError> {
    .failure(PolicyError([PolicyError.Fault(place: Place(path: path, line: 0), message: message)]))
  }
}
