/// How urgent a finding about one revision is: the order in which an audit lists findings.
package enum AuditSection: Sendable, CaseIterable {
  /// Flows that have no connection, or cannot be turned on.
  case unbound
  /// What the next import fails or stops at.
  case nextImport
  /// As whom flows run.
  case identity
  /// What only makes the next mistake likelier.
  case tidiness
}
