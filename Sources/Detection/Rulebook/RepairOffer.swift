/// The repair that `connref repair` offers for a finding.
package enum RepairOffer: Hashable, Sendable {
  /// Take the change back.
  case back
  /// Finish the move to the added reference.
  case forward
  case either
}
