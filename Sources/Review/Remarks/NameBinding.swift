import Solution

/// Whether a file that nothing parses binds a reference where it names it, as far as the text around the
/// name shows: a document, a comment or a list of names only mentions it.
///
/// - A variable that is called by the name: `connectionreference.<name>` and the same with `user.` or `shared.`
///   (ALM Accelerator), `DataverseConnRef_<name>` (ALM4Dataverse), `PACKAGEDEPLOYER_SETTINGS_CONNREF_<NAME>` and
///   `ConnRef:<name>` (Package Deployer).
/// - A pair, `["<name>", "<connection id>"]`, in JSON (Xrm CI Framework).
/// - The key of an entry whose value is a connection id, or something in its place, in JSON, YAML or a script.
/// - `LogicalName` beside `ConnectionId`, in any of them.
struct NameBinding {
  private enum Format {
    case json, yaml, script, markup
  }

  private let format: Format?
  /// Parts of the text, in lower case: as much of it as a form of binding takes.
  private let before: String
  private let after: String

  private static let width = 512

  /// True for a file that can only mention a name.
  static func isDocument(_ path: String) -> Bool { format(of: path) == nil }

  private static func format(of path: String) -> Format? {
    switch path.lowercased().split(separator: ".").last ?? "" {
    case "json": .json
    case "yml", "yaml": .yaml
    case "ps1", "psm1", "sh", "env": .script
    case "config": .markup
    default: nil
    }
  }

  init(of name: Range<Int>, in text: Span<UInt8>, path: String) {
    format = Self.format(of: path)
    func part(_ range: Range<Int>) -> String {
      var bytes: [UInt8] = []
      for index in range { bytes.append(text[index]) }
      return String(decoding: bytes, as: UTF8.self).lowercased()
    }
    before = part(max(0, name.lowerBound - Self.width)..<name.lowerBound)
    after = part(name.upperBound..<min(text.count, name.upperBound + Self.width))
  }

  var isBinding: Bool {
    guard let format, !isComment(format) else { return false }
    if Self.variables.contains(where: before.hasSuffix) { return true }
    return switch format {
    case .json: isPair || isKey(format) || isListed
    case .yaml, .script: isKey(format) || isListed
    case .markup: false
    }
  }

  private static let variables = [
    "connref_", "connref:", "connectionreference.", "connectionreference.user.",
    "connectionreference.shared.",
  ]

  private var lineBefore: Substring { Self.lastLine(of: before[...]) }

  private static func lastLine(of text: Substring) -> Substring {
    text[(text.lastIndex(where: \.isNewline).map(text.index(after:)) ?? text.startIndex)...]
  }

  private func isComment(_ format: Format) -> Bool {
    switch format {
    case .json: return lineBefore.trimmed.hasPrefix("//")
    case .markup: return isOpen("<!--", "-->")
    case .yaml, .script:
      if isOpen("<#", "#>") { return true }
      var quote: Character?
      var isAtStart = true
      let text = lineBefore
      for index in text.indices {
        let character = text[index]
        if let open = quote {
          if character == open { quote = nil }
        } else if character == "\"" || character == "'" {
          quote = character
        } else if character == "#", isAtStart, text[text.index(after: index)...].first != "{" {
          return true
        }
        isAtStart = character == " " || character == "\t"
      }
      return false
    }
  }

  private func isOpen(_ start: String, _ end: String) -> Bool {
    guard let opened = before.ranges(of: start).last else { return false }
    return !before[opened.upperBound...].contains(end)
  }

  /// The text around the name and its quotes; nil where it has none on one side alone.
  private var around: (before: Substring, after: Substring, isQuoted: Bool)? {
    guard let quote = before.last, quote == "\"" || quote == "'" else {
      return (before[...], after[...], false)
    }
    return after.first == quote ? (before.dropLast(), after.dropFirst(), true) : nil
  }

