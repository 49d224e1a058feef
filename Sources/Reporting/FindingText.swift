import Detection
import Solution

/// A finding as a paragraph of text.
struct FindingText {
  private static let inner = 4
  private static let innerLabel = 9
  private static let outer = 2
  private static let outerLabel = 9
  /// How many consumers or rows are named before the rest is only counted.
  private static let limit = 5

  private let finding: Finding
  private let before: Report.Side
  private let after: Report.Side

  init(_ finding: Finding, before: Report.Side, after: Report.Side) {
    self.finding = finding
    self.before = before
    self.after = after
  }

  func write(to page: inout TextPage) {
    writeHeader(to: &page)
    writeDeclarations(to: &page)
    if let evidence = EvidenceText(finding).sentence {
      page.paragraph(
        indent: Self.inner, label: .init("because", .dim), labelWidth: Self.innerLabel, evidence)
    }
    writeConsumers(.leftBehind, label: "left", to: &page)
    writeConsumers(.broken, label: "broken", to: &page)
    writeConsumers(.naming, label: "used by", to: &page)
    for state in AffectedRow.State.allCases { writeRows(state, to: &page) }
    for remark in finding.remarks {
      page.paragraph(
        indent: Self.inner, label: .init("also", .dim), labelWidth: Self.innerLabel,
        finding.prose(remark))
    }
    page.paragraph(
      indent: Self.outer, label: .init("breaks", .bold), labelWidth: Self.outerLabel,
      finding.prose(finding.consequence))
    let fix = finding.fixSteps(onDisk: after == .worktree)
    for (number, step) in fix.enumerated() {
      page.paragraph(
        indent: Self.outer, label: number == 0 ? .init("mend", .bold) : .init(""),
        labelWidth: Self.outerLabel, "\(step.line)")
    }
    if !fix.contains(where: { $0.line.contains(finding.id) }) {
      page.line(indent: Self.outer, .init("id       ", .dim), .init("\(finding.id)"))
    }
  }

  private func writeHeader(to page: inout TextPage) {
    let place: PrintableText =
      finding.place.map { "\($0.path):\($0.line)" }
      ?? "solution '\(finding.solution.shortened())'"
    page.line(
      .init("\(finding.severity.rawValue)[\(finding.rule.rawValue)]", .init(finding.severity)),
      .init(" \(place)"))
    page.paragraph(indent: Self.outer, finding.prose(finding.summary))
  }

  private func writeDeclarations(to page: inout TextPage) {
    let rows =
      finding.before.map {
        (
          label: $0.place == nil && finding.after.isEmpty ? PrintableText("names") : "was",
          declaration: $0, side: before
        )
      }
      + finding.after.map { (label: PrintableText("now"), declaration: $0, side: sideOfAfter) }
    let names = rows.map { PrintableText(escaping: $0.declaration.name.spelling).description }
    let nameWidth = names.map(\.displayWidth).max() ?? 0
    let places = rows.map { placeText($0.declaration.place, on: $0.side) }
    let room = TextPage.width - Self.inner - Self.innerLabel - nameWidth - 2
    let fits = places.allSatisfy { $0.description.displayWidth <= room }
    for (number, row) in rows.enumerated() {
      let repeatsLabel = number > 0 && rows[number - 1].label == row.label
      let name = names[number]
      page.block(
        indent: Self.inner, label: .init(repeatsLabel ? "" : row.label, .dim),
        labelWidth: Self.innerLabel,
        fits
          ? ["\(name.padded(to: nameWidth))  \(places[number])"]
          : ["\(name)", "  \(places[number])"])
    }
  }

  /// Nil where what is now stands in no revision.
  private var sideOfAfter: Report.Side? { finding.rule.isOfEnvironment ? nil : after }

  private func placeText(_ place: Place?, on side: Report.Side?) -> PrintableText {
    let suffix = side?.suffix ?? ""
    guard let place else { return "declared nowhere\(suffix)" }
    return "\(shortPath(place)):\(place.line)\(suffix)"
  }

  /// The file name alone where the header has just given the whole path.
  private func shortPath(_ place: Place) -> String {
    guard place.path == finding.place?.path, let slash = place.path.lastIndex(of: "/") else {
      return place.path
    }
    return String(place.path[place.path.index(after: slash)...])
  }

  private func writeConsumers(
    _ state: AffectedConsumer.State, label: PrintableText, to page: inout TextPage
  ) {
    let affected = finding.consumers.filter { $0.state == state }
    // The summary has said it already.
    if state == .naming, affected.count == 1, finding.before.isEmpty, finding.after.isEmpty {
      return
    }
    for (number, consumer) in affected.prefix(Self.limit).enumerated() {
      let place: PrintableText = "\(consumer.place.path):\(consumer.place.line)"
      page.block(
        indent: Self.inner, label: .init(number == 0 ? label : "", .dim),
        labelWidth: Self.innerLabel, [consumer.words.text, "  \(place)"])
    }
    writeRest(affected.count, to: &page)
  }

  private func writeRows(_ state: AffectedRow.State, to page: inout TextPage) {
    let affected = finding.rows.filter { $0.state == state }
    for (number, row) in affected.prefix(Self.limit).enumerated() {
      let place: PrintableText = "\(row.placeWords)"
      let line: PrintableText = "\(place) \(row.claim.text)"
      let room = TextPage.width - Self.inner - Self.innerLabel
      page.block(
        indent: Self.inner, label: .init(number == 0 ? state.label : "", .dim),
        labelWidth: Self.innerLabel,
        line.description.displayWidth <= room ? [line] : [place, "  \(row.claim.text)"])
    }
    writeRest(affected.count, to: &page)
  }

  private func writeRest(_ count: Int, to page: inout TextPage) {
    guard count > Self.limit else { return }
    page.line(indent: Self.inner + Self.innerLabel, "and \(count - Self.limit) more")
  }
}
