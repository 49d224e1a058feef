import Detection
import Editing
import Git
import Platform
import Review
import Solution

/// Hands a patch to the user's git: it refuses what `git apply` refuses, and changes all or nothing.
struct PatchApplication {
  private let outcome: RepairReview.Outcome
  private let workTree: String
  private let gitDirectory: String
  /// Git neither commits nor stashes while a file is.
  private let unmerged: Set<String>
  /// The command line that prints the patch.
  private let printing: String
  /// In seconds: a patch has a few files.
  private static let limit = 120.0

  /// Throws where nothing could be applied to.
  ///
  /// - Parameter printing: The command line that prints the patch.
  init(
    _ outcome: RepairReview.Outcome, printing: String, in repository: Repository
  ) throws {
    guard let workTree = repository.workTree else {
      throw Failure(
        message: "could not apply anything here: the repository is bare",
        hint: "\(printing) > fix.patch, and git apply --index in a clone")
    }
    self.outcome = outcome
    self.workTree = workTree
    gitDirectory = repository.gitDirectory
    let entries = try repository.index { _, _ in true }
    unmerged = Set(entries.lazy.filter { $0.stage > 0 }.map(\.path))
    self.printing = printing
  }

  /// - Parameter isNamed: `--repository` names it, so that git's variables mean another.
  func apply(in context: RunContext, isNamed: Bool) throws {
    if let first = outcome.unstaged.first {
      if unmerged.contains(first) {
        throw Failure(
          message: "could not apply the patch: '\(first)' is unmerged",
          hint: "resolve the conflict, then git add -- '\(first)'")
      }
      throw Failure(
        message: outcome.target == .staged
          ? "could not apply the patch: '\(first)' on the disk differs from what is staged"
          : "could not apply the patch: '\(first)' differs from the last commit",
        hint: outcome.target == .staged
          ? "git add '\(first)' first, or for the index alone: \(printing) | git apply --cached"
          : "commit or stash it first")
    }
    let environment = isNamed ? context.outsideOfRepository : context.environment
    func git(_ arguments: [String], input: [UInt8] = []) throws -> ChildProcess.Outcome {
      do {
        return try ChildProcess(
          executable: "git", arguments: arguments, folder: workTree, environment: environment,
          input: input, limit: Self.limit
        ).run()
      } catch {
        throw Failure(
          message: "could not run git: \(error.systemReason)",
          hint: "\(printing) prints the patch")
      }
    }
    var index: [String] = []
    if outcome.target != .worktree {
      index = ["--index"]
      // Else git takes a file that was only touched for a changed one. A file that did change is refused
      // by the patch.
      _ = try git(["update-index", "-q", "--refresh"])
    }
    let files = try TouchedFiles(of: outcome, in: workTree)
    let run = try git(
      ["apply"] + index + ["--whitespace=nowarn", "-"], input: Array(outcome.patch))
    guard run.status == 0, !run.isOverdue else { throw failure(of: run, given: files) }
  }

  /// git writes file after file: one that ended early leaves some of them without content.
  private func failure(of run: ChildProcess.Outcome, given files: TouchedFiles) -> Failure {
    let said = run.output.split(separator: "\n").prefix(3).joined(separator: "; ")
    let end = run.isOverdue ? "git apply did not end" : "git could not apply the patch"
    let reason =
      run.isOverdue ? "" : run.status > 128 ? ": signal \(run.status - 128) ended it" : ": \(said)"
    let lost = files.restore()
    guard lost.isEmpty else {
      let names = lost.map { "'\($0)'" }.joined(separator: ", ")
      return Failure(
        message: "\(end)\(reason)\n\(names): not as before, and could not be restored",
        hint: outcome.target == .staged
          ? "git restore \(lost.map { "'\($0)'" }.joined(separator: " "))"
          : "\(printing) > fix.patch keeps the patch; see git status")
    }
    let lock = "\(gitDirectory)/index.lock"
    return Failure(
      message: "\(end), and nothing is changed\(reason)",
      hint: DiskFile.kind(of: lock) == nil
        ? "\(printing) > fix.patch keeps it" : "rm '\(lock)' if no other git is at work")
  }
}

/// The files that a patch changes, as they are on the disk before it is applied.
private struct TouchedFiles {
  private let files: [(file: WorktreeFile, content: [UInt8]?)]
  private let workTree: String

  /// Throws for what is there and is no file that can be read.
  init(of outcome: RepairReview.Outcome, in workTree: String) throws {
    self.workTree = workTree
    let paths = Set(outcome.steps.flatMap(\.repair.changes).map(\.path)).sorted()
    files = try paths.map { path in
      let file = WorktreeFile(path, in: workTree, limit: SnapshotReader.byteLimit)
      return (file, try file.contents())
    }
  }

  /// Writes back what is not as it was; answers the paths of the files that could not be written.
  func restore() -> [String] {
    files.compactMap { file, content in
      do {
        if content != nil {
          // git removes a folder with its last file.
          try FileManager.default.createDirectory(
            at: URL(filePath: "\(workTree)/\(file.name)").deletingLastPathComponent(),
            withIntermediateDirectories: true)
        }
        let present = try file.contents()
        guard present != content else { return nil }
        if let content { try file.replace(present, by: content) } else { try file.remove() }
        return nil
      } catch {
        return file.name
      }
    }
  }
}
