import Detection
import Foundation
import Reporting
import Solution
import Testing

struct SARIFReportTests {
  private func run(of report: Report) throws -> JSONDocument {
    let document = try JSONDocument(parsing: report.sarif)
    return try #require(document["runs"]?[0])
  }

  private func run(_ findings: [Finding], accepted: [AcceptedFinding] = []) throws -> JSONDocument {
    try run(
      of: Report(
        .check, before: .revision("HEAD"), after: .staged,
        scope: .init(extent: .revisions(2), solutions: 1, references: 1, consumers: 1),
        findings: findings, accepted: accepted))
  }

  @Test(arguments: SampleReports.hostile)
  func `with any text of a repository, the log keeps to the standard`(name: String) throws {
    let validator = try SchemaValidator(SARIFSchema.text)
    for report in SampleReports.hostile(name) {
      #expect(try validator.failures(of: report.sarif) == [])
    }
  }

  @Test func `a clean log keeps to the standard, and names all rules`() throws {
    let report = Samples.report([])
    #expect(
      try SchemaValidator(SARIFSchema.text).failures(of: report.sarif) == [])
    let run = try run(of: report)
    #expect(run["results"]?.elements == [])
    #expect(run["invocations"]?[0]?["executionSuccessful"] == .boolean(true))
    let rules = run["tool"]?["driver"]?["rules"]?.elements ?? []
    #expect(rules.compactMap { $0["id"]?.text } == RuleBook.askedByCheck.map(\.rawValue))
  }

  @Test func `a rule has what GitHub shows of it`() throws {
    let rules = try run([])["tool"]?["driver"]?["rules"]?.elements ?? []
    for rule in rules {
      // What GitHub cuts off at.
      for text in [rule["shortDescription"]?["text"], rule["fullDescription"]?["text"]] {
        #expect((1...1024).contains(text?.text?.count ?? 0))
      }
      #expect(rule["help"]?["text"]?.text?.contains("Fix:") == true)
      #expect(rule["help"]?["markdown"]?.text?.contains("## Fix") == true)
      #expect(rule["name"] != rule["id"])
    }
    #expect(rules.first?["defaultConfiguration"]?["level"] == .text("error"))
    #expect(rules.first?["name"] == .text("ReferenceRecreated"))
  }

  @Test func `a finding is a result at its place`() throws {
    let run = try run(SampleReports.findings)
    let results = run["results"]?.elements ?? []
    #expect(results.compactMap { $0["level"]?.text } == ["error", "warning", "note"])
    for result in results {
      guard case .number(let index) = result["ruleIndex"] else {
        Issue.record("no index")
        continue
      }
      #expect(run["tool"]?["driver"]?["rules"]?[Int(index)]?["id"] == result["ruleId"])
    }
    let place = results[0]["locations"]?[0]?["physicalLocation"]
    #expect(place?["artifactLocation"]?["uri"] == .text(Samples.customizations))
    #expect(place?["region"]?["startLine"] == .number(214))
    #expect(results[0]["partialFingerprints"]?["connref/v1"] == .text(Samples.recreated.id))
    #expect(results[0]["suppressions"] == nil)
  }

  @Test func `the other places are related, and the message links to them`() throws {
    let result = try run([Samples.recreated])["results"]?[0]
    let related = result?["relatedLocations"]?.elements ?? []
    #expect(
      related.compactMap { $0["message"]?["text"]?.text } == [
        "was new_sharedsharepointonline_a1b2c",
        "config/prod.json still binds new_sharedsharepointonline_a1b2c",
        "flow 'Notify' uses new_sharedsharepointonline_9d8e7",
        "flow 'Order' uses new_sharedsharepointonline_9d8e7",
        "flow 'Return' uses new_sharedsharepointonline_9d8e7",
      ])
    #expect(related.compactMap { $0["id"] } == (1...5).map { .number(Double($0)) })
    #expect(
      result?["message"]?["text"]?.text?.hasPrefix(
        """
        'SharePoint Sales' was deleted and re-created under another logical name. \
        config/prod.json still binds the old name; import leaves 3 flows off. \
        See [was new_sharedsharepointonline_a1b2c](1), [config/prod.json still binds
        """.replacing("binds\n", with: "binds")) == true)
  }

  @Test func `a path is an address relative to the root`() throws {
    let path = "a:b/ü [1]/%41#?&\u{1}.xml"
    let finding = Finding(
      rule: .linkLost, severity: .error, confidence: .certain, solution: "Sales", summary: "lost",
      before: [Samples.declaration("new_a", path: path)], consequence: "off", fix: [])
    let location = try run([finding])["results"]?[0]?["locations"]?[0]?["physicalLocation"]
    let uri = try #require(location?["artifactLocation"]?["uri"]?.text)
    #expect(uri == "a%3Ab/%C3%BC%20%5B1%5D/%2541%23%3F%26%01.xml")
    #expect(uri.removingPercentEncoding == path)
    #expect(location?["artifactLocation"]?["uriBaseId"] == .text("%SRCROOT%"))
  }

  @Test func `no name makes a link or a placeholder`() throws {
    let name = "{0} {publisher} [x](https://x.y)"
    let finding = Finding(
      rule: .linkLost, severity: .error, confidence: .certain, solution: "Sales",
      summary: "'\(name)' is lost", before: [Samples.declaration(name)],
      after: [Samples.declaration("new_b")], consequence: "off", fix: [])
    let text = try #require(try run([finding])["results"]?[0]?["message"]?["text"]?.text)
    #expect(
      text == """
        '{{0}} {publisher} [x] (https://x.y)' is lost. Off. See [was {{0}} {publisher} \\[x\\](https://x.y)](1).
        """)
  }

  @Test func `what was accepted is suppressed, and nothing else is`() throws {
    let accepted = SampleReports.accepted(
      Samples.recreated, reason: "agreed", who: "Anna Berg", until: Day("2026-12-31"))
    let results =
      try run([SampleReports.findings[1]], accepted: [accepted])["results"]?.elements ?? []
    #expect(results.map { $0["suppressions"] == nil } == [true, false])
    #expect(
      results.last?["suppressions"]?[0]?.members == [
        "kind": .text("external"), "status": .text("accepted"),
        "justification": .text("accepted by Anna Berg until 2026-12-31: agreed"),
      ])
  }

  @Test func `a run that could not tell was not successful`() throws {
    let invocation = try run(of: Samples.report([], problems: [SampleReports.unreadable]))[
      "invocations"]?[0]
    #expect(invocation?["executionSuccessful"] == .boolean(false))
    let notification = invocation?["toolExecutionNotifications"]?[0]
    #expect(notification?["level"] == .text("error"))
    #expect(
      notification?["message"]?["text"]
        == .text("Could not read 'solutions/Ops/a b.xml' line 7: cut short (git fetch)."))
    #expect(
      notification?["locations"]?[0]?["physicalLocation"]?["artifactLocation"]?["uri"]
        == .text("solutions/Ops/a%20b.xml"))
  }

  @Test func `a problem that does not matter is a warning of a successful run`() throws {
    let problem = Report.Problem(Problem(path: "a", message: "b"), matters: false)
    let invocation = try run(of: Samples.report([], problems: [problem]))[
      "invocations"]?[0]
    #expect(invocation?["executionSuccessful"] == .boolean(true))
    #expect(invocation?["toolExecutionNotifications"]?[0]?["level"] == .text("warning"))
  }

  @Test func `of a history what is still broken is reported, at a file as it is now`() throws {
    let results =
      try run(of: Histories.mixed)["results"]?.elements ?? []
    #expect(results.count == 1)
    let place = results.first?["locations"]?[0]?["physicalLocation"]?["artifactLocation"]?["uri"]
    #expect(place == .text("solutions/Sales/Workflows/Notify-1.json"))
    #expect(
      results.first?["message"]?["text"]?.text?.contains(
        """
        Commit: 4444444444 by Anna Berg, 2026-05-20: Fix the SharePoint connection. Still broken: \
        at main, origin/release: 1 flow: 'Order'; 1 settings row: config/prod.json:12.
        """) == true)
  }

  @Test func `an event that occurred twice has two fingerprints`() throws {
    let run = try run(of: Histories.report([Histories.broken, Histories.broken]))
    let prints = run["results"]?.elements.compactMap {
      $0["partialFingerprints"]?["connref/v1"]?.text
    }
    #expect(prints == ["\(Samples.recreated.id)-2", Samples.recreated.id])
  }

  @Test func `a scan that was ended could not tell`() throws {
    let run = try run(of: Histories.report([], isComplete: false))
    #expect(run["invocations"]?[0]?["executionSuccessful"] == .boolean(false))
  }

  @Test func `one finding on several branches is one result`() throws {
    let run = try run(of: Branches.report("topic"))
    let prints = (run["results"]?.elements ?? []).compactMap {
      $0["partialFingerprints"]?["connref/v1"]?.text
    }
    #expect(Set(prints).count == prints.count && prints.count == 2)
    #expect(run["invocations"]?[0]?["executionSuccessful"] == .boolean(false))
  }
}
