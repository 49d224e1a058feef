import Detection

/// What a page has below its head: overview, timeline, entries, what was accepted, problems.
struct ReportContent {
  private let report: Report
  /// Begins the anchors of entries where a page has several reports.
  private let anchors: HTMLText

  init(_ report: Report, anchors: HTMLText = "") {
    self.report = report
    self.anchors = anchors
  }

  /// True where there are entries to filter.
  var hasFilters: Bool { report.entries.count > 1 }

  var element: HTMLText {
    let empty: HTMLText =
      report.entries.isEmpty && !report.isUnknown
      ? "<p class=\"empty\">\(report.emptySentence ?? report.verdict)</p>" : ""
    let sections = report.sections.enumerated().filter { !$0.element.groups.isEmpty }
      .map { section($0.element, number: $0.offset + 1) }
    return HTMLText(
      joining: [empty, overview, timeline, filters] + sections
        + [accepted, problems]
        .filter { $0 != "" })
  }

  /// What the head of the page links to; nothing where a page has several reports.
  private func id(_ name: HTMLText) -> HTMLText { anchors == "" ? " id=\"\(name)\"" : "" }

  private var timeline: HTMLText {
    guard let timeline = report.timeline, !timeline.isEmpty else { return "" }
    return TimelineSection(timeline).element
  }

  private var overview: HTMLText {
    guard let overview = report.overview, !overview.rows.isEmpty else { return "" }
    let rows = overview.rows.map { row in
      let cells = row.cells.enumerated().map { column, cell -> HTMLText in
        let isBad = column == overview.stateColumn && row.severity == .error
        let text: HTMLText =
          column == 0
          ? row.anchor.map { "<a href=\"#\(anchors)\($0)\">\(cell.html)</a>" } ?? cell.html
          : isBad ? "<strong>\(cell.html)</strong>" : cell.html
        let mark: HTMLText =
          column == 0 ? row.severity.map { SeverityMark.picture($0, .broken) } ?? "" : ""
        return "<td>\(mark)\(text)</td>"
      }
      return "<tr>\(HTMLText(joining: cells, separator: ""))</tr>" as HTMLText
    }
    return """
      <section\(id("overview")) class="overview">
      <h2>\(overview.title)</h2>
      \(Self.table(overview.columns, rows))
      </section>
      """
  }

  private static func table(_ titles: [PrintableText], _ rows: [HTMLText]) -> HTMLText {
    let head = titles.map {
      "<th scope=\"col\">\($0.description.capitalizedFirst)</th>" as HTMLText
    }
    return """
      <table>
      <thead><tr>\(HTMLText(joining: head, separator: ""))</tr></thead>
      <tbody>
      \(HTMLText(joining: rows))
      </tbody>
      </table>
      """
  }

  /// For a section without a title.
  static func title(of report: Report) -> PrintableText {
    report.entries.contains { $0.moment != nil } ? "Incidents" : "Findings"
  }

  private func section(_ section: Report.Section, number: Int) -> HTMLText {
    return """
      <section\(id("section-\(number)"))>
      <h2>\(section.title?.html ?? "\(Self.title(of: report))")</h2>
      \(EntryArticle.facts(section.facts))
      \(content(of: section))
      </section>
      """
  }

  private func content(of section: Report.Section) -> HTMLText {
    if section.entries.allSatisfy({ $0.finding == nil }) {
      guard let table = EntryTable(section.entries) else {
        return HTMLText(joining: section.entries.map { EntryArticle($0, anchors).plainElement })
      }
      let rows = table.rows.map { row -> HTMLText in
        let cells = row.map { phrases -> HTMLText in
          "<td>\(HTMLText(joining: phrases.map(\.html), separator: "<br>"))</td>"
        }
        return "<tr class=\"entry\">\(HTMLText(joining: cells, separator: ""))</tr>"
      }
      return Self.table(table.titles, rows)
    }
    // In the order in which they come.
    var parts: [(year: Substring?, articles: [HTMLText])] = []
    for group in section.groups {
      let year = group.entries.first?.moment?.day.prefix(4)
      if parts.isEmpty || parts.last?.year != year { parts.append((year, [])) }
      parts[parts.count - 1].articles.append(EntryArticle.element(group, anchors))
    }
    return HTMLText(
      joining: parts.map { part in
        let articles = HTMLText(joining: part.articles)
        guard let year = part.year else { return articles }
        return "<section class=\"year\"><h3>\(String(year))</h3>\n\(articles)\n</section>"
      })
  }

  /// Hidden until the script that they need has run.
  private var filters: HTMLText {
    guard hasFilters, anchors == "" else { return "" }
    let tags = report.entries.map(EntryArticle.tags)
    let choices = EntryArticle.Tag.allCases.compactMap { tag -> HTMLText? in
      let values = Set(tags.compactMap { $0[tag]?.description }).sorted()
      guard values.count > 1 else { return nil }
      // What was escaped once holds nothing left to escape.
      let options = values.map { "<option value=\"\($0)\">\($0)</option>" as HTMLText }
      return """
        <label>\(tag.rawValue.capitalizedFirst) <select name="\(tag.rawValue)">\
        <option value="">all</option>\(HTMLText(joining: options, separator: ""))</select></label>
        """
    }
    let noun: PrintableText =
      report.entries.contains { $0.finding == nil }
      ? "entries" : report.entries.contains { $0.moment != nil } ? "incidents" : "findings"
    return """
      <form id="filters" role="search" aria-label="Filter" hidden>
      \(HTMLText(joining: choices))
      <label>Text <input type="search" name="text"></label>
      <button type="reset">Show all</button>
      <output aria-live="polite">\(report.entries.count) \(noun)</output>
      </form>
      """
  }

  private var accepted: HTMLText {
    guard !report.accepted.isEmpty else { return "" }
    let items = report.accepted.map { accepted -> HTMLText in
      let finding = accepted.finding
      return """
        <li>\(.code(finding.rule.rawValue)) \(.code(finding.id)) \
        \(finding.prose(finding.summary)): \(accepted.words)</li>
        """
    }
    return """
      <section aria-labelledby="h-accepted">
      <h2 id="h-accepted">Accepted</h2>
      <ul>\(HTMLText(joining: items))</ul>
      </section>
      """
  }

  private var problems: HTMLText {
    guard !report.problems.isEmpty else { return "" }
    let items = report.problems.map { "<li>\($0.words)</li>" as HTMLText }
    return """
      <section\(id("problems"))>
      <h2>Could not be read</h2>
      <ul>\(HTMLText(joining: items))</ul>
      </section>
      """
  }
}

extension String {
  var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
