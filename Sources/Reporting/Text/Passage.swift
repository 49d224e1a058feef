/// A stretch of documentation. A line that begins with two spaces is to be typed or pasted and stays
/// as it is; any other line is a paragraph.
enum Passage: Hashable {
  case prose(String)
  /// Without the two spaces.
  case literal([String])

  var isProse: Bool {
    if case .prose = self { true } else { false }
  }

  static func passages(of text: String) -> [Passage] {
    var passages: [Passage] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      guard line.hasPrefix("  ") else {
        if !line.isEmpty { passages.append(.prose(String(line))) }
        continue
      }
      let line = String(line.dropFirst(2))
      if case .literal(let lines) = passages.last {
        passages[passages.count - 1] = .literal(lines + [line])
      } else {
        passages.append(.literal([line]))
      }
    }
    return passages
  }
}
