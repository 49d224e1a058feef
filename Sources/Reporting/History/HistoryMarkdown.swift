import Detection
import Solution

/// A history for pull requests and wikis: a table to look over, then each incident.
package struct HistoryMarkdown {
  private let report: HistoryReport
  private let anchors: IncidentAnchors

  package init(_ report: HistoryReport) {
    self.report = report
    anchors = IncidentAnchors(report.history.incidents)
  }

  /// The whole document, with a line end.
  package var text: String {
    let history = report.history
    var lines: [MarkdownText] = ["# History of connection references", "", headline, ""]
    if !history.isComplete {
      lines += ["**The scan was ended before it had seen every commit: there may be more.**", ""]
    }
    if !history.incidents.isEmpty {
      lines += table + ["", "## Incidents", ""]
      for (position, incident) in history.incidents.enumerated() {
        lines += details(of: incident, anchor: anchors[position]) + [""]
      }
    }
    if !history.lineages.isEmpty {
      lines += ["## The names that each reference has had", ""]
      lines += history.lineages.flatMap { Self.chain(of: $0) + [""] }
    }
    if !report.problems.isEmpty {
      lines += ["## Could not be read", ""]
      lines += report.problems.map { "- \($0.problem.path): \($0.problem.message)" } + [""]
    }
    return lines.dropLast().map { $0.description + "\n" }.joined()
  }

  private var headline: MarkdownText {
    let history = report.history
    guard !history.incidents.isEmpty else { return "\(report.emptySentence)" }
    return """
      **\(counted(history.incidents.count, "incident"))**, \
      **\(report.number(of: .broken)) still broken**, \(report.number(of: .mended)) mended, in \
      \(counted(history.commits, "commit")) of \(report.branches).
      """
  }

  private var table: [MarkdownText] {
    [
      "| Date | Rule | Solution | What | State | Incident |",
      "| --- | --- | --- | --- | --- | --- |",
    ]
      + report.history.incidents.enumerated().map { position, incident in
        let finding = incident.finding
        let state = IncidentState(incident)
        let words: MarkdownText = state == .broken ? "**\(state.words)**" : "\(state.words)"
        return """
          | \(incident.moment.day) | \(finding.severity.rawValue) \
          \(.code("\(finding.rule.rawValue)")) | \(finding.solution.shortened()) | \
          \(finding.prose(finding.summary)) | \(words) | \
          [\(finding.id)](#\(anchors[position])) |
          """
      }
  }

  private func details(of incident: Incident, anchor: String) -> [MarkdownText] {
    let finding = incident.finding
    let words = IncidentWords(incident)
    let moment = incident.moment
    var lines: [MarkdownText] = [
      "### \(anchor)", "", "**\(finding.prose(finding.summary))**", "",
      """
      - \(moment.day), \(finding.severity.rawValue) \(.code("\(finding.rule.rawValue)")), solution \
      \(finding.solution.shortened())
      """,
    ]
    func add(_ label: MarkdownText, _ text: PrintableText?) {
      if let text { lines.append("- \(label): \(text)") }
    }
    if !finding.before.isEmpty { lines.append("- was: \(Self.names(finding.before))") }
    if !finding.after.isEmpty { lines.append("- now: \(Self.names(finding.after))") }
    add("because", EvidenceText(finding).sentence)
    add(
      "commit",
      """
      \(moment.shortCommit) by \(moment.author.shortened(to: 40)): \
      \(moment.summary.shortened(to: 100))
      """)
    for line in words.earlier { add("earlier", line) }
    add("moved", words.consumers(.moved))
    add("left behind", words.consumers(.leftBehind))
    add("broken", words.consumers(.broken))
    add("stale", words.rows(.stale))
    add("missing", words.rows(.missing))
    for remark in words.remarks { add("also", finding.prose(remark)) }
    if !incident.places.isEmpty { add("again in", listed(incident.places.map(\.words))) }
    add("mended", words.mending)
    for open in incident.openAt {
      lines.append(
        """
        - **still broken at \(.code("\(open.branch.shortened(to: 60))"))**: \
        \(IncidentWords.remains(open.remains))
        """)
    }
    add("state", words.rest)
    return lines
  }

  private static func names(_ declarations: [Declaration]) -> MarkdownText {
    MarkdownText(
      joining: declarations.map { .code("\($0.name.spelling)") }, separator: ", ")
  }

  private static func chain(of lineage: Lineage) -> [MarkdownText] {
    let title: MarkdownText = lineage.title.map { ", \($0.shortened())" } ?? ""
    let connector: MarkdownText = lineage.connector.map { ", \(.code("\($0.name)"))" } ?? ""
    return ["**\(lineage.solution.shortened())**\(title)\(connector)", ""]
      + lineage.identities.enumerated().map { number, identity in
        "\(number + 1). \(.code("\(identity.name.spelling)")) \(identity.span)"
      }
  }
}
