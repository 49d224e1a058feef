import Detection
import Reporting
import Solution
import Testing

struct ProblemAndScopeTests {
  @Test func `a problem that matters is an error, any other a warning`() {
    let problem = Problem(path: "a.xml", message: "no element found")
    #expect(
      problems(.init(problem, matters: true)) == "error: could not read 'a.xml': no element found\n"
    )
    #expect(
      problems(.init(problem, matters: false))
        == "warning: could not read 'a.xml': no element found\n")
  }

  @Test func `a problem names its line`() {
    let problem = Problem(path: "a.xml", line: 7, message: "two names", hidesContent: false)
    #expect(problems(.init(problem, matters: false)) == "warning: 'a.xml' line 7: two names\n")
  }

  @Test func `a second line is a hint`() {
    let problem = Problem(path: "a.xml", message: "missing blob\nhint: git fetch --refetch")
    #expect(
      problems(.init(problem, matters: true)) == """
        error: could not read 'a.xml': missing blob
        hint: git fetch --refetch

        """)
  }

  @Test func `the scope line counts by severity`() {
    let report = Samples.report([finding(.warning), finding(.error), finding(.warning)])
    #expect(
      report.scopeLine
        == "checked 3 solutions, 41 references, 212 flows in 2 revisions: 1 error, 2 warnings")
  }

  @Test func `notes are counted too`() {
    #expect(Samples.report([finding(.note)]).scopeLine.hasSuffix("in 2 revisions: 1 note"))
  }

  @Test func `a clean run says that no problems were found`() {
    #expect(Samples.report([]).scopeLine.hasSuffix("in 2 revisions: no problems found"))
  }

  @Test func `one of a kind is singular`() {
    let report = Report(
      .check, before: .revision("HEAD"), after: .staged,
      scope: .init(extent: .commits(1), solutions: 1, references: 1, consumers: 1), findings: [])
    #expect(report.scopeLine.hasPrefix("checked 1 solution, 1 reference, 1 flow in 1 commit:"))
  }

  @Test func `a run that could not tell does not look like a pass`() {
    let problem = Report.Problem(
      Problem(path: "a.xml", message: "cut short"), matters: true)
    #expect(
      Samples.report([], problems: [problem]).scopeLine
        .hasSuffix("in 2 revisions: could not tell because of 1 problem"))
  }

  private func problems(_ problem: Report.Problem) -> String {
    Samples.report([], problems: [problem]).problemLines()
  }

  private func finding(_ severity: Severity) -> Finding {
    Finding(
      rule: .linkLost, severity: severity, confidence: .certain, solution: "Sales",
      summary: "a link is lost", consequence: "the flow stays off", fix: [])
  }
}
