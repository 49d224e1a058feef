/// Why a repair is refused: shown to the user unchanged. Nothing is done then, not even a part.
package struct Unrepairable: Error, Hashable, Sendable {
  package let message: String
  /// The fix to make instead.
  package let hint: String?
  /// The same where a repair in the other direction works: ask before it is shown.
  package let hintAtOther: String?

  package init(_ message: String, hint: String? = nil, hintAtOther: String? = nil) {
    self.message = message
    self.hint = hint
    self.hintAtOther = hintAtOther
  }

  /// The refusal as it is shown.
  package func knowing(otherWorks: Bool) -> Unrepairable {
    Unrepairable(message, hint: otherWorks ? hintAtOther ?? hint : hint)
  }
}
