import Detection
import Reporting
import Solution
import Testing

struct BulletinMarkdownTests {
  private func report(_ findings: [Finding], accepted: [AcceptedFinding] = []) -> Report {
    Report(
      .check, before: .revision("HEAD"), after: .staged,
      scope: .init(extent: .revisions(2), solutions: 1, references: 2, consumers: 3),
      findings: findings, accepted: accepted)
  }

  @Test func `a comment begins with the mark by which it is found again`() {
    let text = report([Samples.recreated]).markdown
    #expect(
      text.hasPrefix(
        """
        <!-- connref -->
        ## connref check: 1 error

        Looked at what is staged against HEAD: checked 1 solution, 2 references, 3 flows in 2 revisions: 1 error

        | Severity | Rule | Solution | What | Where |
        | --- | --- | --- | --- | --- |
        | **error** | `reference-recreated` | Sales | 'SharePoint Sales' was deleted and re-created \
        under another logical name | `solutions/Sales/Other/Customizations.xml:214` |

        **error** `reference-recreated` in Sales: 'SharePoint Sales' was deleted

        """.dropLast()))
    #expect(text.contains("\n- **stale** `config/prod.json:12` still binds `new_shared"))
    #expect(
      Histories.mixed.markdown.hasPrefix("<!-- connref history -->\n"))
  }

  @Test func `a clean run says so`() {
    #expect(
      report([]).markdown == """
        <!-- connref -->
        ## connref check: no problems found

        Looked at what is staged against HEAD: checked 1 solution, 2 references, 3 flows in 2 revisions: \
        no problems found


        """)
  }

  @Test func `what is unknown is first`() {
    let problems = [SampleReports.unreadable]
    let text = Samples.report([Samples.recreated], problems: problems).markdown
    let lines = text.split(separator: "\n")
    #expect(lines[1] == "## connref check: could not tell because of 1 problem, 1 error")
    #expect(lines[3] == "### Could not tell")
    #expect(
      lines[4] == "- could not read 'solutions/Ops/a b.xml' line 7: cut short (git fetch)")
  }

  @Test func `what was accepted is listed and not counted`() {
    let accepted = SampleReports.accepted(Samples.recreated, reason: "agreed", who: "Anna")
    let text = report([], accepted: [accepted]).markdown
    #expect(text.contains("\n## connref check: no problems found, 1 accepted\n"))
    #expect(text.contains("<details><summary>1 accepted</summary>\n\n- `reference-recreated` `"))
    #expect(text.contains("logical name: accepted by Anna: agreed\n\n</details>\n"))
  }

  @Test(arguments: SampleReports.hostile)
  func `with any text of a repository, the structure stays`(name: String) {
    let plain = SampleReports.hostile("x").map(structure)
    #expect(SampleReports.hostile(name).map(structure) == plain)
  }

  /// How each line begins, and every tag.
  private func structure(of report: Report) -> [String] {
    let text = report.markdown(limit: 1 << 20)
    let beginnings = text.split(whereSeparator: \.isNewline).map { line in
      line.hasPrefix("#")
        ? "heading" : line.hasPrefix("|") ? "row" : String(line.prefix { "-*<> ".contains($0) })
    }
    return beginnings + text.matches(of: #/<[^>]*>/#).map { String($0.output) }
  }

  @Test(arguments: SampleReports.hostile)
  func `a name has no cell, no mention and no link of its own`(name: String) {
    for report in SampleReports.hostile(name) {
      let text = report.markdown(limit: 1 << 20)
      var cells: Int?
      for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
        guard line.hasPrefix("|") else {
          cells = nil
          continue
        }
        let escaped = line.unicodeScalars.split(separator: "|").count { $0.last == "\\" }
        let number = line.unicodeScalars.count { $0 == "|" } - escaped
        // A table has as many cells in each row as in its head.
        #expect(number == cells ?? number)
        cells = number
      }
      #expect(!text.contains("@team") && !text.contains("#12"))
      #expect(!text.replacing("\\](", with: "").contains("](http"))
    }
  }

  @Test func `a comment never grows over what GitHub takes`() {
    let findings = (1...2000).map {
      SampleReports.finding(.linkLost, .error, "new_\($0)_\(String(repeating: "ü", count: 60))")
    }
    let text = report(findings).markdown
    #expect((55_000...65_000).contains(text.utf8.count))
    #expect(text.hasSuffix("\n**Not all of it fits in here.** `connref check` shows the rest.\n"))
    #expect(text.matches(of: #/<details>/#).count == text.matches(of: #/<\/details>/#).count)
    #expect(text.contains("<details>") && text.contains("new\\_1\\_"))
  }

  @Test func `one that has no room at all says so`() {
    let text = report([Samples.recreated]).markdown(limit: 10)
    #expect(text == "**Not all of it fits in here.** `connref check` shows the rest.\n")
  }
}
