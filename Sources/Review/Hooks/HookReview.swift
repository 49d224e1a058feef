package import Git

/// What each hook compares with what.
package struct HookReview {
  private let repository: Repository
  private let environment: [String: String]
  private let arguments: [String]
  private let input: String

  /// - Parameters:
  ///   - arguments: what git gave the hook.
  ///   - input: what git wrote to its standard input.
  package init(
    _ repository: Repository, environment: [String: String], arguments: [String], input: String
  ) {
    self.repository = repository
    self.environment = environment
    self.arguments = arguments
    self.input = input
  }

  /// One outcome a comparison; a push of several branches makes several.
  package func outcomes(for hook: HookName) throws -> [CheckOutcome] {
    switch hook {
    case .preCommit:
      return [try Check(repository).outcome(of: .staged)]
    case .preMergeCommit:
      let options = Check.Options(mergedSides: mergedSides)
      return [try Check(repository, options: options).outcome(of: .staged)]
    case .postMerge:
      return [try Check(repository).outcome(of: whatMergeBrought())]
    case .prePush:
      return try pushes().compactMap { try outcome(of: $0) }
    }
  }

  /// While this hook runs there is no `MERGE_HEAD`: git names the merged sides in the environment, as
  /// `GITHEAD_<id>` (git 2.39, builtin/merge.c).
  private var mergedSides: [ObjectID] {
    environment.keys.sorted().compactMap { key in
      key.hasPrefix("GITHEAD_") ? ObjectID(hex: key.dropFirst("GITHEAD_".count)) : nil
    }
  }

  /// A squash leaves `HEAD` where it was and stages what it brought.
  private func whatMergeBrought() throws -> Check.Subject {
    arguments.first == "1" ? .staged : .commits(before: "ORIG_HEAD", after: "HEAD")
  }

  private struct Push {
    let localID: ObjectID
    let remoteReference: String
    let remoteID: ObjectID
  }

  /// `<local ref> <local id> <remote ref> <remote id>`, a line each; a deletion has a zero local id.
  private func pushes() throws -> [Push] {
    input.split(separator: "\n").compactMap { line in
      let parts = line.split(separator: " ")
      guard parts.count == 4, let local = ObjectID(hex: parts[1]),
        let remote = ObjectID(hex: parts[3]), local != .zero
      else { return nil }
      return Push(localID: local, remoteReference: String(parts[2]), remoteID: remote)
    }
  }

  private func outcome(of push: Push) throws -> CheckOutcome? {
    // A pushed tag may lead to anything; only commits hold solutions.
    guard let tip = try? repository.commitID(of: push.localID.hex) else { return nil }
    let name = String(push.remoteReference.trimmingPrefix("refs/heads/"))
    let remote = arguments.first ?? "origin"
    guard let before = try remoteSide(of: push, tip: tip, remote: remote) else { return nil }
    return try Check(repository).outcome(
      from: before, to: tip, named: ("\(remote)/\(name)", "the pushed \(name)"))
  }

  /// What the remote has: its branch; for a new branch, or one whose tip was never fetched, where the
  /// pushed one left the main branch. Nil for a first push, which has nothing to break.
  private func remoteSide(of push: Push, tip: ObjectID, remote: String) throws -> ObjectID? {
    if push.remoteID != .zero {
      do throws(GitError) {
        return try repository.commit(push.remoteID).id
      } catch {
        guard error.kind == .missingObject else { throw error }
      }
    }
    guard let main = try MainBranch(repository, remote: remote).name else { return nil }
    let mainID = try repository.commitID(of: main)
    return try repository.mergeBases(mainID, tip).first
  }
}
