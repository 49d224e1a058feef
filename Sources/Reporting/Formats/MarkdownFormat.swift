import Detection

/// A report as Markdown: a comment of a pull request, the summary of a run, a page of a wiki.
struct MarkdownFormat {
  /// GitHub takes 65,536 characters for a comment, GitLab and Azure DevOps more. Bytes are counted
  /// here, which no count of characters exceeds.
  static let comment = 65_000
  /// For the sentence that says that something was left out.
  private static let reserve = 200

  let report: Report
  /// How many bytes it may take.
  var limit = MarkdownFormat.comment

  /// The whole document, with a line end. It begins with a mark that is not shown, by which the
  /// comment of an earlier run is found and replaced. Entries that do not fit are left out, with a
  /// note.
  var document: String {
    let run = report.run.map { "\n<sub>\($0.sentence.markdown)</sub>\n" as MarkdownText }
    let foot = run?.description ?? ""
    var page = MarkdownPage(limit: limit - Self.reserve - foot.utf8.count)
    page.write(MarkdownSection(head))
    page.write(problems("Could not tell", matters: true))
    if let overview = report.overview { page.write(table(of: overview)) }
    // A few findings with their details say more than a table of all.
    page.write(findings, upTo: limit / 2)
    for section in report.sections { page.write(details(of: section)) }
    page.write(graph)
    page.write(problems("Not read", matters: false))
    page.write(accepted)
    guard page.isCut else { return page.text + foot }
    let rest: MarkdownText =
      "**Not all of it fits in here.** \(.code("connref \(report.command)")) shows the rest."
    return page.text + rest.description + "\n" + foot
  }

  private var head: [MarkdownText] {
    let verdict = report.verdict == "" ? "" : ": \(report.verdict)" as MarkdownText
    let empty = report.entries.isEmpty ? report.emptySentence : nil
    return [
      "<!-- \(report.marker) -->", "## connref \(report.command)\(verdict)", "",
      "Looked at \(report.subject): \(report.scopeLine.shortened(to: 400))", "",
    ]
      + [report.notice.map { "**\($0)**" }, empty.map { "\($0)" }].compactMap { $0 }
      .flatMap { [$0, ""] as [MarkdownText] }
  }

  private func table(of overview: Report.Overview) -> MarkdownSection {
    MarkdownSection(
      ["### \(overview.title)", ""] + Self.header(overview.columns),
      overview.rows.map { row in
        let cells = row.cells.enumerated().map { column, cell -> MarkdownText in
          let isBad = column == overview.stateColumn && row.severity == .error
          return isBad ? "**\(cell.markdown)**" : cell.markdown
        }
        return [Self.row(cells)]
      }, [""])
  }

  private static func header(_ titles: [PrintableText]) -> [MarkdownText] {
    [row(titles.map { "\($0)" }), row(titles.map { _ in "---" })]
  }

  private static func row(_ cells: [MarkdownText]) -> MarkdownText {
    "| \(MarkdownText(joining: cells, separator: " | ")) |"
  }

  /// All entries with a finding at a glance. Those with a date link to their details.
  private var findings: MarkdownSection {
    let entries = report.entries.filter { $0.finding != nil }
    let isHistory = entries.contains { $0.moment != nil }
    let titles: [PrintableText] =
      isHistory
      ? ["Date", "Severity", "Rule", "Solution", "What", "State", "Incident"]
      : ["Severity", "Rule", "Solution", "What", "Where"]
    return MarkdownSection(
      Self.header(titles),
      entries.map { entry in
        let own: [MarkdownText]
        if let moment = entry.moment {
          let state = entry.state
          let words: MarkdownText = state.map { "\($0.words)" } ?? ""
          own = [
            "\(moment.day)", Self.severity(entry), Self.rule(entry), Self.solution(entry),
            entry.title.markdown, state == .broken ? "**\(words)**" : words,
            "[\(entry.finding?.id ?? "")](#\(entry.anchor))",
          ]
        } else {
          own = [
            Self.severity(entry), Self.rule(entry), Self.solution(entry), entry.title.markdown,
            entry.place.map { .code("\($0.shortWords)") } ?? "",
          ]
        }
        return [Self.row(own)]
      }, [""])
  }

