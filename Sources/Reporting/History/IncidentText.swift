import Detection
import Solution

/// An incident as a paragraph of text.
struct IncidentText {
  private static let inner = 4
  private static let outer = 2
  private static let labelWidth = 9

  private let incident: Incident
  private let words: IncidentWords

  init(_ incident: Incident) {
    self.incident = incident
    words = IncidentWords(incident)
  }

  func write(to page: inout TextPage) {
    let finding = incident.finding
    writeHeader(to: &page)
    page.paragraph(indent: Self.outer, finding.prose(finding.summary))
    write(finding.before, label: "was", to: &page)
    write(finding.after, label: "now", to: &page)
    write("because", EvidenceText(finding).sentence, to: &page)
    let subject = incident.moment.summary.shortened(to: 100)
    let author = incident.moment.author.shortened(to: 40)
    write("commit", "\(incident.moment.shortCommit) by \(author): \(subject)", to: &page)
    for line in words.earlier { write("earlier", line, to: &page) }
    write("moved", words.consumers(.moved), to: &page)
    write("left", words.consumers(.leftBehind), to: &page)
    write("broke", words.consumers(.broken), to: &page)
    write("stale", words.rows(.stale), to: &page)
    write("missing", words.rows(.missing), to: &page)
    for remark in words.remarks { write("also", finding.prose(remark), to: &page) }
    if !incident.places.isEmpty {
      let others = listed(incident.places.map(\.words))
      write("again", "in \(counted(incident.places.count, "commit")): \(others)", to: &page)
    }
    writeFate(to: &page)
  }

  private func writeHeader(to page: inout TextPage) {
    let finding = incident.finding
    let day: PrintableText = "\(incident.moment.day)  "
    let kind: PrintableText = "\(finding.severity.rawValue)[\(finding.rule.rawValue)]"
    let solution: PrintableText = "  \(finding.solution.shortened(to: 40))"
    let id: PrintableText = "  \(finding.id)"
    let width = (day + kind + solution + id).description.displayWidth
    let head: [TextPage.Span] = [
      .init(day, .bold), .init(kind, .init(finding.severity)), .init(solution, .bold),
    ]
    if width <= TextPage.width {
      page.line(spans: head + [.init(id, .dim)])
    } else {
      page.line(spans: head)
      page.line(indent: Self.outer, .init("\(finding.id)", .dim))
    }
  }

  private func writeFate(to page: inout TextPage) {
    if let mending = words.mending {
      page.paragraph(
        indent: Self.outer, label: .init("mended", .bold), labelWidth: Self.labelWidth, mending)
    }
    for open in incident.openAt {
      page.paragraph(
        indent: Self.outer, label: .init("broken", .red), labelWidth: Self.labelWidth,
        "still at '\(open.branch.shortened(to: 60))': \(IncidentWords.remains(open.remains))")
    }
    if let approval = incident.approval {
      page.paragraph(
        indent: Self.outer, label: .init("accepted", .bold), labelWidth: Self.labelWidth,
        approval.words)
    }
    if let rest = words.rest { page.paragraph(indent: Self.outer, rest) }
  }

  private func write(
    _ declarations: [Declaration], label: PrintableText, to page: inout TextPage
  ) {
    for (number, declaration) in declarations.enumerated() {
      page.block(
        indent: Self.inner, label: .init(number == 0 ? label : "", .dim),
        labelWidth: Self.labelWidth, ["\(declaration.name.spelling.shortened())"])
    }
  }

  private func write(_ label: PrintableText, _ prose: PrintableText?, to page: inout TextPage) {
    guard let prose else { return }
    page.paragraph(
      indent: Self.inner, label: .init(label, .dim), labelWidth: Self.labelWidth, prose)
  }
}
