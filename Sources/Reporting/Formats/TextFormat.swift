import Detection
import Solution

/// A report for people at a terminal.
struct TextFormat {
  private static let outer = 2
  private static let inner = 4

  private let report: Report
  private let style: TextStyle
  /// One column for all labels of the report.
  private let labelWidth: Int

  init(_ report: Report, _ style: TextStyle) {
    self.report = report
    self.style = style
    let labels = report.sections.flatMap { section in
      section.facts.map(\.label)
        + section.groups.flatMap { group in
          group.facts.map(\.label) + group.entries.flatMap { $0.facts.map(\.label) }
        }
    }
    labelWidth = max(7, Set(labels).map(\.rawValue.count).max() ?? 0) + 2
  }

  /// The entries, then what was accepted; empty where there is nothing to say.
  var document: String {
    var page = TextPage(style)
    if let overview = report.overview, overview.stateColumn != nil { write(overview, to: &page) }
    if report.entries.isEmpty, let sentence = report.emptySentence {
      page.paragraph(indent: 0, "\(sentence)")
    }
    for section in report.sections { write(section, to: &page) }
    if !page.text.isEmpty && !report.accepted.isEmpty { page.blankLine() }
    for accepted in report.accepted {
      page.line(.init(accepted.heading, .dim))
      page.paragraph(indent: Self.outer, accepted.sentence, style: .dim)
    }
    if let notice = report.notice {
      page.blankLine()
      page.paragraph(indent: 0, "\(notice)")
    }
    if let run = report.run {
      if !page.text.isEmpty { page.blankLine() }
      page.paragraph(indent: 0, run.sentence, style: .dim)
    }
    return page.text
  }

  private func write(_ overview: Report.Overview, to page: inout TextPage) {
    let rows = overview.rows.map { row in
      row.cells.enumerated().map { column, cell -> PrintableText in
        guard let lead = overview.lead, lead.column == column, cell.text != "" else {
          return cell.text
        }
        return lead.words + cell.text
      }
    }
    // One long name does not push the other rows out of sight.
    let widths = (rows.first ?? []).indices.map { column in
      rows.map { $0[column].description.displayWidth }.filter { $0 <= 60 }.max() ?? 0
    }
    for (row, cells) in zip(overview.rows, rows) {
      let padded = zip(cells, widths).map { $0.description.padded(to: $1) + "  " }
      // An escaped text has nothing left to escape.
      let texts = padded.map { PrintableText(escaping: $0) }
      page.line(
        spans: texts.enumerated().map { column, text in
          switch column {
          case 0: .init(text, .bold)
          case overview.stateColumn: .init(text, row.severity.map { .init($0) } ?? .plain)
          default: .init(text, .dim)
          }
        })
    }
  }

  private func write(_ section: Report.Section, to page: inout TextPage) {
    guard !section.groups.isEmpty || !section.facts.isEmpty else { return }
    if !page.text.isEmpty { page.blankLine() }
    if let title = section.title { page.line(.init(title.text, .bold)) }
    for fact in section.facts {
      write(fact, of: nil, indent: Self.outer, labelWidth: labelWidth, to: &page)
    }
    for (number, group) in section.groups.enumerated() {
      let isFinding = group.entries.contains { $0.finding != nil }
      if isFinding && (number > 0 || section.title != nil) { page.blankLine() }
      if group.title != nil {
        write(group, to: &page)
      } else {
        for entry in group.entries { write(entry, to: &page) }
      }
    }
  }

  private func write(_ entry: Entry, to page: inout TextPage) {
    if let finding = entry.finding {
      page.line(spans: heading(of: entry, finding, at: entry.location))
      page.paragraph(indent: Self.outer, entry.title)
    } else {
      page.paragraph(indent: Self.outer, entry.title)
    }
    for fact in entry.facts where !isLeftOut(fact, of: entry) {
      switch fact.label.part {
      case .change, .circumstance:
        write(fact, of: entry, indent: Self.inner, labelWidth: labelWidth, to: &page)
      case .outcome, .consequence:
        write(
          fact, of: entry, indent: Self.outer, labelWidth: labelWidth + Self.inner - Self.outer,
          to: &page)
      }
    }
  }

