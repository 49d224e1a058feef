extension String {
  /// Nil for the empty string: exports write an empty element or key for "none".
  var nonEmpty: String? { isEmpty ? nil : self }

  /// Without outer white space, which hand-formatted XML has around ids and GUIDs, and which is no
  /// difference between display names.
  package var trimmingSpace: String {
    // Nearly every text begins and ends with a visible character of ASCII.
    if let first = utf8.first, let last = utf8.last, 0x21..<0x7F ~= first, 0x21..<0x7F ~= last {
      return self
    }
    guard let first = firstIndex(where: { !$0.isWhitespace }),
      let last = lastIndex(where: { !$0.isWhitespace })
    else { return "" }
    return String(self[first...last])
  }
}
