import Platform

/// Text for Markdown (GitHub's, and what GitLab and Azure DevOps share with it): any text of a
/// repository stays text. No markup, table cell, link, image or HTML begins in it, and
/// no user is notified by it.
///
/// As with `PrintableText`, a literal is ours and every value is escaped.
struct MarkdownText: EscapedText, ExpressibleByStringInterpolation {
  typealias StringInterpolation = EscapedInterpolation<MarkdownText>

  let description: String

  init(escaping text: PrintableText) {
    var last: Unicode.Scalar = " "
    var before = ""
    description = text.description.replacingScalars { scalar in
      defer {
        last = scalar
        before.unicodeScalars.append(scalar)
      }
      switch scalar {
      case "&": return "&amp;"
      case "<": return "&lt;"
      case ">": return "&gt;"
      // A backslash would not keep GitHub from notifying `@name` or linking `#1`: it looks for them
      // in the finished text. A zero-width space as an entity does.
      case "@", "#": return "\(scalar)&#8203;"
      case "\\", "`", "*", "_", "[", "]", "|", "~", "$": return "\\\(scalar)"
      // Bare addresses become links: `://`, `www.`.
      case "/" where last == ":": return "\\/"
      case "." where last == "w" || last == "W": return "\\."
      // A list, a heading's underline or a number where a line begins.
      case "-" where before.isEmpty, "+" where before.isEmpty, "=" where before.isEmpty,
        "." where Self.isNumber(before):
        return "\\\(scalar)"
      default: return nil
      }
    }
  }

  /// A name or a command in code type, where that cannot be broken out of; else plain text.
  ///
  /// - Parameter isInTable: A pipe would end the cell.
  static func code(_ text: PrintableText, isInTable: Bool = true) -> MarkdownText {
    let isPlain = text.description.utf8.allSatisfy { byte in
      byte.isUnreserved && byte != UInt8(ascii: "~") || "/: ".utf8.contains(byte)
        || !isInTable && "|'\"=".utf8.contains(byte)
    }
    // A space at an end would be taken off.
    guard isPlain, let first = text.description.first, first != " ", text.description.last != " "
    else { return MarkdownText(escaping: text) }
    return MarkdownText(stringLiteral: "`\(text.description)`")
  }

  init(stringLiteral value: String) { description = value }

  private static func isNumber(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.count < 10 && text.allSatisfy(\.isNumber)
  }
}
