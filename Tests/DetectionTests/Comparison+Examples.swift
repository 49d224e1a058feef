import Detection
import Solution

extension Comparison {
  /// Of snapshots as the examples of rules write them.
  init(
    from before: [ExamplePart], to after: [ExamplePart], past: Past = .unknown,
    conventions: Conventions = .standard
  ) {
    self.init(
      before: RuleExample.snapshot(of: before), after: RuleExample.snapshot(of: after), past: past,
      conventions: conventions)
  }
}

/// What change rules report.
func changes(
  _ before: [ExamplePart], _ after: [ExamplePart], past: Past = .unknown
) -> [Finding] {
  RuleBook.findings(in: Comparison(from: before, to: after, past: past))
}
