import Detection
import Editing
import Git
import Review
import Solution
import TestSupport
import Testing

/// Git integration's form: a file that no list of components names is in no package.
@Suite struct UnlistedMemberTests {
  private let list = "solutions/Sales/solutions/Sales/solutioncomponents.yml"
  private let before = Sales.base.files(.yaml)
  private var line: String { "'- '@path': /connectionreferences/\(Sales.new.name)'" }

  /// Re-created, while the list still has the old line.
  private var recreated: [String: TestFile] {
    var files = Sales([Sales.new], [Sales.approve(Sales.new)]).files(.yaml)
    files[list] = before[list]
    return files
  }

  private func repository(
    _ before: [String: TestFile], _ after: [String: TestFile]
  ) throws -> TestRepository {
    let fixture = try TestRepository { Commit("base", before) }
    try fixture.stage(before.becoming(after))
    return fixture
  }

  @Test func `a re-created reference without its line is one event`() throws {
    let outcome = try repository(before, recreated).check()
    #expect(outcome.reported == [recreatedError])
    #expect(outcome.findings.first?.consumers.map(\.state) == [.moved])
  }

  @Test func `its fix is the line, and names the list`() throws {
    let finding = try #require(try repository(before, recreated).check().findings.first)
    #expect(finding.fix.first?.line == "or keep the new one: add the line \(line) to '\(list)'")
    #expect(
      finding.remarks.first
        == "'solutions/Sales/connectionreferences/\(Sales.new.name)/connectionreference.yml' is there, "
        + "but no solutioncomponents.yml lists it: the package is built without it")
  }

  @Test func `it is open until the list has the line`() throws {
    let fixture = try repository(before, recreated)
    #expect(try fixture.check().findings.map(\.outcome) == [.open])
    try fixture.applyRepair(.referenceRecreated, .forward)
    #expect(
      try fixture.staged()[list]
        == Sales([Sales.new], [Sales.approve(Sales.new)]).files(.yaml)[list]?.bytes)
    #expect(try fixture.check().findings.map(\.outcome) == [.completed])
  }

  @Test func `where the list has neither line, the new one's is added in the old one's place`()
    throws
  {
    var after = recreated
    after[list] = after[list]?.rewritten {
      $0.replacing("    - '@path': /connectionreferences/\(Sales.old.name)\n", with: "").utf8
    }
    let fixture = try repository(before, after)
    #expect(try fixture.check().findings.first?.repair == .either)
    try fixture.applyRepair(.referenceRecreated, .forward)
    #expect(
      try fixture.staged()[list]
        == Sales([Sales.new], [Sales.approve(Sales.new)]).files(.yaml)[list]?.bytes)
    #expect(try fixture.check().findings.map(\.outcome) == [.completed])
  }

  @Test func `a name that no list ever had is none that the reference had`() throws {
    let fixture = try TestRepository {
      Commit("base", before)
      Commit("recreated", before.becoming(recreated))
    }
    var scan = HistoryScan(try Repository(folder: fixture.path, environment: Command.closedWorld))
    let history = try scan.outcome().history
    #expect(history.incidents.map(\.finding.rule) == [.referenceRecreated])
    #expect(history.lineages.map { $0.identities.map(\.name.spelling) } == [[Sales.old.name]])
  }

  @Test func `taken back, all files are as they were`() throws {
    let fixture = try repository(before, recreated)
    try fixture.applyRepair(.referenceRecreated)
    expectEqual(try fixture.staged(), before.contents)
    #expect(try fixture.check().isSilent)
  }

  @Test func `a replaced reference without its line is an error`() throws {
    let other = Sales.Reference("sales_Orders", "Orders")
    var after = Sales([other], [Sales.approve(other)]).files(.yaml)
    after[list] = before[list]
    #expect(
      try repository(before, after).check().reported
        == ["error reference-replaced: \(Sales.old.name) -> \(other.name)"])
  }

  @Test func `the fix for a new flow on a new reference without its line is the line`() throws {
    var after = Sales(
      [Sales.old, Sales.new], [Sales.approve(Sales.old), Sales.remind(Sales.new)]
    ).files(.yaml)
    after[list] =
      Sales([Sales.old], [Sales.approve(Sales.old), Sales.remind(Sales.new)])
      .files(.yaml)[list]
    let findings = try repository(before, after).check().findings
    #expect(findings.map(\.rule) == [.linkLost])
    #expect(findings.first?.fix.map(\.line) == ["add the line \(line) to '\(list)'"])
  }

  @Test func `an audit tells the line too`() throws {
    let fixture = try TestRepository { Commit("base", recreated) }
    let audit = Audit(
      try Repository(folder: fixture.path, environment: Command.closedWorld), options: .test)
    let findings = try audit.outcome(at: "HEAD").findings.filter { $0.severity > .note }
    #expect(findings.map(\.rule) == [.linkUnresolved])
    #expect(findings.first?.fix.map(\.line) == ["add the line \(line) to '\(list)'"])
  }

  @Test func `a file without a line is no successor where nothing was removed`() throws {
    var after = Sales([Sales.old, Sales.new], [Sales.approve(Sales.old)]).files(.yaml)
    after[list] = before[list]
    #expect(try repository(before, after).check().reported == [])
  }

  @Test func `a file that had no line before is no successor`() throws {
    var before = Sales([Sales.old, Sales.new], [Sales.approve(Sales.old)]).files(.yaml)
    before[list] = self.before[list]
    var after = Sales([Sales.new], []).files(.yaml)
    after[list] = Sales([Sales.other], []).files(.yaml)[list]
    #expect(
      try repository(before, after).check().reported
        == ["note reference-removed: \(Sales.old.name) -> "])
  }

  @Test func `a folder that is renamed by hand is not what the list names`() throws {
    let folder = "solutions/Sales/connectionreferences/"
    let path = "\(folder)\(Sales.old.name)/connectionreference.yml"
    var after = before
    after["\(folder)renamed/connectionreference.yml"] = after.removeValue(forKey: path)
    let finding = try #require(try repository(before, after).check().findings.first)
    #expect(finding.rule == .referenceRemoved && finding.severity == .error)
    #expect(
      finding.fix.map(\.line) == [
        "call the folder of '\(folder)renamed/connectionreference.yml' '\(Sales.old.name)' again, as "
          + "the list does"
      ])
    #expect(finding.repair == nil)
  }
}
