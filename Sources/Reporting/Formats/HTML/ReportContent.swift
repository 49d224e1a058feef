import Detection

/// The content of a page below its head: overview, timeline, entries, approvals, problems.
struct ReportContent {
  private let report: Report
  /// Begins the anchors of entries where a page has several reports.
  private let anchors: HTMLText
  /// Which of several reports of a page it is.
  private let title: HTMLText?
  private let links: PageLinks

  init(_ report: Report, anchors: HTMLText = "", titled title: HTMLText? = nil) {
    self.report = report
    self.anchors = anchors
    self.title = title
    links = PageLinks(report)
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

  /// The target of a link in the page's head; nothing where a page has several reports.
  private func id(_ name: HTMLText) -> HTMLText { anchors == "" ? " id=\"\(name)\"" : "" }

  private var timeline: HTMLText {
    guard let timeline = report.timeline, !timeline.isEmpty else { return "" }
    return TimelineSection(timeline).element
  }

  private var overview: HTMLText {
    guard let overview = report.overview, !overview.rows.isEmpty else { return "" }
    let columns = overview.columns.indices.filter { column in
      column < 2 || overview.rows.contains { $0.cells[column].text != "" }
    }
    let rows = overview.rows.map { row in
      let cells = columns.map { column -> HTMLText in
        let cell = row.cells[column]
        let isBad = column == overview.stateColumn && row.severity == .error
        let text: HTMLText =
          column == 0
          ? row.anchor.map { "<a href=\"#\(anchors)\($0)\">\(cell.html)</a>" }
            ?? cell.html(links.forge)
          : isBad ? "<strong>\(cell.html)</strong>" : cell.html(links.forge)
        let mark: HTMLText =
          column == 0 ? row.severity.map { SeverityMark.picture($0, .broken) } ?? "" : ""
        let style: HTMLText =
          column == overview.stateColumn
          ? " class=\"state \(row.severity?.rawValue ?? "fine")\"" : ""
        return "<td\(style)\(Self.label(overview.columns, column))>\(mark)\(text)</td>"
      }
      return "<tr>\(HTMLText(joining: cells, separator: ""))</tr>" as HTMLText
    }
    return """
      <section\(id("overview")) class="overview">
      \(heading("\(overview.title)"))
      \(Self.table(columns.map { overview.columns[$0] }, rows, label("\(overview.title)")))
      </section>
      """
  }

  /// Below the title of the page, or of one of its reports.
  private func heading(_ text: HTMLText) -> HTMLText {
    title == nil ? "<h2>\(text)</h2>" : "<h3>\(text)</h3>"
  }

  /// A region of a page has a name of its own.
  private func label(_ text: HTMLText) -> HTMLText { title.map { "\(text): \($0)" } ?? text }

  static func table(
    _ titles: [PrintableText], _ rows: [HTMLText], _ label: HTMLText = "Table"
  ) -> HTMLText {
    let head = titles.map {
      "<th scope=\"col\">\($0.description.capitalizedFirst)</th>" as HTMLText
    }
    return """
      <div class="table" role="region" tabindex="0" aria-label="\(label)">
      <table>
      <thead><tr>\(HTMLText(joining: head, separator: ""))</tr></thead>
      <tbody>
      \(HTMLText(joining: rows))
      </tbody>
      </table>
      </div>
      """
  }

  /// The label of a cell where the head of its column is not in sight.
  private static func label(_ titles: [PrintableText], _ column: Int) -> HTMLText {
    column < titles.count && column > 0
      ? " data-label=\"\(titles[column].description.capitalizedFirst)\"" : ""
  }

  /// For a section without a title.
  static func title(of report: Report) -> PrintableText {
    report.entries.contains { $0.moment != nil } ? "Incidents" : "Findings"
  }

  private func section(_ section: Report.Section, number: Int) -> HTMLText {
    return """
      <section\(id("section-\(number)"))>
      \(heading(section.title?.html ?? "\(Self.title(of: report))"))
      \(EntryArticle.facts(section.facts, links))
      \(content(of: section))
      </section>
      """
  }

  private func content(of section: Report.Section) -> HTMLText {
    if section.entries.allSatisfy({ $0.finding == nil }) {
      return HTMLText(
        joining: Self.alike(section.entries).enumerated().map { number, entries in
          let title: PrintableText = section.title?.text ?? "Table"
          return table(of: entries, titled: number == 0 ? title : "\(title), table \(number + 1)")
        })
    }
    // In their order.
    var parts: [(year: Substring?, articles: [HTMLText])] = []
    for group in section.groups {
      let year = group.entries.first?.moment?.day.prefix(4)
      if parts.isEmpty || parts.last?.year != year { parts.append((year, [])) }
      parts[parts.count - 1].articles.append(EntryArticle.element(group, anchors, links))
    }
    return HTMLText(
      joining: parts.map { part in
        let articles = HTMLText(joining: part.articles)
        guard let year = part.year else { return articles }
        return "<section class=\"year\"><h3>\(String(year))</h3>\n\(articles)\n</section>"
      })
  }

  /// Groups entries with the same labels, in their order: they have a table of their own, so that
  /// no column is for a few of many.
  private static func alike(_ entries: [Entry]) -> [[Entry]] {
    var parts: [[Entry]] = []
    for entry in entries {
      if parts.last?.last?.facts.first?.label == entry.facts.first?.label, !parts.isEmpty {
        parts[parts.count - 1].append(entry)
      } else {
        parts.append([entry])
      }
    }
    return parts
  }

  private func table(of entries: [Entry], titled title: PrintableText) -> HTMLText {
    guard let table = EntryTable(entries) else {
      return HTMLText(joining: entries.map { EntryArticle($0, anchors, links).plainElement })
    }
    let rows = zip(entries, table.rows).map { entry, row -> HTMLText in
      let cells = row.enumerated().map { column, phrases -> HTMLText in
        let lines = HTMLText(joining: phrases.map { $0.html(links.forge) }, separator: "<br>")
        return "<td\(Self.label(table.titles, column))>\(lines)</td>"
      }
      return """
        <tr class="entry" id="\(anchors)\(entry.anchor)"\(EntryArticle.attributes(of: entry))>\
        \(HTMLText(joining: cells, separator: ""))</tr>
        """
    }
    return Self.table(table.titles, rows, label("\(title)"))
  }

  /// Hidden until the script that they need has run; nothing where a page has several reports, which has
  /// one for all.
  private var filters: HTMLText {
    anchors == "" ? Self.filters(of: report.entries) : ""
  }

  static func filters(of entries: [Entry]) -> HTMLText {
    guard entries.count > 1 else { return "" }
    let tags = entries.map(EntryArticle.tags)
    let noun: PrintableText =
      entries.contains { $0.finding == nil }
      ? "entries" : entries.contains { $0.moment != nil } ? "incidents" : "findings"
    return filters(by: tags, of: noun)
  }

  /// - Parameters:
  ///   - tags: Of each element of the class `entry`, what its attributes say.
  ///   - noun: For several of these elements.
  static func filters(
    by tags: [[EntryArticle.Tag: PrintableText]], of noun: PrintableText
  ) -> HTMLText {
    let choices = EntryArticle.Tag.allCases.compactMap { tag -> HTMLText? in
      let values = Set(tags.compactMap { $0[tag]?.description }).sorted()
      guard values.count > 1 else { return nil }
      // An escaped text has nothing left to escape.
      let options = values.map { "<option value=\"\($0)\">\($0)</option>" as HTMLText }
      return """
        <label>\(tag.rawValue.capitalizedFirst) <select name="\(tag.rawValue)">\
        <option value="">all</option>\(HTMLText(joining: options, separator: ""))</select></label>
        """
    }
    return """
      <form id="filters" role="search" aria-label="Filter" hidden>
      \(HTMLText(joining: choices))
      <label>Text <input type="search" name="text"></label>
      <button type="reset">Show all</button>
      <output aria-live="polite">\(tags.count) \(noun)</output>
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
      <section>
      \(heading("Accepted"))
      <ul>\(HTMLText(joining: items))</ul>
      </section>
      """
  }

  private var problems: HTMLText {
    guard !report.problems.isEmpty else { return "" }
    let items = report.problems.map { "<li>\($0.words)</li>" as HTMLText }
    return """
      <section\(id("problems"))>
      \(heading("Not read"))
      <ul>\(HTMLText(joining: items))</ul>
      </section>
      """
  }
}
