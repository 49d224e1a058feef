import Detection

/// How a text is shown: on a terminal it may have colour, and it is as wide as that.
package struct TextStyle: Hashable, Sendable {
  let isColored: Bool
  /// Lines are wrapped at this column where what they hold can be broken.
  let width: Int

  package init(isColored: Bool = false, width: Int = 80) {
    self.isColored = isColored
    self.width = width
  }
}

/// The lines of a text report. All text goes in as `PrintableText`; colour is put around it here and
/// nowhere else.
struct TextPage {
  enum Style: String {
    case plain = ""
    case bold = "1"
    case dim = "2"
    case red = "1;31"
    case yellow = "1;33"
    case blue = "1;34"
  }

  struct Span {
    let text: PrintableText
    let style: Style

    init(_ text: PrintableText, _ style: Style = .plain) {
      self.text = text
      self.style = style
    }
  }

  private let isColored: Bool
  let width: Int
  private(set) var text = ""

  init(_ style: TextStyle) {
    isColored = style.isColored
    width = style.width
  }

  init(isColored: Bool) {
    self.init(TextStyle(isColored: isColored))
  }

  mutating func line(indent: Int = 0, _ spans: Span...) {
    line(indent: indent, spans: spans)
  }

  mutating func line(indent: Int = 0, spans: [Span]) {
    var line = String(repeating: " ", count: indent)
    for span in spans { line += styled(span) }
    text += line.last == " " ? String(line.reversed().drop { $0 == " " }.reversed()) : line
    text += "\n"
  }

  mutating func line(indent: Int = 0, _ text: PrintableText) {
    line(indent: indent, Span(text))
  }

  mutating func blankLine() {
    text += "\n"
  }

  /// A label, and prose beside it that is wrapped with a hanging indent.
  mutating func paragraph(
    indent: Int, label: Span = Span(""), labelWidth: Int = 0, _ prose: Phrase,
    style: Style = .plain
  ) {
    let lines = Prose(prose).lines(width: width - indent - labelWidth)
    block(
      indent: indent, label: label, labelWidth: labelWidth,
      lines.isEmpty ? [""] : lines.map(TextPage.rejoined), style: style)
  }

  /// A label, and lines beside it that stay as they are.
  mutating func block(
    indent: Int, label: Span, labelWidth: Int, _ lines: [PrintableText], style: Style = .plain
  ) {
    let gap = max(labelWidth == 0 ? 0 : 1, labelWidth - label.text.description.displayWidth)
    for (number, content) in lines.enumerated() {
      if number == 0 {
        let space = String(repeating: " ", count: gap)
        line(indent: indent, label, Span("\(space)"), Span(content, style))
      } else {
        line(indent: indent + labelWidth, Span(content, style))
      }
    }
  }

  /// Pieces of escaped text hold nothing left to escape.
  private static func rejoined(_ line: String) -> PrintableText { PrintableText(escaping: line) }

  private func styled(_ span: Span) -> String {
    let text = span.text.description
    guard isColored, span.style != .plain, !text.isEmpty else { return text }
    return "\u{1b}[\(span.style.rawValue)m\(text)\u{1b}[0m"
  }
}

extension TextPage.Style {
  init(_ severity: Severity) {
    self =
      switch severity {
      case .error: .red
      case .warning: .yellow
      case .note: .blue
      }
  }
}
