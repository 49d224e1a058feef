import Platform

/// Texts as YAML writes them on one line.
enum YAMLText {
  /// Any text in double quotes, on one line.
  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case _
      where scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value)
        || scalar.value == 0x2028 || scalar.value == 0x2029
        || scalar.properties.generalCategory == .format:
        let isShort = scalar.value <= 0xFFFF
        result += (isShort ? "\\u" : "\\U") + scalar.value.digits(isShort ? 4 : 8, radix: 16)
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  /// Plain for letters, digits, `_`, `.` and `-` behind a letter: most names. An id of digits alone, or
  /// one like `12e4567890ab`, would be a number to other readers.
  ///
  /// - Parameter marks: other signs that may be in a plain one.
  static func scalar(_ text: String, alsoPlain marks: String = "") -> String {
    let isPlain =
      text.unicodeScalars.first.map { $0.isASCII && $0.properties.isAlphabetic } ?? false
    let isSafe = text.unicodeScalars.allSatisfy {
      $0.isASCII
        && ($0.properties.isAlphabetic || ("0"..."9").contains($0)
          || "_.-".unicodeScalars.contains($0) || marks.unicodeScalars.contains($0))
    }
    let words: Set<String> = ["null", "true", "false", "yes", "no", "on", "off", "y", "n"]
    return isPlain && isSafe && !words.contains(text.lowercased()) ? text : quoted(text)
  }
}
