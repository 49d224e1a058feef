/// Lines of Markdown that belong together: what begins them, blocks that can be left out from the
/// end, and what ends them.
struct MarkdownSection {
  let opening: [MarkdownText]
  let blocks: [[MarkdownText]]
  let closing: [MarkdownText]

  init(_ opening: [MarkdownText], _ blocks: [[MarkdownText]], _ closing: [MarkdownText] = []) {
    self.opening = opening
    self.blocks = blocks
    self.closing = closing
  }

  /// A section that is written as a whole.
  init(_ lines: [MarkdownText]) { self.init([], [lines]) }
}

/// A page of Markdown that grows no larger than it may.
struct MarkdownPage {
  /// In bytes.
  let limit: Int
  private(set) var text = ""
  /// True where a block did not fit.
  private(set) var isCut = false

  /// Writes as many of the blocks as fit, none after the first that does not; nothing at all for a
  /// section without one.
  ///
  /// - Parameter share: Up to where the page may be filled, in bytes; nil for the limit.
  mutating func write(_ section: MarkdownSection, upTo share: Int? = nil) {
    let opening = Self.joined(section.opening)
    let closing = Self.joined(section.closing)
    var room =
      min(limit, share ?? limit) - text.utf8.count - opening.utf8.count - closing.utf8.count
    var written = ""
    for block in section.blocks {
      let block = Self.joined(block)
      room -= block.utf8.count
      if room < 0 {
        isCut = true
        break
      }
      written += block
    }
    if !written.isEmpty { text += opening + written + closing }
  }

  private static func joined(_ lines: [MarkdownText]) -> String {
    lines.map { $0.description + "\n" }.joined()
  }
}
