import Detection
import Git
import Platform
import Review

/// Hands a patch to the user's git: it refuses what `git apply` refuses, and changes all or nothing.
struct PatchApplication {
  private let outcome: RepairReview.Outcome
  private let workTree: String
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
    self.printing = printing
  }

  /// - Parameter isNamed: `--repository` names it, so that git's variables mean another.
  func apply(in context: RunContext, isNamed: Bool) throws {
    if let first = outcome.unstaged.first {
      throw Failure(
        message: outcome.target == .staged
          ? "could not apply the patch: '\(first)' on the disk differs from what is staged"
          : "could not apply the patch: '\(first)' differs from the last commit",
        hint: outcome.target == .staged
          ? "git add '\(first)' first, or for the index alone: \(printing) | git apply --cached"
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
        hint: "\(printing) prints the patch")
    }
    guard run.status == 0, !run.isOverdue else {
      let reason = run.output.split(separator: "\n").prefix(3).joined(separator: "; ")
      throw Failure(
        message: run.isOverdue
          ? "git apply did not end"
          : "git could not apply the patch, and changed nothing: \(reason)",
        hint: "\(printing) > fix.patch keeps it")
    }
  }
}
