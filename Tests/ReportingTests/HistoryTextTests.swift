import Detection
import Reporting
import Solution
import Testing

struct HistoryTextTests {
  @Test func `a fixed incident says who fixed it and when`() {
    #expect(
      Histories.report([Histories.fixed]).text == """
        2026-05-20  error[reference-recreated] solution 'Sales'
          'SharePoint Sales' was deleted and re-created under another logical name
            was      new_sharedsharepointonline_a1b2c
                       solutions/Sales/Other/Customizations.xml:214 in 0000000000
            now      new_sharedsharepointonline_9d8e7
                       solutions/Sales/Other/Customizations.xml:214 in 4444444444
            commit   4444444444 by Anna Berg, 2026-05-20: Fix the SharePoint connection
            because  same connector shared_sharepointonline, same display name, 3 flows
                     moved
            moved    3 flows: 'Notify', 'Order', 'Return'
            stale    1 settings row: config/prod.json:12
          fixed      in 5555555555 by Ben Ode, 1 d 13 h later: Restore the name
          id         \(Samples.recreated.id)

        """)
  }

  @Test(arguments: [Format.text, .markdown, .html])
  func `what is still broken comes first, the most severe before the others`(format: Format) throws
  {
    var minor = Samples.recreated
    minor.severity = .warning
    let report = Histories.report([
      Histories.fixed,
      Histories.incident(minor, moment: Histories.moment("6"), openAt: [Histories.open("topic")]),
      Histories.incident(moment: Histories.moment("7"), openAt: [Histories.open("main")]),
    ])
    let text = report.document(in: format).replacing("<wbr>", with: "")
    // A page and a comment begin with links, and with a table of what is still broken.
    let start = try #require(text.ranges(of: "Still broken (2 incidents)").last).lowerBound
    let marks = ["7777777777", "6666666666", "No longer broken (1 incident)", "5555555555"]
    let places = marks.map { text[start...].firstRange(of: $0)?.lowerBound }
    #expect(!places.contains(nil))
    #expect(places.compactMap(\.self) == places.compactMap(\.self).sorted())
    let commits = try JSONDocument(parsing: report.json)["findings"]?.elements.map { $0["commit"] }
    #expect(commits?.first == .text(String(repeating: "4", count: 40)), "in order of time")
  }

  @Test func `branches with the same rest are one line`() {
    #expect(
      Histories.report([Histories.broken]).text.contains(
        """
          still broken    at main, origin/release: 1 flow: 'Order'; 1 settings row:
                          config/prod.json:12
          impact          config/prod.json still binds the old name; import leaves 3
                          flows off
          fix             connref repair 3f9a21c07d44 | git apply --index

        """))
  }

  @Test func `a complete change says what is left to do in the environments`() {
    #expect(
      Histories.report([Histories.incident(wasCompleteAtOnce: true)]).text.contains(
        "\n  state      completed in the same commit: bind the new name in every\n"))
  }

  @Test func `a name that is back needs no binding`() {
    var finding = Samples.recreated
    finding.evidence = [.sameConnector, .returned]
    let text = Histories.report([Histories.incident(finding, wasCompleteAtOnce: true)]).text
    #expect(!text.contains("bind the new name"))
  }

  @Test func `the commits of one event are adjacent`() {
    let incident = Histories.incident(
      places: [Histories.moment("a"), Histories.moment("b", author: "Ben")],
      deletedIn: Histories.moment("c"))
    #expect(
      Histories.report([incident]).text.contains(
        """
            earlier  the old one was deleted in cccccccccc by Anna Berg, 2026-05-20
            because  same connector shared_sharepointonline, same display name, 3 flows
                     moved
            moved    3 flows: 'Notify', 'Order', 'Return'
            stale    1 settings row: config/prod.json:12
            also in  2 commits: aaaaaaaaaa by Anna Berg, 2026-05-20, bbbbbbbbbb by Ben,
                     2026-05-20

        """))
  }

  @Test func `more than five are counted`() {
    var finding = Samples.recreated
    finding.consumers = (1...8).map { Samples.consumer("F\($0)", names: "new_b", .moved) }
    #expect(
      Histories.report([Histories.incident(finding)]).text.contains(
        "moved    8 flows: 'F1', 'F2', 'F3', 'F4', 'F5' and 3 more\n"))
  }

  @Test func `a flow in two files is counted once`() {
    var finding = Samples.recreated
    finding.consumers = ["managed/F1.json", "unmanaged/F1.json"].map {
      Samples.consumer("F1", names: "new_b", .moved, path: $0)
    }
    let text = Histories.report([Histories.incident(finding)]).text
    #expect(text.contains("1 flow: 'F1'\n"))
    let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(words.contains("1 flow moved"))
  }

  @Test func `a lineage is a chain with dates`() {
    #expect(
      Histories.report([Histories.fixed], lineages: [Histories.lineage]).text
        .hasSuffix(
          """

          The names that each reference has had
            Sales, 'SharePoint Sales', shared_sharepointonline
              name     new_sharedsharepointonline_a1b2c  until 2026-05-20
                       new_sharedsharepointonline_9d8e7  since 2026-05-20

          """))
  }

  @Test func `an empty history is one sentence`() {
    #expect(
      Histories.report([]).text == """
        no incident in 1058 commits of all branches: no connection reference was
        re-created, replaced or lost

        """)
  }

  @Test func `a scan that was ended says so`() {
    let report = Histories.report([], isComplete: false)
    #expect(report.text.contains("the scan was ended before it had seen every commit"))
    #expect(report.scopeLine.hasSuffix("in 1058 commits: could not tell because of 1 problem"))
  }

  @Test func `the last line counts what is still broken`() {
    #expect(
      Histories.mixed.scopeLine == """
        checked 20 solutions, 45 references, 210 flows in 1058 commits: could not tell because of \
        1 problem, 5 incidents, 1 still broken
        """)
  }

  @Test func `a problem names its commit`() {
    #expect(
      Histories.mixed.problemLines()
        == "error: could not read 'a.xml' in ffffffffff: cut short\n")
  }

  @Test func `no line of usual names is longer than a terminal`() {
    let lines = Histories.mixed.text.split(separator: "\n")
    #expect(lines.allSatisfy { $0.count <= 80 })
  }

  @Test(arguments: [
    (Int64(59), "less than a minute"), (60, "1 min"), (10_920, "3 h 2 min"), (25_200, "7 h"),
    (133_200, "1 d 13 h"), (3_456_000, "40 d"), (-5, "less than a minute"),
  ])
  func `a span has two units at most`(seconds: Int64, words: String) {
    let incident = Histories.incident(
      fixedIn: Histories.moment("5", date: Histories.day + seconds))
    #expect(
      Histories.report([incident]).text.contains("by Anna Berg, \(words) later:"))
  }

  @Test(arguments: [
    (Int64(0), 0, "1970-01-01"), (-1, 0, "1969-12-31"), (951_782_400, 0, "2000-02-29"),
    (1_709_164_800, -1, "2024-02-28"), (.max, 840, "9999-12-31"), (.min, 0, "0000-01-02"),
  ])
  func `a commit may claim any date`(date: Int64, offset: Int, day: String) {
    let incident = Histories.incident(moment: Histories.moment(date: date, offset: offset))
    #expect(Histories.report([incident]).text.hasPrefix("\(day)  error"))
  }

  @Test(arguments: [(1, "1 note is left out"), (2, "2 notes are left out")])
  func `a history without incidents says that notes are left out`(count: Int, words: String) {
    let report = Report(
      History(
        incidents: [], lineages: [], commits: 3, solutions: 1, references: 1, consumers: 1,
        isComplete: true, notesLeftOut: count))
    #expect(
      report.text == """
        no incident in 3 commits of all branches: \(words) (connref history
        --notes)

        """)
  }

  private func unread(
    _ path: String, line: Int? = nil, in commit: String, _ message: String = "cut short"
  ) -> Report.Problem {
    Report.Problem(
      Problem(path: path, line: line, message: message), matters: true,
      commit: String(repeating: commit, count: 40))
  }

  @Test func `what one file has in several commits is one line`() throws {
    let report = Histories.report(
      [],
      problems: [
        unread("a.xml", line: 2, in: "1"), unread("a.xml", line: 2, in: "2"),
        unread("a.xml", line: 2, in: "3"), unread("b.xml", line: 4, in: "1"),
        unread("b.xml", line: 9, in: "2"), unread("c.xml", line: 1, in: "1"),
      ])
    #expect(
      report.problemLines() == """
        error: could not read 'a.xml' line 2 in 1111111111 and 2 more commits: cut short
        error: could not read 'b.xml' in 1111111111 and 1 more commit: cut short
        error: could not read 'c.xml' line 1 in 1111111111: cut short

        """)
    #expect(report.scopeLine.hasSuffix("could not tell because of 6 problems"))
    #expect(try JSONDocument(parsing: report.json)["problems"]?.elements.count == 6)
  }

  @Test func `other words, or other lines of one commit, are lines of their own`() {
    let report = Histories.report(
      [],
      problems: [
        unread("a.xml", line: 2, in: "1"), unread("a.xml", line: 5, in: "1"),
        unread("b.xml", in: "1"), unread("b.xml", in: "2", "two names"),
      ])
    #expect(report.problemLines().split(separator: "\n").count == 4)
  }
}
