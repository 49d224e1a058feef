/// What `connref repair` can do about a finding.
package enum RepairOffer: Hashable, Sendable {
  /// Take the change back.
  case back
  /// Finish the move to what came.
  case forward
  case either
}
