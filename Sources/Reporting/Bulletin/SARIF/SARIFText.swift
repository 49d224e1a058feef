/// Messages of SARIF: plain text in which brackets make a link and braces hold a place for an
/// argument (3.11 of the standard).
enum SARIFText {
  /// A message of ours, or one that is printable already.
  static func message(_ text: String) -> JSONValue { ["text": .text(text)] }

  /// No link begins in it, and no placeholder.
  static func escaped(_ text: String) -> String {
    var last: Unicode.Scalar = " "
    return text.replacingScalars { scalar in
      defer { last = scalar }
      switch scalar {
      case "{": return "{{"
      case "}": return "}}"
      // What would end the text of a link and begin its target.
      case "(" where last == "]": return " ("
      default: return nil
      }
    }
  }

  /// A link to the related location of this number.
  static func link(_ text: PrintableText, to id: Int) -> String {
    let words = text.description.replacingScalars { scalar in
      switch scalar {
      case "{": "{{"
      case "}": "}}"
      case "\\", "[", "]": "\\\(scalar)"
      default: nil
      }
    }
    return "[\(words)](\(id))"
  }
}
