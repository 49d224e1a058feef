import Review

/// The advice of a hook under its findings: the state of the operation, and the next step.
struct HookAdvice {
  let hook: HookName
  let arguments: [String]
  let status: ExitStatus
  /// A rebase that picks by applying patches runs the hook of `git am`.
  let isRebase: Bool
  var situation = Situation.ordinary
  /// The main branch that a rebased branch was compared with.
  var mainOfRebase: String?
  /// The id of a re-creation that stopped the operation, and can be planned.
  var plannable: String?

  /// The state of a repository in which a commit is made.
  enum Situation: Equatable {
    case ordinary
    /// There is no commit yet, or only the one just made.
    case firstCommit
    /// `git commit` after the conflicts of a merge, a cherry-pick or a revert were resolved.
    case conclusion(of: String)
    /// The commit has more than one parent.
    case merge
  }

  /// The way back to before a commit that was stopped.
  private var wayBack: String {
    switch situation {
    case .ordinary, .merge: "to unstage the export and keep its files: git restore --staged :/"
    case .firstCommit: "to unstage the export and keep its files: git rm -r --cached --quiet :/"
    // What is unstaged now would be missing in its commit.
    case .conclusion(let operation): "to go back to before it: git \(operation) --abort"
    }
  }

  /// How to say that a re-creation is planned: a branch is judged by the plans of the main one.
  private var planning: [String] {
    plannable.map { id in
      let condition =
        hook == .preCommit
        ? "if it is planned" : "if it is planned, with the plan on the main branch first"
      return ["\(condition): connref repair \(id) --declare --reason \"…\""]
    } ?? []
  }

  /// The first line, and hints to paste.
  var lines: (outcome: String, hints: [String]) {
    switch hook {
    case .preCommit:
      (
        "the commit was stopped",
        [wayBack] + planning + ["to commit anyway: git commit --no-verify"]
      )
    case .preMergeCommit:
      (
        "the merge was stopped before its commit",
        [
          "to go back to before it: git merge --abort",
          "to commit it anyway: git commit --no-verify",
        ]
      )
    case .preApplypatch:
      (
        "the patch was stopped before its commit",
        isRebase
          ? [
            "to go back to before the rebase: git rebase --abort",
            "to commit it anyway: git -c core.hooksPath=/dev/null rebase --continue",
          ]
          : [
            "to go back to before all patches: git am --abort",
            "to commit it anyway: git -c core.hooksPath=/dev/null am --continue",
          ]
      )
    case .postCommit:
      (
        "the commit is made, \(consequence)",
        situation == .firstCommit
          ? [
            "to see it again: connref audit HEAD",
            "to take the commit back and keep its files: git update-ref -d HEAD",
          ]
          : [
            "to see it again: connref check HEAD~1..HEAD",
            // Without its second parent the merge would be lost.
            situation == .merge
              ? "to go back to before the merge: git reset --keep HEAD~1"
              : "to take the commit back and keep its files: git reset --soft HEAD~1",
          ]
      )
    case .postMerge where arguments.first == "1":
      (
        "the squash is staged, \(consequence)",
        ["to see it again: connref check", "to throw it away: git reset --merge"]
      )
    case .postMerge:
      (
        "the merge is done, \(consequence)",
        [
          "to see it again: connref check ORIG_HEAD..HEAD",
          "to go back to before it: git reset --keep ORIG_HEAD",
        ]
      )
    case .postRewrite:
      (
        "the rebase is done, \(consequence)",
        [
          "to see it again: connref check "
            + (mainOfRebase.map { "--against \($0)" } ?? "ORIG_HEAD..HEAD"),
          "to go back to before it: git reset --keep ORIG_HEAD",
        ]
      )
    case .prePush:
      ("the push was stopped", planning + ["to push anyway: git push --no-verify"])
    case .preReceive, .update:
      (
        "the push was refused by this server",
        ["fix it in a further commit and push again: the commits are still local"] + planning
      )
    case .postReceive:
      (
        "the push is done, \(consequence)",
        ["to fix it, push a further commit that restores the old logical name"]
      )
    }
  }

  private var consequence: String {
    status == .findings
      ? "and this branch is broken as reported above"
      : "and it is unknown whether it broke this branch"
  }
}
