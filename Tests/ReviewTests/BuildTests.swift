import Detection
import Git
import Review
import Solution
import TestSupport
import Testing

/// Committed builds of a solution that is in a folder as well: a change to a build is a change.
@Suite struct BuildTests {
  private func zip(
    _ version: String, _ reference: Sales.Reference, to path: String = "out/Sales.zip"
  ) -> [String: TestFile] {
    let sales = Sales([reference], [Sales.approve(reference)], version: version)
    let files = sales.files(.plain, in: "").sorted { $0.key < $1.key }
    return [path: TestFile(bytes: storedZip(files.map { ($0.key, $0.value.bytes) }))]
  }

  private func folder(_ version: String, _ reference: Sales.Reference) -> [String: TestFile] {
    Sales([reference], [Sales.approve(reference)], version: version).files()
  }

  private let settings = ["prod.json": Sales.settings([Sales.old])]

  /// What is no note, in a check and in the history of the same commits.
  private func reported(
    _ fixture: TestRepository, from before: String, to after: String
  ) throws -> [Finding] {
    let findings = try fixture.check(from: before, to: after).findings
      .filter { $0.severity > .note }
    var scan = HistoryScan(try Repository(folder: fixture.path, environment: Command.closedWorld))
    let incidents = try scan.outcome().history.incidents
    for finding in findings {
      #expect(incidents.contains { $0.finding.id == finding.id })
    }
    return findings
  }

  @Test func `re-created in a build alone`() throws {
    let fixture = try TestRepository {
      Commit(
        "base", folder("1.0.0.0", Sales.old).merging(zip("1.0.0.0", Sales.old)) { $1 })
      Commit("built", zip("1.1.0.0", Sales.new))
    }
    let finding = try #require(try reported(fixture, from: "base", to: "built").first)
    #expect(finding.rule == .referenceRecreated)
    #expect(finding.severity == .error)
    #expect(
      finding.remarks.contains {
        $0 == "'solutions/Sales' still declares \(Sales.old.name): not exported again yet?"
      })
    #expect(finding.repair == nil)
  }

  @Test func `re-created in a build that is new beside its folder, and beside older builds`() throws
  {
    let fixture = try TestRepository {
      Commit("base", folder("1.0.0.0", Sales.old))
      Commit("first", zip("1.1.0.0", Sales.new, to: "out/Sales_1_1.zip"))
      Commit("again", zip("1.2.0.0", Sales.new, to: "out/Sales_1_2.zip"))
    }
    #expect(
      try reported(fixture, from: "base", to: "first").map(\.rule) == [.referenceRecreated])
    #expect(try reported(fixture, from: "first", to: "again").isEmpty)
  }

  @Test func `a build that follows its folder brings nothing`() throws {
    let fixture = try TestRepository {
      Commit(
        "base",
        folder("1.0.0.0", Sales.old).merging(zip("1.0.0.0", Sales.old)) { $1 }
          .merging(settings) { $1 })
      Commit("exported", folder("1.0.0.1", Sales.new))
      Commit("built", zip("1.0.0.1", Sales.new))
      Commit("an old release", zip("1.0.0.0", Sales.old, to: "out/Sales_1_0.zip"))
    }
    #expect(
      try reported(fixture, from: "base", to: "exported").map(\.rule) == [.referenceRecreated])
    #expect(try fixture.check(from: "exported", to: "built").findings.isEmpty)
    #expect(try fixture.check(from: "built", to: "an old release").findings.isEmpty)
  }

  @Test func `a build of the same references, moved, replaced or removed, brings nothing`() throws {
    let built = zip("1.1.0.0", Sales.old)
    let fixture = try TestRepository {
      Commit(
        "base", folder("1.0.0.0", Sales.old).merging(zip("1.0.0.0", Sales.old)) { $1 })
      Commit("built", built)
      Commit("moved", built.becoming(zip("1.1.0.0", Sales.old, to: "releases/Sales.zip")))
      Commit("removed", ["releases/Sales.zip": TestFile?.none])
    }
    for (before, after) in [("base", "built"), ("built", "moved"), ("moved", "removed")] {
      #expect(try fixture.check(from: before, to: after).findings.isEmpty)
    }
  }

  @Test func `of a folder and its build in one change the folder is reported`() throws {
    let fixture = try TestRepository {
      Commit(
        "base", folder("1.0.0.0", Sales.old).merging(zip("1.0.0.0", Sales.old)) { $1 })
      Commit(
        "again", folder("1.0.0.1", Sales.new).merging(zip("1.0.0.1", Sales.new)) { $1 })
    }
    let findings = try reported(fixture, from: "base", to: "again")
    #expect(findings.map(\.rule) == [.referenceRecreated])
    #expect(findings.first?.place?.path == "solutions/Sales/Other/Customizations.xml")
    #expect(findings.first?.repair == .back)
    #expect(
      findings.first?.remarks.contains("the same in out/Sales.zip/customizations.xml") == true)
  }

  @Test func `what became of a build is decided by the build`() throws {
    let fixture = try TestRepository {
      Commit("base", folder("1.0.0.0", Sales.old).merging(zip("1.0.0.0", Sales.old)) { $1 })
      Commit("built", zip("1.1.0.0", Sales.new))
    }
    func outcome(_ fixture: TestRepository) throws -> Outcome? {
      var scan = HistoryScan(try Repository(folder: fixture.path, environment: Command.closedWorld))
      return try scan.outcome().history.incidents.first {
        $0.finding.rule == .referenceRecreated && $0.finding.severity == .error
      }?.outcome
    }
    #expect(try fixture.check(from: "base", to: "built").findings.first?.outcome == .completed)
    #expect(try outcome(fixture) == .completed)
    let reverted = try TestRepository {
      Commit("base", folder("1.0.0.0", Sales.old).merging(zip("1.0.0.0", Sales.old)) { $1 })
      Commit("built", zip("1.1.0.0", Sales.new))
      Commit("built again", zip("1.2.0.0", Sales.old))
    }
    #expect(try outcome(reverted) == .reverted)
  }
}
