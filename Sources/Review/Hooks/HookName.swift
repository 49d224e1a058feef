/// A git hook that connref serves.
package enum HookName: String, CaseIterable, Sendable {
  case preCommit = "pre-commit"
  case preMergeCommit = "pre-merge-commit"
  case preApplypatch = "pre-applypatch"
  case postCommit = "post-commit"
  case postMerge = "post-merge"
  case postRewrite = "post-rewrite"
  case prePush = "pre-push"
  case preReceive = "pre-receive"
  case update
  case postReceive = "post-receive"

  /// Those that `connref install` puts into a clone.
  package static let ofClones: [HookName] = [
    .preCommit, .preMergeCommit, .preApplypatch, .postCommit, .postMerge, .postRewrite, .prePush,
  ]

  /// Those that it puts into a bare repository. `update` does what `pre-receive` does, a branch at a
  /// time: only on request.
  package static let ofServers: [HookName] = [.preReceive, .postReceive]

  /// Whether git writes lines to the hook's standard input, which an earlier hook must see as well.
  package var readsStandardInput: Bool {
    [.prePush, .postRewrite, .preReceive, .postReceive].contains(self)
  }

  /// Whether git heeds the status of the hook.
  package var canStop: Bool {
    ![.postCommit, .postMerge, .postRewrite, .postReceive].contains(self)
  }

  /// Whether another hook has looked at the same change before, where it ran: then only what is
  /// wrong is worth a word.
  package var comesSecond: Bool { self == .postCommit || self == .postReceive }
}
