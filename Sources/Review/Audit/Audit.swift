package import Detection
package import Git
import Solution

/// Looks at one revision by itself: what `connref audit` does.
package struct Audit {
  private let repository: Repository
  private let conventions: Conventions

  package init(_ repository: Repository, conventions: Conventions = .standard) {
    self.repository = repository
    self.conventions = conventions
  }

  /// What state rules say of a revision, both sides of the outcome being that one.
  ///
  /// - Parameters:
  ///   - revision: nil for the files on the disk, or `HEAD` in a bare repository.
  ///   - inventory: what an environment held, to be judged beside the revision.
  package func outcome(
    at revision: String?, beside inventory: InventoryFolder? = nil
  ) throws(GitError) -> CheckOutcome {
    let look = try Look(repository, at: revision)
    let side: CheckOutcome.Side =
      if let revision {
        // An id is known by its first digits.
        .revision(ObjectID(hex: revision) == nil ? revision : String(revision.prefix(10)))
      } else {
        repository.isBare ? .revision("HEAD") : .worktree
      }
    let state = State(
      look.snapshot, conventions: conventions,
      knowsEveryConsumer: !look.problems.contains(where: \.hidesContent))
    let solutions = state.solutions
    let live = inventory.map { RuleBook.findings(in: LiveState($0.environment, beside: state)) }
    return CheckOutcome(
      before: side, after: side,
      findings: RuleBook.joined(RuleBook.findings(in: state) + (live ?? [])),
      problems: (look.problems + (inventory?.problems ?? [])).map {
        .init(problem: $0, matters: $0.hidesContent)
      },
      isChanged: true, solutions: solutions.count,
      references: solutions.reduce(0) { $0 + $1.references.count },
      consumers: solutions.reduce(0) { $0 + $1.consumers.count { $0.kind == .flow } })
  }
}
