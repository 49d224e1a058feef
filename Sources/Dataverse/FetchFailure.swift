/// Why an inventory could not be fetched: what failed first, in lower case, without a full stop.
package struct FetchFailure: Error, Hashable, Sendable {
  package let message: String
  /// The fix, or the command to type.
  package let hint: String?
  /// True where the command was called wrongly, and could be called otherwise.
  package let isUsage: Bool

  /// True where access was refused: a retry gives the same answer.
  package let isRefusal: Bool

  package init(
    _ message: String, hint: String? = nil, isUsage: Bool = false, isRefusal: Bool = false
  ) {
    self.message = message
    self.hint = hint
    self.isUsage = isUsage
    self.isRefusal = isRefusal
  }
}
