import Detection
import Git
import Review
import Solution
import TestSupport
import Testing

extension TestRepository {
  /// What an audit of the worktree reports.
  fileprivate func audit() throws -> [Finding] {
    let repository = try Repository(folder: path, environment: Command.closedWorld)
    return try Audit(
      repository, options: Check.Options(today: try #require(Day("2026-06-01")))
    ).outcome(at: nil).findings
  }
}

/// The links of a code app, whose source declares nothing itself.
@Suite struct CodeAppLinkTests {
  private let path = "app/power.config.json"

  /// - Parameter name: nil for an entry whose data source has no reference.
  private func app(_ name: String?) -> [String: TestFile] {
    let reference = name.map { #", "xrmConnectionReferenceLogicalName": "\#($0)""# } ?? ""
    return [
      path: TestFile(
        #"{"appId": "7a", "appDisplayName": "Board", "connectionReferences": {"5b": {"id": "#
          + #""/providers/Microsoft.PowerApps/apis/shared_sharepointonline", "dataSources": ["#
          + #""files"]\#(reference)}}}"#)
    ]
  }

  private func fixture(_ before: String?, _ after: String?) throws -> TestRepository {
    try TestRepository {
      Commit("base", Sales.base.files().merging(app(before)) { $1 })
      Commit("changed", app(after))
      Commit("docs", ["docs/a.md": "1"])
    }
  }

  @Test func `a name that nothing declares is an error where the one before was found`() throws {
    let fixture = try fixture(Sales.old.name, "sales_Absent")
    #expect(
      try fixture.check(from: "base", to: "changed").reported == [
        "error link-lost: sales_Absent -> "
      ])
  }

  @Test func `an app whose references were never here says nothing`() throws {
    let fixture = try fixture("other_Files", "other_Absent")
    #expect(try fixture.check(from: "base", to: "changed").reported == [])
    #expect(try fixture.audit().map(\.rule).contains(.linkUnresolved) == false)
  }

  @Test func `a name like those that are here is expected here`() throws {
    let entry =
      #"{"id": "/providers/Microsoft.PowerApps/apis/shared_sharepointonline", "dataSources": ["f"],"#
    let both = TestFile(
      #"{"appId": "7a", "appDisplayName": "Board", "connectionReferences": {"5b": "#
        + entry + #""xrmConnectionReferenceLogicalName": "\#(Sales.old.name)"}, "6c": "#
        + entry + #""xrmConnectionReferenceLogicalName": "new_Absent"}}}"#)
    let fixture = try TestRepository {
      Commit("base", Sales.base.files().merging([path: both]) { $1 })
    }
    let unresolved = try fixture.audit().filter { $0.rule == .linkUnresolved }
    #expect(unresolved.flatMap(\.consumers).map(\.kind) == [.codeApp])
    #expect(unresolved.flatMap(\.before).map(\.name.spelling) == ["new_Absent"])
    try fixture.write(TestFile("shipped-elsewhere: [new_Absent]\n"), to: ".connref.yml")
    #expect(try fixture.audit().map(\.rule).contains(.linkUnresolved) == false)
  }

  @Test func `a name of the default publisher is expected where every solution has it`() throws {
    let alone = try fixture("other_Files", "new_Absent")
    let unresolved = try alone.audit().filter { $0.rule == .linkUnresolved }
    #expect(unresolved.flatMap(\.before).map(\.name.spelling) == ["new_Absent"])
    // Every environment has a publisher 'new': beside a solution by another one, the name may be another team's.
    let other = Sales(Sales.base.references, [], name: "Base").files().mapValues {
      TestFile(
        String(decoding: $0.bytes, as: UTF8.self).replacing("Prefix>new<", with: "Prefix>base<"))
    }
    try alone.write(other)
    #expect(try alone.audit().map(\.rule).contains(.linkUnresolved) == false)
  }

  @Test func `a reference that is lost stays open, with advice for apps`() throws {
    let fixture = try fixture(Sales.old.name, nil)
    let finding = try #require(
      try fixture.check(from: "base", to: "changed").findings.first { $0.rule == .linkLost })
    #expect(finding.outcome == .open)
    #expect(finding.repair == nil)
    #expect(finding.fix.first?.line.contains("data source") == true)
    var scan = HistoryScan(try Repository(folder: fixture.path, environment: Command.closedWorld))
    let incident = try #require(try scan.outcome().history.incidents.first)
    #expect(incident.finding.id == finding.id && incident.outcome == .open)
  }

  @Test func `an app that is restored on the new name has moved from what it used before`() throws {
    let (old, new) = (Sales.old, Sales.new)
    let fixture = try TestRepository {
      Commit("base", Sales([old], []).files().merging(app(old.name)) { $1 })
      Commit("without", [path: nil])
      Commit("again", Sales([new], []).files().merging(app(new.name)) { $1 })
    }
    let findings = try fixture.check(from: "without", to: "again").findings
    let recreated = try #require(findings.first { $0.rule == .referenceRecreated })
    #expect(recreated.severity == .error)
    #expect(recreated.consumers.contains { $0.name == "Board" })
  }

  @Test func `it is over once the data source has a reference again`() throws {
    let fixture = try fixture(Sales.old.name, nil)
    try fixture.stage(app(Sales.old.name))
    try fixture.git("commit", "--quiet", "-m", "back")
    var scan = HistoryScan(try Repository(folder: fixture.path, environment: Command.closedWorld))
    #expect(try scan.outcome().history.incidents.map(\.isStillBroken) == [false])
  }
}