  /// True for facts that a text omits: what another line says, and the impact of an incident that has ended.
  private func isLeftOut(_ fact: Fact, of entry: Entry) -> Bool {
    switch fact.label {
    case .explain: true
    case .impact: !entry.isOpen
    case .id:
      entry.facts.contains { other in
        other.label == .fix
          && other.lines.contains { $0.words.text.description.contains(entry.finding?.id ?? " ") }
      }
    default: false
    }
  }

  private func heading(
    of entry: Entry, _ finding: Finding, at location: PrintableText?
  ) -> [TextPage.Span] {
    var spans: [TextPage.Span] = []
    if let moment = entry.moment { spans.append(.init("\(moment.day)  ", .bold)) }
    if let mark = entry.mark { spans.append(.init(mark, .init(finding.severity))) }
    if let location { spans.append(.init(" \(location)")) }
    return spans
  }

  /// Several entries of one theme: what they say alike once, and a line for each.
  private func write(_ group: EntryGroup, to page: inout TextPage) {
    guard let first = group.entries.first, let finding = first.finding, let title = group.title
    else { return }
    let location = group.path.map { "\($0)" as PrintableText }
    page.line(
      spans: heading(
        of: first, finding, at: location ?? "solution '\(finding.solution.shortened())'"))
    page.paragraph(indent: Self.outer, "\(title)")
    for entry in group.entries.prefix(Self.groupLimit) {
      let place: PrintableText =
        entry.place.map { group.path == nil ? "\($0.words)" : ":\($0.line)" } ?? ""
      let what: PrintableText = "\(entry.finding?.id ?? "")  \(entry.name)"
      let line: PrintableText = "\(what)  \(place)"
      let fits = Self.inner + line.description.displayWidth <= page.width
      page.block(
        indent: Self.inner, label: .init(""), labelWidth: 0,
        fits ? [line] : [what, "  \(place)"])
    }
    if group.entries.count > Self.groupLimit {
      page.line(
        indent: Self.inner,
        "and \(group.entries.count - Self.groupLimit) more: --format json lists them all")
    }
    for fact in group.facts {
      write(
        fact, of: nil, indent: Self.outer, labelWidth: labelWidth + Self.inner - Self.outer,
        to: &page)
    }
  }

  /// How many entries of a group are listed before the rest is only counted.
  private static let groupLimit = 10

  private func write(
    _ fact: Fact, of entry: Entry?, indent: Int, labelWidth: Int, to page: inout TextPage
  ) {
    var label = TextPage.Span(fact.label.text, .init(fact.label))
    if let brief = fact.brief, entry?.isOpen == false {
      return page.paragraph(indent: indent, label: label, labelWidth: labelWidth, brief)
    }
    let lines = fact.lines(upTo: Fact.limit)
    let asides = lines.map { line in line.aside { "\(shortened($0, of: entry))" }?.text }
    let words = lines.map { $0.words.text.description }
    let width = zip(words, asides).filter { $1 != nil }.map(\.0.displayWidth).max() ?? 0
    let room = page.width - indent - labelWidth - width - 2
    let isAligned = asides.allSatisfy { ($0?.description.displayWidth ?? 0) <= room }
    for (number, line) in lines.enumerated() {
      if let aside = asides[number] {
        // An escaped text has nothing left to escape.
        let name = PrintableText(escaping: words[number])
        let padded = PrintableText(escaping: words[number].padded(to: width))
        page.block(
          indent: indent, label: label, labelWidth: labelWidth,
          isAligned ? ["\(padded)  \(aside)"] : [name, "  \(aside)"])
      } else {
        page.paragraph(indent: indent, label: label, labelWidth: labelWidth, line.words)
      }
      label = .init("")
    }
  }

  /// The file's name alone where the heading has just given the whole path.
  private func shortened(_ place: Place, of entry: Entry?) -> PrintableText {
    guard entry?.moment == nil, place.path == entry?.place?.path,
      let slash = place.path.lastIndex(of: "/")
    else { return "\(place.words)" }
    return "\(String(place.path[place.path.index(after: slash)...])):\(place.line)"
  }
}

extension TextPage.Style {
  fileprivate init(_ label: Label) {
    switch (label, label.part) {
    case (.stillBroken, _), (.removed, _), (.recreated, _): self = .red
    case (.connectorChanged, _), (.lost, _), (.returned, _): self = .yellow
    case (.id, _), (.explain, _), (_, .change), (_, .circumstance): self = .dim
    case (_, .outcome), (_, .consequence): self = .bold
    }
  }
}
