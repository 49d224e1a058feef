/// HTML in the making. As with `PrintableText`, a literal is ours and taken unchanged, and every
/// value is escaped, for text and for attributes in double quotes alike. No value goes into a script,
/// a style or an address but as a number, an anchor of ours, or a part of a forge's address, whose every
/// byte but letters, digits and `-._~` is percent-encoded.
struct HTMLText: EscapedText, ExpressibleByStringInterpolation {
  typealias StringInterpolation = EscapedInterpolation<HTMLText>

  let description: String

  init(escaping text: PrintableText) {
    var escaped = ""
    escaped.reserveCapacity(text.description.utf8.count)
    for scalar in text.description.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "'": escaped += "&#39;"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    description = escaped
  }

  init(stringLiteral value: String) { description = value }

  /// A line each.
  init(joining parts: some Sequence<HTMLText>) { self.init(joining: parts, separator: "\n") }
}

extension HTMLText {
  /// - Parameter address: An address of a forge, whose parts are percent-encoded; nil for none.
  static func link(_ text: HTMLText, to address: String?) -> HTMLText {
    address.map { "<a href=\"\($0)\">\(text)</a>" } ?? text
  }

  /// A name as code, with places where a long one may be broken.
  static func code(_ name: String) -> HTMLText {
    "<code>\(breakable("\(name.shortened())"))</code>"
  }

  /// Text that may be broken behind the underscores and slashes of the names in it; not for attributes.
  static func breakable(_ text: PrintableText) -> HTMLText {
    HTMLText(
      stringLiteral: HTMLText(escaping: text).description
        .replacing("_", with: "_<wbr>").replacing("/", with: "/<wbr>"))
  }
}
