/// Where a string stands in the text; decoded only when somebody asks for its value.
struct JSONString: Hashable {
  /// The bytes between the quotes.
  let range: Range<Int>
  let hasEscapes: Bool
}
