/// Messages of SARIF: plain text in which brackets make a link and a number in braces holds a place for
/// an argument (3.11 of the standard).
enum SARIFText {
  /// A message of ours, or one that is printable already.
  static func message(_ text: String) -> JSONValue { ["text": .text(text)] }

  /// No link begins in it, and no placeholder.
  static func escaped(_ text: String) -> String {
    var last: Unicode.Scalar = " "
    let text = text.replacingScalars { scalar in
      defer { last = scalar }
      // These would end the text of a link and begin its target.
      return scalar == "(" && last == "]" ? " (" : nil
    }
    return withoutPlaceholders(text)
  }

  /// A link to the related location of this number.
  static func link(_ text: PrintableText, to id: Int) -> String {
    let words = text.description.replacingScalars { scalar in
      ["\\", "[", "]"].contains(scalar) ? "\\\(scalar)" : nil
    }
    return "[\(withoutPlaceholders(words))](\(id))"
  }

  /// The standard doubles every brace. GitHub and editors show both then, so only those are doubled that
  /// some program would put an argument in: `{0}`, and not the `{publisher}` of a pattern for names.
  private static func withoutPlaceholders(_ text: String) -> String {
    text.replacing(#/\{([0-9]+)\}/#.matchingSemantics(.unicodeScalar)) { "{{\($0.output.1)}}" }
  }
}
