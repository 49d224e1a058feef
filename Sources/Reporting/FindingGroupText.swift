import Detection
import Solution

/// Several findings of one theme as a paragraph of text: what they say alike once, and a line for each.
struct FindingGroupText {
  private static let inner = 4
  private static let outer = 2
  private static let label = 9
  /// How many are named before the rest is only counted.
  private static let limit = 10

  private let findings: [Finding]
  private let theme: Theme
  private let first: Finding
  /// The file that all of them stand in; nil for several.
  private let path: String?

  /// Nil for a finding that stands alone.
  init?(_ group: FindingGroup) {
    guard group.findings.count > 1, let first = group.findings.first, let theme = first.theme
    else { return nil }
    findings = group.findings.sorted { Self.order($0) < Self.order($1) }
    self.first = first
    let paths = Set(group.findings.map { $0.place?.path })
    path = paths.count == 1 ? first.place?.path : nil
    self.theme = theme
  }

  func write(to page: inout TextPage) {
    let place: PrintableText =
      path.map { "\($0)" } ?? "solution '\(first.solution.shortened())'"
    page.line(
      .init("\(first.severity.rawValue)[\(first.rule.rawValue)]", .init(first.severity)),
      .init(" \(place)"))
    let many = counted(findings.count, "\(theme.noun)")
    page.paragraph(indent: Self.outer, "\(many) \(theme.predicate)")
    for finding in findings.prefix(Self.limit) {
      page.block(indent: Self.inner, label: .init(""), labelWidth: 0, lines(finding))
    }
    if findings.count > Self.limit {
      page.line(
        indent: Self.inner, "and \(findings.count - Self.limit) more: --format json lists them all")
    }
    page.paragraph(
      indent: Self.outer, label: .init("breaks", .bold), labelWidth: Self.label,
      first.prose(first.consequence))
    for (number, step) in theme.fix.enumerated() {
      page.paragraph(
        indent: Self.outer, label: number == 0 ? .init("mend", .bold) : .init(""),
        labelWidth: Self.label, "\(step.line)")
    }
    page.line(
      indent: Self.outer, .init("explain  ", .dim),
      .init("connref explain \(first.rule.rawValue)"))
  }

  /// By file, then by name.
  private static func order(_ finding: Finding) -> (String, String) {
    (
      finding.place?.path ?? "",
      (finding.after + finding.before).first?.name.key ?? finding.consumers.first?.name ?? ""
    )
  }

  /// What the finding is about, where it is, and its id; in two lines where one would be too long.
  private func lines(_ finding: Finding) -> [PrintableText] {
    let what: PrintableText =
      if let reference = (finding.after.first ?? finding.before.first)?.name {
        "\(reference.spelling)"
      } else if let consumer = finding.consumers.first {
        "'\(consumer.name.shortened())'"
      } else {
        "\(finding.summary)"
      }
    let place: PrintableText =
      finding.place.map { path == nil ? "\($0.path):\($0.line)" : ":\($0.line)" } ?? ""
    let line: PrintableText = "\(finding.id)  \(what)  \(place)"
    return line.description.displayWidth <= TextPage.width - Self.inner
      ? [line] : ["\(finding.id)  \(what)", "              \(place)"]
  }
}
