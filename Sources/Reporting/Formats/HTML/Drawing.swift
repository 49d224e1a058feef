import Detection
import Platform

/// A drawing as wide as its place: horizontal positions are in per cent, vertical ones in pixels,
/// so that no text is stretched.
struct Drawing {
  private var elements: [HTMLText] = []
  var height = 0.0

  mutating func line(
    _ style: HTMLText, from start: (x: Double, y: Double), to end: (x: Double, y: Double),
    title: PrintableText? = nil
  ) {
    let content: HTMLText = title.map { "<title>\($0)</title>" } ?? ""
    elements.append(
      """
      <line class="\(style)" x1="\(Self.across(start.x))" y1="\(Self.down(start.y))" \
      x2="\(Self.across(end.x))" y2="\(Self.down(end.y))">\(content)</line>
      """)
  }

  mutating func text(
    _ style: HTMLText, at point: (x: Double, y: Double), shift: Double = 0, _ text: PrintableText,
    minor: PrintableText = ""
  ) {
    let rest: HTMLText = minor == "" ? "" : "<tspan class=\"minor\">\(minor)</tspan>"
    elements.append(
      """
      <text class="\(style)" x="\(Self.across(point.x))" y="\(Self.down(point.y))" \
      dx="\(Self.down(shift))">\(text)\(rest)</text>
      """)
  }

  mutating func band(
    _ style: HTMLText, from start: Double, to end: Double, top: Double, height: Double
  ) {
    elements.append(
      """
      <rect class="\(style)" x="\(Self.across(start))" y="\(Self.down(top))" \
      width="\(Self.across(max(0, end - start)))" height="\(Self.down(height))"/>
      """)
  }

  /// All of another drawing, above what is here.
  mutating func append(_ other: Drawing) {
    elements += other.elements
  }

  /// Something with its own coordinates, the origin at `point`.
  mutating func place(_ content: HTMLText, at point: (x: Double, y: Double)) {
    elements.append(
      """
      <svg x="\(Self.across(point.x))" y="\(Self.down(point.y))" width="1" height="1" \
      overflow="visible">\(content)</svg>
      """)
  }

  /// - Parameter label: For who does not see it.
  func element(label: PrintableText) -> HTMLText {
    """
    <svg class="timeline" width="100%" height="\(Self.down(height))" role="group" \
    aria-label="\(label)">
    \(HTMLText(joining: elements))
    </svg>
    """
  }

  private static func across(_ part: Double) -> HTMLText { "\(decimal(part))%" }
  private static func down(_ pixels: Double) -> HTMLText { decimal(pixels) }

  /// Two digits behind the point, as no locale changes them.
  private static func decimal(_ number: Double) -> HTMLText {
    let hundredths = Int((abs(number) * 100).rounded())
    let sign = number < 0 && hundredths > 0 ? "-" : ""
    let fraction = (hundredths % 100).digits(2)
    return "\(sign)\(hundredths / 100).\(fraction)"
  }
}
