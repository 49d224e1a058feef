import Git
import Reporting
import Review

extension Checkout {
  /// Nil of a bare repository, where nothing can be checked out.
  init?(_ repository: Repository) throws(GitError) {
    guard repository.workTree != nil else { return nil }
    let current: String? =
      if case .branch(let name, _) = try repository.head() { name } else { nil }
    let branches = try BranchReview.branches(of: repository)
    let locals = branches.filter { $0.name.hasPrefix("refs/heads/") }
    let remotes = branches.filter { $0.name.hasPrefix("refs/remotes/") }
    self.init(
      current: current, locals: Set(locals.map(\.shortName)),
      remotes: Set(remotes.map(\.shortName)))
  }
}
