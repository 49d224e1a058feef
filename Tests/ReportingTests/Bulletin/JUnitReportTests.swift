import Detection
import Parsing
import Reporting
import Solution
import Testing

struct JUnitReportTests {
  /// Read by expat: what is no XML fails.
  private func suites(of report: Report) throws -> Element {
    try Element(parsing: Array(report.junit.utf8), keeping: .everything)
  }

  @Test(arguments: SampleReports.hostile)
  func `with any text of a repository, it is XML that Jenkins' schema knows`(name: String) throws {
    for report in SampleReports.hostile(name) {
      let root = try suites(of: report)
      expect(root, "testsuites", has: ["name", "tests", "failures", "errors", "time"])
      for suite in root.children {
        expect(
          suite, "testsuite", has: ["name", "tests", "failures", "errors", "skipped", "time"])
        for test in suite.children {
          expect(test, "testcase", has: ["classname", "name", "time"])
          #expect(test.children.count <= 1)
          for content in test.children {
            let attributes = [
              "failure": ["message", "type"], "error": ["message", "type"], "system-out": [],
              "skipped": ["message"],
            ][content.name]
            #expect(content.attributes.map(\.name) == attributes)
            #expect(content.children.isEmpty)
          }
        }
      }
    }
  }

  private func expect(_ element: Element, _ name: String, has attributes: [String]) {
    #expect(element.name == name)
    #expect(element.attributes.map(\.name) == attributes)
  }

  @Test(arguments: SampleReports.hostile)
  func `the counts are those of the tests, and no two have one name`(name: String) throws {
    for report in SampleReports.hostile(name) {
      let root = try suites(of: report)
      let tests = root.children.flatMap(\.children)
      expectCounts(root, tests)
      for suite in root.children { expectCounts(suite, suite.children) }
      let names = tests.map { [$0.attribute("classname"), $0.attribute("name")] }
      // The branches of this fixture all have one name, which those of a repository have not.
      if report.command != "branches" { #expect(Set(names).count == names.count) }
    }
  }

  private func expectCounts(_ element: Element, _ tests: [Element]) {
    #expect(element.attribute("tests") == String(tests.count))
    #expect(
      element.attribute("failures") == String(tests.count { $0.child("failure") != nil }))
    #expect(element.attribute("errors") == String(tests.count { $0.child("error") != nil }))
    if let skipped = element.attribute("skipped") {
      #expect(skipped == String(tests.count { $0.child("skipped") != nil }))
    }
  }

  @Test func `a clean run is a test that passed for each rule`() throws {
    let root = try suites(of: Samples.report([]))
    #expect(
      root.children.compactMap { $0.attribute("name") } == RuleBook.askedByCheck.map(\.rawValue))
    for test in root.children.flatMap(\.children) {
      #expect(test.attribute("name") == "no finding")
      #expect(test.children.isEmpty)
    }
  }

  @Test func `what the run ends with 1 for failed, all else passed with words`() throws {
    let report = Samples.report(SampleReports.findings)
    for (failOn, failures) in [(Severity.error, 1), (.warning, 2), (.note, 3)] {
      let root = try suites(of: report.failing(on: failOn))
      #expect(root.attribute("failures") == String(failures))
      let tests = root.children.flatMap(\.children)
      #expect(tests.count { $0.child("system-out") != nil } == 3 - failures)
    }
  }

  @Test func `a failure says what happened and the fix`() throws {
    let root = try suites(of: Samples.report([Samples.recreated]))
    let test = try #require(root.children.first?.children.first)
    let id = Samples.recreated.id
    #expect(test.attribute("classname") == "connref.reference-recreated")
    #expect(
      test.attribute("name") == """
        Sales: 'SharePoint Sales' was deleted and re-created under another logical name (\(id))
        """)
    let failure = try #require(test.child("failure"))
    #expect(failure.attribute("type") == "error")
    #expect(
      failure.text == """
        error[reference-recreated] solutions/Sales/Other/Customizations.xml:214
        'SharePoint Sales' was deleted and re-created under another logical name
          was: new_sharedsharepointonline_a1b2c, solutions/Sales/Other/Customizations.xml:214 in 4f2c9e1
          now: new_sharedsharepointonline_9d8e7, solutions/Sales/Other/Customizations.xml:214, staged
          because: same connector shared_sharepointonline, same display name, 3 flows moved
          stale: config/prod.json:12 still binds new_sharedsharepointonline_a1b2c
          impact: config/prod.json still binds the old name; import leaves 3 flows off
          fix: connref repair 3f9a21c07d44 | git apply --index
          fix: then make the maker's environment agree: connref explain reference-recreated
          explain: connref explain reference-recreated
          id: \(id)
        """)
  }

  @Test func `a problem that matters is an error, any other a test with words`() throws {
    let warning = Report.Problem(Problem(path: "b.xml", message: "odd"), matters: false)
    let root = try suites(
      of: Samples.report([], problems: [SampleReports.unreadable, warning]))
    let suite = try #require(root.children.last)
    #expect(suite.attribute("name") == "problems")
    #expect(
      suite.children.first?.child("error")?.text == """
        could not read 'solutions/Ops/a b.xml' line 7: cut short
        hint: git fetch
        """)
    #expect(suite.children.last?.child("system-out")?.text == "could not read 'b.xml': odd")
  }

  @Test func `a rule without a finding did not pass where the run could not tell`() throws {
    let report = Samples.report([Samples.recreated], problems: [SampleReports.unreadable])
    let root = try suites(of: report)
    let tests = root.children.dropLast().flatMap(\.children)
    #expect(tests.map { $0.children.map(\.name) }.prefix(2) == [["failure"], ["skipped"]])
    #expect(tests.allSatisfy { $0.children.count == 1 })
  }

  @Test func `what was accepted is no test`() throws {
    let report = Report(
      .check, before: .revision("HEAD"), after: .staged,
      scope: .init(extent: .revisions(2), solutions: 1, references: 1, consumers: 1),
      findings: [], accepted: [SampleReports.accepted(Samples.recreated, reason: "agreed")])
    let clean = Samples.report([]).junit
    #expect(report.junit == clean)
  }

  @Test func `each branch but the main one is a suite`() throws {
    let main = BranchVerdict(name: "refs/heads/main", shortName: "main", tip: "1", state: .main)
    let fine = BranchVerdict(name: "refs/heads/a.b", shortName: "a.b", tip: "2", state: .clean)
    let broken = BranchVerdict(
      name: "refs/heads/c", shortName: "c", tip: "3", state: .flagged,
      findings: [.init(finding: Samples.recreated, since: nil)])
    let odd = BranchVerdict(
      name: "refs/heads/d", shortName: "d", tip: "4", state: .unknown("no commit in common"))
    let report = Report(branches: [main, fine, broken, odd], main: "main")
    let root = try suites(of: report)
    #expect(root.children.compactMap { $0.attribute("name") } == ["a.b", "c", "d"])
    let tests = root.children.flatMap(\.children)
    #expect(tests.map { $0.children.map(\.name) } == [[], ["failure"], ["error"]])
    // A full stop would make a package of the text before it.
    #expect(tests.first?.attribute("classname") == "connref.a\u{2024}b")
  }

  @Test func `a repository without another branch still has a test`() throws {
    let root = try suites(of: Report(branches: [], main: nil))
    #expect(root.attribute("tests") == "1")
  }
}