  private static func severity(_ entry: Entry) -> MarkdownText {
    entry.severity == .error ? "**error**" : "\(entry.severity?.rawValue ?? "")"
  }

  private static func rule(_ entry: Entry) -> MarkdownText {
    entry.finding.map { .code("\($0.rule.rawValue)") } ?? ""
  }

  private static func solution(_ entry: Entry) -> MarkdownText {
    "\(entry.finding?.solution.shortened(to: 60) ?? "")"
  }

  private func details(of section: Report.Section) -> MarkdownSection {
    let title: [MarkdownText] = section.title.map { ["### \($0.markdown)", ""] } ?? []
    let facts = Self.lines(of: section.facts)
    let isList = section.entries.allSatisfy { $0.finding == nil }
    let table = isList ? EntryTable(section.entries) : nil
    if let table {
      return MarkdownSection(
        title + facts + (facts.isEmpty ? [] : [""]) + Self.header(table.titles),
        table.rows.map { row in [Self.row(row.map(Self.cell))] }, [""])
    }
    let blocks = section.entries.map {
      isList ? Self.item($0) : Self.details(of: $0, below: section)
    }
    let opening = title + facts + (facts.isEmpty ? [] : [""])
    return blocks.isEmpty && !opening.isEmpty
      ? MarkdownSection(opening) : MarkdownSection(opening, blocks, isList ? [""] : [])
  }

  private static func cell(_ phrases: [Phrase]) -> MarkdownText {
    MarkdownText(joining: phrases.map(\.markdown), separator: "; ")
  }

  /// An entry that is no finding, with its facts below it.
  private static func item(_ entry: Entry) -> [MarkdownText] {
    ["- \(entry.title.markdown)"]
      + entry.facts.flatMap { fact in
        fact.lines(upTo: Fact.limit).map { "  - **\(fact.label.text)** \($0.whole.markdown)" }
      }
  }

  private static func details(
    of entry: Entry, below section: Report.Section
  ) -> [MarkdownText] {
    let level: MarkdownText = section.title == nil ? "###" : "####"
    var lines: [MarkdownText] = entry.moment == nil ? [] : ["\(level) \(entry.anchor)", ""]
    let severity = entry.severity?.rawValue ?? ""
    lines += [
      "**\(severity)** \(rule(entry)) in \(solution(entry)): \(entry.title.markdown)", "",
    ]
    lines += Self.lines(of: entry.facts.of(.change, .outcome))
    // Markdown starts again after an empty line; before it is only HTML of ours.
    lines += ["", "<details><summary>Why, and the fix</summary>", ""]
    lines += Self.lines(of: entry.facts.of(.circumstance, .consequence))
    return lines + ["", "</details>", ""]
  }

  private static func lines(of facts: [Fact]) -> [MarkdownText] {
    facts.flatMap { fact -> [MarkdownText] in
      let lines = fact.lines(upTo: Fact.limit)
      guard let line = lines.first, lines.count == 1 else {
        return ["- **\(fact.label.text)**"] + lines.map { "  - \($0.whole.markdown)" }
      }
      return ["- **\(fact.label.text)** \(line.whole.markdown)"]
    }
  }

  private var graph: MarkdownSection {
    guard let graph = report.graph else { return MarkdownSection([], []) }
    // Escaped for the chart already.
    let chart = MarkdownText(
      stringLiteral: String(MermaidFormat(picture: graph).document.dropLast()))
    return MarkdownSection(["### What uses what", "", "```mermaid", chart, "```", ""])
  }

  private func problems(_ heading: MarkdownText, matters: Bool) -> MarkdownSection {
    let problems = report.problems.filter { $0.matters == matters }
    return MarkdownSection(
      ["### \(heading)", ""], problems.map { ["- \($0.words)"] }, [""])
  }

  private var accepted: MarkdownSection {
    MarkdownSection(
      ["<details><summary>\(report.accepted.count) accepted</summary>", ""],
      report.accepted.map { accepted in
        let finding = accepted.finding
        return [
          """
          - \(.code("\(finding.rule.rawValue)")) \(.code("\(finding.id)")) \
          \(finding.prose(finding.summary)): \(accepted.words)
          """
        ]
      }, ["", "</details>", ""])
  }
}
