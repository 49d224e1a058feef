import Solution

/// A JSON text in the making. Members stay in the order in which they are written.
indirect enum JSONValue: Sendable {
  typealias Member = (name: String, value: JSONValue)

  case null
  case boolean(Bool)
  case number(Int)
  case text(String)
  case array([JSONValue])
  case object([Member])

  /// `null` where there is no text.
  static func text(_ value: String?) -> JSONValue { value.map { .text($0) } ?? .null }

  /// `null` where there is no number.
  static func number(_ value: Int?) -> JSONValue { value.map { .number($0) } ?? .null }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByDictionaryLiteral {
  init(stringLiteral value: String) { self = .text(value) }

  init(dictionaryLiteral members: (String, JSONValue)...) {
    self = .object(members.map { (name: $0.0, value: $0.1) })
  }
}

extension JSONValue {
  /// The text, indented by two spaces a level, with a line end.
  ///
  /// Unprintable characters are written as `\u` escapes, so that the file can be shown in a
  /// terminal and still says exactly what the repository says. So is the second `#` of `##`, since
  /// Azure obeys a `##vso[` anywhere in a line of a log.
  var document: String {
    var text = ""
    write(to: &text, indent: "\n")
    return text + "\n"
  }

  /// The same text in a single line, with a line end.
  var line: String {
    var text = ""
    write(to: &text, indent: nil)
    return text + "\n"
  }

  /// `indent` begins a line; nil for all in one.
  private func write(to text: inout String, indent: String?) {
    switch self {
    case .null: text += "null"
    case .boolean(let value): text += value ? "true" : "false"
    case .number(let value): text += String(value)
    case .text(let value): Self.write(value, to: &text)
    case .array(let values):
      Self.write(values, between: ("[", "]"), to: &text, indent: indent) { value, text, indent in
        value.write(to: &text, indent: indent)
      }
    case .object(let members):
      Self.write(members, between: ("{", "}"), to: &text, indent: indent) { member, text, indent in
        Self.write(member.name, to: &text)
        text += ": "
        member.value.write(to: &text, indent: indent)
      }
    }
  }

  private static func write<Element>(
    _ elements: [Element], between brackets: (String, String), to text: inout String,
    indent: String?, _ writeElement: (Element, inout String, String?) -> Void
  ) {
    text += brackets.0
    for (number, element) in elements.enumerated() {
      text += number == 0 ? "" : indent == nil ? ", " : ","
      let inner = indent.map { $0 + "  " }
      text += inner ?? ""
      writeElement(element, &text, inner)
    }
    text += (elements.isEmpty ? "" : indent ?? "") + brackets.1
  }

  private static func write(_ value: String, to text: inout String) {
    text += "\""
    defer { text += "\"" }
    if isPlain(value) {
      text += value
      return
    }
    var last: Unicode.Scalar?
    for scalar in value.unicodeScalars {
      defer { last = scalar }
      switch scalar {
      case "\"", "\\", "\n", "\r", "\t": text += scalar.jsonEscape
      case _ where scalar.isUnprintable || scalar == "#" && last == "#": text += scalar.jsonEscape
      default: text.unicodeScalars.append(scalar)
      }
    }
  }

  /// True for a value that is written as it is, by its bytes alone: nearly every text.
  private static func isPlain(_ value: String) -> Bool {
    value.utf8.allSatisfy {
      0x20..<0x7F ~= $0 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\")
        && $0 != UInt8(ascii: "#")
    }
  }
}
