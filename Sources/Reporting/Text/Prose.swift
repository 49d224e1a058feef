/// Prose, cut into what must stay in one piece: words, quoted names and commands to paste.
struct Prose {
  private var pieces: [String] = []

  init(_ text: PrintableText) {
    var rest = text.description[...]
    while let start = rest.firstIndex(where: { $0 != " " }) {
      rest = rest[start...]
      let length = Self.lengthOfPiece(rest, afterColon: pieces.last?.hasSuffix(":") ?? true)
      pieces.append(String(rest.prefix(length)))
      rest = rest.dropFirst(length)
    }
  }

  /// The lines of the paragraph, each `width` columns at most unless a single piece is wider.
  func lines(width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    var used = 0
    for piece in pieces {
      let needed = piece.displayWidth
      if used > 0, used + 1 + needed > width {
        lines.append(line)
        line = piece
        used = needed
      } else {
        line += (used > 0 ? " " : "") + piece
        used += (used > 0 ? 1 : 0) + needed
      }
    }
    return used > 0 ? lines + [line] : lines
  }

  private static func lengthOfPiece(_ text: Substring, afterColon: Bool) -> Int {
    if afterColon, isCommand(text) { return text.count }
    let word = text.prefix { $0 != " " }
    guard let quote = word.first(where: { $0 != "(" }), quote == "'" || quote == "`",
      let opening = word.firstIndex(of: quote)
    else { return word.count }
    // A quote closes where a word ends: the apostrophe of "maker's" does not.
    var position = text.index(after: opening)
    while position < text.endIndex, let closing = text[position...].firstIndex(of: quote) {
      position = text.index(after: closing)
      let next = position < text.endIndex ? text[position] : " "
      if !next.isLetter && !next.isNumber {
        return text[..<position].count + text[position...].prefix { $0 != " " }.count
      }
    }
    return word.count
  }

  /// True for a command that fills the rest of the text; "git cannot know" is none.
  private static func isCommand(_ text: Substring) -> Bool {
    let words = text.split(separator: " ", maxSplits: 2)
    guard words.count > 1 else { return false }
    switch words[0] {
    case "connref", "pac": return words[1].first?.isLowercase ?? false
    case "git":
      return [
        "-c", "-C", "add", "apply", "cat-file", "checkout", "cherry-pick", "commit", "config",
        "diff", "fetch", "log", "merge", "pull", "push", "rebase", "restore", "revert", "show",
        "switch",
      ].contains(words[1])
    default: return false
    }
  }
}
