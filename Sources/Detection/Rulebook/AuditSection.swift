/// How urgent a finding about one revision is: the order in which an audit lists findings.
package enum AuditSection: Sendable, CaseIterable {
  /// Flows that have no connection, or cannot be turned on.
  case unbound
  /// Makes the next import fail or stop.
  case nextImport
  /// Concerns the account that flows run as.
  case identity
  /// Only makes the next mistake more likely.
  case tidiness
}
