/// The policy of a team in one revision: the configuration and the approvals.
package struct TeamPolicy: Sendable {
  package var configuration: Configuration
  package let approvals: Approvals

  package init(configuration: Configuration = .standard, approvals: Approvals = Approvals()) {
    self.configuration = configuration
    self.approvals = approvals
  }

  /// Where nothing is written down.
  package static let standard = TeamPolicy()

  /// Findings as severe as the team wants them, separated from those that it accepts.
  package func judged(
    _ findings: [Finding], on today: Day
  ) -> (open: [Finding], accepted: [AcceptedFinding]) {
    let weighed = Finding.inOrder(weighed(findings, on: today))
    return approvals.separated(weighed, on: today)
  }

  /// Findings as severe as the team wants them, approved or not, in the same order.
  package func weighed(_ findings: [Finding], on today: Day) -> [Finding] {
    configuration.intent.eased(configuration.rules.applied(to: findings), on: today)
  }
}
