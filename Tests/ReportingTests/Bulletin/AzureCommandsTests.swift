import Detection
import Reporting
import Solution
import Testing

struct AzureCommandsTests {
  private func lines(
    _ report: Report, summaryFile: String? = nil, tagsBuild: Bool = true
  ) -> [Substring] {
    report.azure(summaryFile: summaryFile, tagsBuild: tagsBuild)
      .split(whereSeparator: \.isNewline)
  }

  private func commands(_ report: Report, summaryFile: String? = nil) -> [RunnerCommand] {
    lines(report, summaryFile: summaryFile).compactMap { RunnerCommand(azure: $0) }
  }

  @Test func `a finding is an issue at its line, a note a line of the log`() {
    let lines = lines(Samples.report(SampleReports.findings))
    let commands = lines.compactMap { RunnerCommand(azure: $0) }
    #expect(commands.map(\.name) == ["task.logissue", "task.logissue", "build.addbuildtag"])
    #expect(
      commands.first?.properties == [
        "type": "error", "sourcepath": Samples.customizations, "linenumber": "214",
        "code": "reference-recreated",
      ])
    #expect(commands[1].properties["type"] == "warning")
    #expect(commands[2].data == "connref-findings")
    #expect(
      lines[2] == "note[reference-replaced] solutions/Sales/new_a.xml:3: 'new_a' is not as it was")
  }

  @Test(arguments: SampleReports.hostile)
  func `with any text of a repository, each line is one command of ours`(name: String) throws {
    for report in SampleReports.hostile(name) {
      for line in lines(report, summaryFile: "/tmp/\(name)") {
        #expect(line.hasPrefix("##vso["))
        #expect(line.ranges(of: "##").count == 1)
        let command = try #require(RunnerCommand(azure: line))
        #expect(
          ["task.logissue", "build.addbuildtag", "task.uploadsummary"].contains(command.name))
        #expect(
          Set(command.properties.keys).isSubset(of: ["type", "sourcepath", "linenumber", "code"]))
        #expect(!line.contains("%25"))
      }
    }
  }

  @Test(arguments: SampleReports.hostile)
  func `a path is read back as it is shown`(path: String) {
    let report = Samples.report(
      [], problems: [.init(Problem(path: path, line: 3, message: "cut short"), matters: true)])
    let shown = PrintableText(escaping: path).description
    #expect(
      commands(report).first?.properties["sourcepath"] == (shown.isEmpty ? nil : shown))
  }

  @Test func `a build is tagged where there is one`() {
    let report = Samples.report([Samples.recreated], problems: [SampleReports.unreadable])
    #expect(
      commands(report).filter { $0.name == "build.addbuildtag" }.map(\.data)
        == ["connref-findings", "connref-could-not-tell"])
    #expect(!lines(report, tagsBuild: false).contains { $0.contains("addbuildtag") })
  }

  @Test func `a step with warnings alone succeeded with issues`() {
    let report = Samples.report([SampleReports.findings[1], SampleReports.findings[2]])
    let last = commands(report).last
    #expect(last?.name == "task.complete")
    #expect(last?.properties == ["result": "SucceededWithIssues"])
    #expect(last?.data == "1 warning, 1 note")
  }

  @Test(arguments: [Severity.warning, .error])
  func `that a step failed is left to the exit status`(failOn: Severity) {
    let findings = failOn == .error ? SampleReports.findings : [SampleReports.findings[1]]
    let report = Samples.report(findings).failing(on: failOn)
    #expect(!commands(report).contains { $0.name == "task.complete" })
  }

  @Test func `a summary is uploaded`() {
    #expect(
      commands(Samples.report([]), summaryFile: "/agent/_temp/connref 100%.md") == [
        RunnerCommand(
          azure: "##vso[task.uploadsummary]/agent/_temp/connref 100%AZP25.md")
      ])
  }

  @Test func `a clean run says nothing`() {
    #expect(Samples.report([]).azure == "")
  }
}
