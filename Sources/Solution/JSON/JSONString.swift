/// The place of a string in the text; decoded only when its value is read.
package struct JSONString: Hashable, Sendable {
  /// The bytes between the quotes.
  package let range: Range<Int>
  /// The value differs from the bytes.
  package let hasEscapes: Bool
}
