import Detection
import Reporting
import Solution
import Testing

struct GitHubCommandsTests {
  private func lines(_ report: Report) -> [Substring] {
    report.github.split(whereSeparator: \.isNewline)
  }

  @Test func `a finding is a command of its severity at its line`() {
    let commands = lines(Samples.report(SampleReports.findings)).compactMap {
      RunnerCommand(gitHub: $0)
    }
    #expect(commands.map(\.name) == ["error", "warning", "notice"])
    #expect(
      commands.first?.properties == [
        "file": Samples.customizations, "line": "214", "title": "reference-recreated in Sales",
      ])
    #expect(
      commands.first?.data.hasPrefix(
        """
        'SharePoint Sales' was deleted and re-created under another logical name
        was: new_sharedsharepointonline_a1b2c, solutions/Sales/Other/Customizations.xml:214 in 4f2c9e1
        now: new_sharedsharepointonline_9d8e7,
        """) == true)
  }

  @Test(arguments: SampleReports.hostile)
  func `with any text of a repository, each line is one command of ours`(name: String) throws {
    for report in SampleReports.hostile(name) {
      for line in lines(report) {
        let command = try #require(RunnerCommand(gitHub: line))
        #expect(["error", "warning", "notice"].contains(command.name))
        #expect(Set(command.properties.keys).isSubset(of: ["file", "line", "title"]))
        #expect(line.firstRange(of: "##") == nil)
      }
    }
  }

  @Test(arguments: SampleReports.hostile)
  func `a path is read back as it is shown`(path: String) {
    let report = Samples.report(
      [], problems: [.init(Problem(path: path, line: 3, message: "cut short"), matters: true)])
    let command = lines(report).first.flatMap { RunnerCommand(gitHub: $0) }
    let shown = PrintableText(escaping: path).description
    #expect(command?.properties["file"] == (shown.isEmpty ? nil : shown))
    #expect(command?.properties["line"] == "3")
  }

  @Test func `lines that GitHub would drop are in the log as plain lines`() {
    let findings =
      (1...13).map { SampleReports.finding(.linkLost, .error, "new_\($0)") }
      + (1...2).map { SampleReports.finding(.settingsStale, .warning, "new_\($0)") }
    let lines = lines(Samples.report(findings))
    let commands = lines.compactMap { RunnerCommand(gitHub: $0) }
    #expect(commands.count { $0.name == "error" } == 10)
    #expect(commands.count { $0.name == "warning" } == 2)
    #expect(
      lines.suffix(4) == [
        "3 more are not annotated: GitHub shows 10 of a kind for a step",
        "error[link-lost] solutions/Sales/new_11.xml:3: 'new_11' is not as it was",
        "error[link-lost] solutions/Sales/new_12.xml:3: 'new_12' is not as it was",
        "error[link-lost] solutions/Sales/new_13.xml:3: 'new_13' is not as it was",
      ])
  }

  @Test func `what is unknown is an error`() {
    let report = Samples.report([], problems: [SampleReports.unreadable])
    #expect(
      lines(report).compactMap { RunnerCommand(gitHub: $0) } == [
        RunnerCommand(
          gitHub: """
            ::error file=solutions/Ops/a b.xml,line=7,title=connref could not tell\
            ::could not read 'solutions/Ops/a b.xml' line 7: cut short%0Ahint: git fetch
            """)
      ])
  }

  @Test func `a clean run says nothing`() {
    #expect(Samples.report([]).github == "")
  }
}