  private var isPair: Bool {
    guard let around, around.isQuoted, around.before.trimmed.last == "[" else { return false }
    var rest = around.after.trimmed
    guard rest.popFirst() == "," else { return false }
    rest = rest.trimmed
    guard let value = Self.quoted(rest) else { return false }
    return Self.isConnection(value.text) && value.rest.trimmed.first == "]"
  }

  private func isKey(_ format: Format) -> Bool {
    guard let around, around.isQuoted || format != .json else { return false }
    guard isAtStartOfEntry(around.before, format) else { return false }
    var rest = around.after.trimmed(of: " \t")
    guard let separator = rest.popFirst(), separator == ":" || separator == "=",
      separator == "=" || format != .script, separator == ":" || format != .json
    else { return false }
    rest = format == .json ? rest.trimmed : rest.trimmed(of: " \t")
    guard format != .json else {
      return Self.quoted(rest).map { Self.isConnection($0.text) }
        ?? (rest.first == "{" && rest.prefix { $0 != "}" }.contains("connection"))
    }
    let value = rest.prefix { !$0.isNewline }
    let text = value.trimmed
    if text.isEmpty { return separator == ":" && isKeyOfConnection(rest.dropFirst(value.count)) }
    if let quoted = Self.quoted(text) { return Self.isConnection(quoted.text) }
    let shown = text.firstRange(of: " #").map { text[..<$0.lowerBound] } ?? text
    return Self.isConnection(shown.trimmed(of: ";, \t")) || shown.contains("connectionid")
  }

  /// True where the lines below, as far as they belong to the key, speak of a connection.
  private func isKeyOfConnection(_ rest: Substring) -> Bool {
    func depth(_ line: Substring) -> Int { line.prefix { $0 == " " || $0 == "\t" }.count }
    let own = depth(lineBefore)
    return rest.split(whereSeparator: \.isNewline).prefix { depth($0) > own }.contains {
      $0.contains("connection")
    }
  }

  private func isAtStartOfEntry(_ text: Substring, _ format: Format) -> Bool {
    guard format != .json else { return ["{", ","].contains(text.trimmed.last) }
    let start = Self.lastLine(of: text).trimmed
    return start.isEmpty || start.hasSuffix("$env:") || start == "export"
      || "-{,;(".contains(start.last ?? " ")
  }

  /// The value of `LogicalName`, in an entry that has a `ConnectionId` too.
  private var isListed: Bool {
    guard let around else { return false }
    var key = around.before.trimmed(of: " \t")
    guard key.last == ":" || key.last == "=" else { return false }
    key = key.dropLast().trimmed(of: " \t\"'")
    guard key.hasSuffix("logicalname") else { return false }
    let lines = 4
    let above = around.before.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .suffix(lines)
    let below = around.after.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .prefix(lines)
    return (above + below).contains { $0.contains("connectionid") }
  }

  private static func quoted(_ text: Substring) -> (text: Substring, rest: Substring)? {
    guard let quote = text.first, quote == "\"" || quote == "'",
      let end = text.dropFirst().firstIndex(of: quote)
    else { return nil }
    return (text[text.index(after: text.startIndex)..<end], text[text.index(after: end)...])
  }

  /// True for the id of a connection, for what a pipeline replaces by one, and for nothing yet.
  private static func isConnection(_ value: Substring) -> Bool {
    let value = value.trimmed
    if value.isEmpty || value.hasPrefix("__") || value.contains("/connections/") { return true }
    if value.contains(where: "{}<>[]$%".contains) { return true }
    return value.count >= 16 && value.contains(where: \.isNumber)
      && value.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
  }
}

extension Substring {
  fileprivate var trimmed: Substring { trimmed(where: \.isWhitespace) }

  fileprivate func trimmed(of characters: String) -> Substring {
    trimmed(where: characters.contains)
  }

  private func trimmed(where isLeftOut: (Character) -> Bool) -> Substring {
    var text = drop(while: isLeftOut)
    while let last = text.last, isLeftOut(last) { text.removeLast() }
    return text
  }
}
