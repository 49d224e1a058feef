/// Why a finding cannot be repaired by a patch: shown to the user unchanged. Nothing is done then,
/// not even a part.
package struct Unrepairable: Error, Hashable, Sendable {
  package let message: String
  /// The fix to make instead.
  package let hint: String?

  package init(_ message: String, hint: String? = nil) {
    self.message = message
    self.hint = hint
  }
}
