/// Prose, cut into what must stay in one piece: words, quoted names and commands to paste.
struct Prose {
  private var chunks: [String] = []

  init(_ phrase: Phrase) {
    var isOpen = false
    func endsInSpace(_ text: String) -> Bool { text.last == " " || text.isEmpty }
    for piece in phrase.pieces {
      let text = piece.text.description
      switch piece {
      case .prose:
        for (number, word) in Self.words(of: text).enumerated() {
          append(word, glued: number == 0 && isOpen && text.first != " ")
        }
      case .name, .command, .commit: append(text, glued: isOpen)
      }
      isOpen = !endsInSpace(text)
    }
  }

  private mutating func append(_ text: String, glued: Bool) {
    if glued, !chunks.isEmpty {
      chunks[chunks.count - 1] += text
    } else {
      chunks.append(text)
    }
  }

  /// The lines of the paragraph, each `width` columns at most unless a single piece is wider.
  func lines(width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    var used = 0
    for chunk in chunks {
      let needed = chunk.displayWidth
      if used > 0, used + 1 + needed > width {
        lines.append(line)
        line = chunk
        used = needed
      } else {
        line += (used > 0 ? " " : "") + chunk
        used += (used > 0 ? 1 : 0) + needed
      }
    }
    return used > 0 ? lines + [line] : lines
  }

  private static func words(of text: String) -> [String] {
    var words: [String] = []
    var rest = text[...]
    while let start = rest.firstIndex(where: { $0 != " " }) {
      rest = rest[start...]
      let length = lengthOfWord(rest)
      words.append(String(rest.prefix(length)))
      rest = rest.dropFirst(length)
    }
    return words
  }

  /// A quoted name is one word.
  private static func lengthOfWord(_ text: Substring) -> Int {
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
}
