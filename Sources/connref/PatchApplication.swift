import Detection
import Git
import Platform
import Review

/// Hands a patch to the user's git: it refuses what `git apply` refuses, and changes all or nothing.
struct PatchApplication {
  private let outcome: RepairReview.Outcome
  private let workTree: String
  /// In seconds: a patch has a few files.
  private static let limit = 120.0

  /// Throws where nothing could be applied to.
  init(_ outcome: RepairReview.Outcome, in repository: Repository) throws {
    guard let workTree = repository.workTree else {
      throw Failure(
        message: "could not apply anything here: the repository is bare",
        hint: "connref repair \(outcome.finding.id) > fix.patch, and git apply --index in a clone")
    }
    self.outcome = outcome
    self.workTree = workTree
  }

  /// - Parameter isNamed: `--repository` names it, so that git's variables mean another.
  func apply(in context: RunContext, isNamed: Bool) throws {
    let id = outcome.finding.id
    if let first = outcome.unstaged.first {
      throw Failure(
        message: outcome.target == .staged
          ? "could not apply the patch: '\(first)' on the disk differs from what is staged"
          : "could not apply the patch: '\(first)' differs from the last commit",
        hint: outcome.target == .staged
          ? "git add '\(first)' first, or for the index alone: connref repair \(id) | git apply --cached"
          : "commit or stash it first")
    }
    let index = outcome.target == .worktree ? [] : ["--index"]
    let process = ChildProcess(
      executable: "git", arguments: ["apply"] + index + ["--whitespace=nowarn", "-"],
      folder: workTree,
      environment: isNamed ? context.outsideOfRepository : context.environment,
      input: Array(outcome.patch), limit: Self.limit)
    let run: ChildProcess.Outcome
    do {
      run = try process.run()
    } catch {
      throw Failure(
        message: "could not run git: \(error.systemReason)",
        hint: "connref repair \(id) prints the patch")
    }
    guard run.status == 0, !run.isOverdue else {
      let reason = run.output.split(separator: "\n").prefix(3).joined(separator: "; ")
      throw Failure(
        message: run.isOverdue
          ? "git apply did not end"
          : "git could not apply the patch, and changed nothing: \(reason)",
        hint: "connref repair \(id) > fix.patch keeps it")
    }
  }
}
