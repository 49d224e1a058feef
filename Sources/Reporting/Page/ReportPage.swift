import Detection

/// A report as one page to send on; it needs no network and no script.
package struct ReportPage {
  private let report: Report
  private let bulletin: Bulletin
  private let title: String

  /// - Parameters:
  ///   - title: What the report is of, a repository's name; shown above the heading.
  ///   - scopeLine: Told in place of the report's own.
  package init(_ report: Report, title: String = "", scopeLine: String? = nil) {
    self.report = report
    bulletin = Bulletin(report, scopeLine: scopeLine)
    self.title = title
  }

  /// The whole document, with a line end.
  package var document: String {
    let name: PrintableText = title.isEmpty ? "" : "\(title.shortened(to: 80)): "
    return PageFrame.document(
      title: "\(name)connref \(report.command)",
      """
      \(header)
      <main>
      \(findings)
      \(accepted)
      \(PageProblems(report.problems).element)
      </main>
      <footer><p>Made by connref.</p></footer>
      """)
  }

  private var header: HTMLText {
    let over: HTMLText =
      title.isEmpty ? "" : "<p class=\"repository\">\(title.shortened(to: 80))</p>\n"
    let trouble: HTMLText =
      bulletin.isUnknown
      ? "\n<p class=\"notice\">connref could not tell: a file that matters could not be read.</p>"
      : ""
    let numbers = Severity.allCases.sorted(by: >).map { severity in
      let number = report.findings.count { $0.severity == severity }
      let noun: HTMLText = number == 1 ? "" : "s"
      return Self.number(
        number, "\(severity.rawValue)\(noun)", severity == .error ? "broken" : "")
    }
    let accepted =
      report.accepted.isEmpty ? [] : [Self.number(report.accepted.count, "accepted", "")]
    return """
      <header>
      \(over)<h1>Connection references</h1>
      <p class="scope"><span>\(bulletin.subject)</span> · <span>\(bulletin.scopeLine)</span></p>\
      \(trouble)
      <dl class="numbers">
      \(HTMLText(joining: numbers + accepted))
      </dl>
      </header>
      """
  }

  private static func number(_ number: Int, _ label: HTMLText, _ style: HTMLText) -> HTMLText {
    """
    <div class="\(number == 0 ? "none" : style)"><dt>\(label)</dt><dd>\(number)</dd></div>
    """
  }

  private var findings: HTMLText {
    guard !bulletin.items.isEmpty else {
      return bulletin.isUnknown ? "" : "<p class=\"empty\">nothing to stop for</p>"
    }
    // In the order in which each solution is first told of.
    var solutions: [String] = []
    for item in bulletin.items where !solutions.contains(item.finding.solution) {
      solutions.append(item.finding.solution)
    }
    let sections = solutions.map { solution -> HTMLText in
      let items = bulletin.items.filter { $0.finding.solution == solution }
      return """
        <section class="year"><h3>\(solution.shortened(to: 60))</h3>
        \(HTMLText(joining: items.map { FindingArticle($0).element }))
        </section>
        """
    }
    return """
      <section aria-labelledby="h-findings">
      <h2 id="h-findings">Findings</h2>
      \(HTMLText(joining: sections))
      </section>
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
}
