internal import Solution

/// How a text is written inside another.
enum Escaping: Sendable {
  /// As it is: plain scalars of YAML, CDATA of XML.
  case none
  /// Text and attributes of XML.
  case xml
  /// Strings of JSON, and between `"` in YAML.
  case json
  /// Between `'` in YAML.
  case singleQuotes

  func escaped(_ text: String) -> String {
    switch self {
    case .none: text
    case .singleQuotes: text.replacing("'", with: "''")
    case .xml:
      text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
        .replacing("\"", with: "&quot;")
    case .json where !text.utf8.contains(where: Self.isEscapedInJSON): text
    case .json:
      text.unicodeScalars.reduce(into: "") { escaped, scalar in
        switch scalar {
        case "\"", "\\", "\0"..<" ": escaped += scalar.jsonEscape
        default: escaped.unicodeScalars.append(scalar)
        }
      }
    }
  }

  private static func isEscapedInJSON(_ byte: UInt8) -> Bool {
    byte < UInt8(ascii: " ") || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
  }
}

extension MappedText {
  /// The text between these offsets, with its escapes resolved. An escape that is none stays as it is
  /// written.
  func inner(_ range: Range<Int>, _ escaping: Escaping) -> MappedText {
    let mark: UInt8? =
      switch escaping {
      case .none: nil
      case .xml: UInt8(ascii: "&")
      case .json: UInt8(ascii: "\\")
      case .singleQuotes: UInt8(ascii: "'")
      }
    guard let mark, bytes[range].contains(mark) else {
      return MappedText(
        Array(bytes[range]), inside: self, Offsets(start: range.lowerBound, list: nil), escaping)
    }
    var inner: [UInt8] = []
    var offsets: [Int] = []
    var index = range.lowerBound
    while index < range.upperBound {
      var next = index + 1
      var resolved = [bytes[index]]
      if bytes[index] == mark, let escape = escape(at: index, end: range.upperBound, escaping) {
        resolved = escape.bytes
        next = escape.end
      }
      for byte in resolved {
        inner.append(byte)
        offsets.append(index)
      }
      index = next
    }
    offsets.append(range.upperBound)
    return MappedText(
      inner, inside: self, Offsets(start: range.lowerBound, list: offsets), escaping)
  }

  private func escape(
    at index: Int, end: Int, _ escaping: Escaping
  ) -> (bytes: [UInt8], end: Int)? {
    switch escaping {
    case .none: return nil
    case .singleQuotes:
      guard index + 1 < end, bytes[index + 1] == UInt8(ascii: "'") else { return nil }
      return ([UInt8(ascii: "'")], index + 2)
    case .json:
      guard index + 1 < end else { return nil }
      // A pair of surrogates is two escapes and one character.
      let isUnicode = bytes[index + 1] == UInt8(ascii: "u")
      for length in isUnicode ? [12, 6] : [2] where index + length <= end {
        let escape = bytes[index..<(index + length)]
        let isPair = length == 12
        guard !isPair || (escape.dropFirst(6).starts(with: Array("\\u".utf8))) else { continue }
        var reader = JSONReader([UInt8(ascii: "\"")] + escape + [UInt8(ascii: "\"")])
        // A string that the reader refuses has no JSON escape.
        guard let string = try? reader.string() else { continue }
        let value = reader.value(of: string)
        if isPair, value.unicodeScalars.count != 1 { continue }
        return (Array(value.utf8), index + length)
      }
      return nil
    case .xml:
      guard let semicolon = bytes[index..<end].firstIndex(of: UInt8(ascii: ";")),
        let scalar = Self.entity(string((index + 1)..<semicolon))
      else { return nil }
      return (Array(String(scalar).utf8), semicolon + 1)
    }
  }

  private static func entity(_ name: String) -> Unicode.Scalar? {
    switch name {
    case "amp": return "&"
    case "lt": return "<"
    case "gt": return ">"
    case "quot": return "\""
    case "apos": return "'"
    default:
      guard name.hasPrefix("#") else { return nil }
      let digits = name.dropFirst()
      let value = digits.hasPrefix("x") ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
      return value.flatMap { Unicode.Scalar($0) }
    }
  }
}
