/// A git hook that connref installs into a clone.
package enum HookName: String, CaseIterable, Sendable {
  case preCommit = "pre-commit"
  case preMergeCommit = "pre-merge-commit"
  case postMerge = "post-merge"
  case prePush = "pre-push"

  /// Whether git writes lines to the hook's standard input, which an earlier hook must see as well.
  package var readsStandardInput: Bool { self == .prePush }
}
