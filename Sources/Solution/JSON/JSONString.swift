/// Where a string stands in the text; decoded only when somebody asks for its value.
package struct JSONString: Hashable, Sendable {
  /// The bytes between the quotes.
  package let range: Range<Int>
  /// The value is not the bytes as they stand.
  package let hasEscapes: Bool
}
