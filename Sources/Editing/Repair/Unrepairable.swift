/// Why a finding cannot be repaired by a patch: said to the user as it stands. Nothing is done then, not
/// even a part.
package struct Unrepairable: Error, Hashable, Sendable {
  package let message: String
  /// What can be done instead.
  package let hint: String?

  package init(_ message: String, hint: String? = nil) {
    self.message = message
    self.hint = hint
  }
}
