import Platform

/// Text for a manual page in the mdoc language (mdoc(7), groff_mdoc(7)): a literal is ours, and every
/// value put into one stays text, a hyphen to be copied a hyphen.
struct MdocText: EscapedText, ExpressibleByStringInterpolation {
  typealias StringInterpolation = EscapedInterpolation<MdocText>

  let description: String

  init(escaping text: PrintableText) {
    var escaped = ""
    for character in text.description {
      switch character {
      case "\\": escaped += "\\e"
      // Typesetters turn these into dashes, quotation marks and accents.
      case "-": escaped += "\\-"
      case "'": escaped += "\\(aq"
      case "`": escaped += "\\(ga"
      case "^": escaped += "\\(ha"
      case "~": escaped += "\\(ti"
      // It would end the argument of a macro.
      case "\"": escaped += "\\(dq"
      case "." where escaped.isEmpty: escaped += "\\&."
      case _ where !character.isASCII:
        // In this form it can be read in any encoding (groff_char(7)).
        for scalar in character.unicodeScalars {
          escaped += "\\[u\(scalar.value.digits(4, radix: 16).uppercased())]"
        }
      default: escaped.append(character)
      }
    }
    description = escaped
  }

  init(stringLiteral value: String) { description = value }

  /// A value as one argument of a macro.
  static func argument(_ text: String) -> MdocText {
    let escaped: MdocText = "\(text)"
    return text.contains(" ") ? MdocText(stringLiteral: "\"\(escaped)\"") : escaped
  }

  /// Prose, a sentence beginning on a line of its own and no line longer than a terminal's, as
  /// mandoc(1) wants the source to be.
  static func prose(_ text: String) -> [MdocText] {
    sentences(of: text).flatMap { sentence in
      Prose("\(sentence)").lines(width: 68).map { "\($0)" }
    }
  }

  private static func sentences(of text: String) -> [String] {
    var sentences: [String] = []
    var sentence: [Substring] = []
    for word in text.split(separator: " ") {
      sentence.append(word)
      let end = word.last { $0 != ")" && $0 != "'" && $0 != "\"" }
      guard end == "." || end == "?" || end == "!" else { continue }
      sentences.append(sentence.joined(separator: " "))
      sentence = []
    }
    return sentence.isEmpty ? sentences : sentences + [sentence.joined(separator: " ")]
  }
}
