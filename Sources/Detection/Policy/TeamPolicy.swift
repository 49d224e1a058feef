/// What a team has written down in one revision: the configuration and the approvals.
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
  ) -> (standing: [Finding], accepted: [AcceptedFinding]) {
    let findings = configuration.intent.eased(
      configuration.rules.applied(to: findings), on: today)
    return approvals.parted(findings.sorted(by: Finding.precedes), on: today)
  }
}
