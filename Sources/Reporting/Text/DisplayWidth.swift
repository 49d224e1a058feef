extension String {
  /// How many columns of a terminal the text takes: two for a wide character (East Asian scripts,
  /// emoji), one for any other.
  var displayWidth: Int {
    utf8.allSatisfy { $0 < 0x80 }
      ? utf8.count : reduce(0) { $0 + ($1.isWide ? 2 : 1) }
  }

  func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - displayWidth))
  }

  /// At most `limit` characters, the last of them `…` where some are left out.
  ///
  /// A name from a maker's environment has 100 or 200 characters at most; a longer one
  /// was written to fill a screen.
  func shortened(to limit: Int = 120) -> String {
    guard utf8.count > limit else { return self }
    guard count > limit || unicodeScalars.count > 4 * limit else { return self }
    // Combining marks make characters of any length, so scalars are counted too.
    var kept = ""
    var scalars = 0
    for character in prefix(limit - 1) {
      scalars += character.unicodeScalars.count
      if scalars > 4 * limit { break }
      kept.append(character)
    }
    return kept + "…"
  }
}

extension Character {
  fileprivate var isWide: Bool {
    guard let first = unicodeScalars.first else { return false }
    if first.properties.isEmojiPresentation { return true }
    // The blocks that Unicode's EastAsianWidth.txt gives as W or F, coarsely.
    switch first.value {
    case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
      0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x20000...0x3FFFD:
      return true
    default: return false
    }
  }
}
