/// The result of a hook.
package struct HookAnswer: Sendable {
  /// One outcome a comparison; a push of several branches makes several.
  package internal(set) var outcomes: [CheckOutcome] = []
  /// The comparisons that were skipped, with the reason; a line each.
  package internal(set) var remarks: [String] = []
  /// Findings that the main branch has already, where no outcome holds them.
  package internal(set) var onMainBranch: [FindingOnMainBranch] = []
  /// The main branch that a rebased branch was compared with, as people write it.
  package internal(set) var mainOfRebase: String?
  /// The branches that are at another commit now.
  package internal(set) var moves: [BranchMove] = []
}
