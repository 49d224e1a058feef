import Detection
import Git
import Review
import Solution
import TestSupport
import Testing

/// A change after which a part of a solution cannot be read, or was not there for a while.
@Suite struct LostContentTests {
  private let declarations = "solutions/Sales/Other/Customizations.xml"
  private var flow: String { "solutions/Sales/Workflows/\(Sales.approve(Sales.old).fileName)" }

  @Test(arguments: ["[]", "{}", "null"])
  func `a flow's file that is no flow any more is unknown`(text: String) throws {
    let fixture = try TestRepository {
      Commit("base", Sales.base.files())
      Commit("lost", [flow: TestFile(text)])
    }
    #expect(try fixture.check(from: "base", to: "lost").unknown.count == 1)
  }

  @Test func `a flow whose file is removed is not`() throws {
    let fixture = try TestRepository {
      Commit("base", Sales.base.files())
      Commit("removed", Sales.base.files().becoming(Sales([Sales.old], []).files()))
    }
    #expect(try fixture.check(from: "base", to: "removed").unknown == [])
  }

  @Test func `a zip that holds no solution any more is unknown, and one that moved is not`() throws
  {
    let zip = storedZip(
      Sales.base.files(.plain, in: "").map { ($0.key, $0.value.bytes) }.sorted { $0.0 < $1.0 })
    let other = TestFile(bytes: storedZip([("readme.md", Array("1".utf8))]))
    let fixture = try TestRepository {
      Commit("base", ["Sales.zip": TestFile(bytes: zip)])
      Commit("moved", ["Sales.zip": other, "out/Sales.zip": TestFile(bytes: zip)])
    }
    #expect(try fixture.check(from: "base", to: "moved").unknown == [])
    try fixture.stage(["Sales.zip": other, "out/Sales.zip": other])
    #expect(try fixture.check().unknown.count == 1)
  }

  @Test func `declarations that are removed under their flows are unknown`() throws {
    let unused = Sales([Sales.old], [])
    let fixture = try TestRepository {
      Commit("base", Sales.base.files())
      Commit("gone", [declarations: nil])
      Commit("unused", Sales.base.files().becoming(unused.files()).merging(unused.files()) { $1 })
      Commit("nothing lost", [declarations: nil])
    }
    #expect(try fixture.check(from: "base", to: "gone").unknown.count == 1)
    #expect(try fixture.check(from: "unused", to: "nothing lost").unknown == [])
    var scan = HistoryScan(try Repository(folder: fixture.path, environment: Command.closedWorld))
    #expect(try scan.outcome().problems.map(\.commit) == [fixture.id("gone")])
  }

  @Test func `removed declarations are unknown in history until they are back or not used`() throws
  {
    let base = Sales.base.files()
    let lost = try TestRepository {
      Commit("base", base)
      Commit("lost", [declarations: nil])
      Commit("later", ["notes.txt": "1"])
    }
    #expect(try history(lost).map(\.correctedIn) == [nil])
    guard case .unknown = try main(lost).state else {
      Issue.record("the main branch is not unknown")
      return
    }
    let restored = try TestRepository {
      Commit("base", base)
      Commit("lost", [declarations: nil])
      Commit("restored", [declarations: base[declarations]])
    }
    #expect(try history(restored).map(\.correctedIn) == [restored.id("restored")])
    #expect(try main(restored).state == .main)
    let removed = try TestRepository {
      Commit("base", base.merging(["notes.txt": "1"]) { $1 })
      Commit("lost", [declarations: nil])
      Commit("removed", base.mapValues { _ in nil })
    }
    #expect(try history(removed) == [])
  }

  @Test
  func `an audit says that what flows use is declared nowhere, before a release it ends with 2`()
    throws
  {
    let fixture = try TestRepository {
      Commit("base", Sales.base.files())
      Commit("lost", [declarations: nil])
    }
    func audit(_ revision: String, isRelease: Bool) throws -> CheckOutcome {
      let repository = try Repository(folder: fixture.path, environment: Command.closedWorld)
      return try Audit(
        repository, options: Check.Options(isRelease: isRelease, today: .distantFuture)
      ).outcome(at: fixture.id(revision))
    }
    #expect(try audit("lost", isRelease: false).warnings.count == 1)
    #expect(
      try audit("lost", isRelease: true).unknown == [
        "solutions/Sales: the file that declares the references of 'Sales' is missing, and nothing "
          + "declares \(Sales.old.name)\nhint: put the file back, or remove the solution whole"
      ])
    #expect(try audit("base", isRelease: true).unknown == [])
  }

  @Test func `a solution that is deleted folder after folder is a warning`() throws {
    let fixture = try TestRepository {
      Commit("base", Sales.base.files())
      Commit("other", [declarations: nil, "solutions/Sales/Other/Solution.xml": nil])
      Commit("rest", Sales.base.files().mapValues { _ in nil })
    }
    let first = try fixture.check(from: "base", to: "other")
    #expect(first.reported == [])
    #expect(first.unknown == [])
    #expect(first.problems.map(\.problem.path) == [declarations])
    #expect(try fixture.check(from: "other", to: "rest").isSilent)
  }

  @Test func `an agent's part that is no YAML any more is unknown`() throws {
    let action = """
      mcs.metadata:
        componentName: Mail
      kind: TaskDialog
      action:
        kind: InvokeConnectorTaskAction
        connectionReference: desk.shared_office365.1

      """
    let fixture = try TestRepository {
      Commit(
        "base",
        [
          "desk/settings.mcs.yml": "schemaName: desk\n",
          "desk/connectionreferences.mcs.yml": """
          connectionReferences:
            - connectionReferenceLogicalName: desk.shared_office365.1
              connectorId: /providers/Microsoft.PowerApps/apis/shared_office365

          """, "desk/actions/Mail.mcs.yml": TestFile(action),
        ])
      Commit("broken", ["desk/actions/Mail.mcs.yml": "kind: TaskDialog\naction: ["])
      Commit("plain", ["desk/actions/Mail.mcs.yml": "kind: AdaptiveDialog\nbeginDialog: {}\n"])
    }
    #expect(try fixture.check(from: "base", to: "broken").unknown.count == 1)
    #expect(try fixture.check(from: "base", to: "plain").unknown == [])
  }

  @Test func `a settings file that becomes a symbolic link is unknown`() throws {
    let fixture = try TestRepository {
      Commit("base", Sales.base.files().merging(["prod.json": Sales.settings([Sales.old])]) { $1 })
      Commit("link", ["prod.json": .symbolicLink(to: "elsewhere.json")])
    }
    #expect(try fixture.check(from: "base", to: "link").unknown.count == 1)
  }

  @Test func `a zip that was cut short is a problem of its commit in history too`() throws {
    let zip = storedZip(
      Sales.base.files(.plain, in: "").map { ($0.key, $0.value.bytes) }.sorted { $0.0 < $1.0 })
    let fixture = try TestRepository {
      Commit("base", ["Sales.zip": TestFile(bytes: zip)])
      Commit("cut", ["Sales.zip": TestFile(bytes: zip.prefix(zip.count / 2))])
    }
    #expect(try fixture.check(from: "base", to: "cut").unknown.count == 1)
    var scan = HistoryScan(try Repository(folder: fixture.path, environment: Command.closedWorld))
    #expect(try scan.outcome().problems.map(\.commit) == [fixture.id("cut")])
  }

  @Test func `the main branch of a partial clone is unknown`() throws {
    let fixture = try TestRepository {
      Commit("base", Sales.base.files().merging(["prod.json": Sales.settings([Sales.old])]) { $1 })
      Commit("again", Sales.recreated.files())
    }
    try fixture.git("config", "uploadpack.allowFilter", "true")
    let clone = fixture.beside("clone")
    try fixture.git("clone", "-q", "--filter=blob:none", "file://\(fixture.path)", clone)
    let repository = try Repository(folder: clone, environment: Command.closedWorld)
    var review = try BranchReview(
      repository, options: BranchReview.Options(today: try #require(Day("2026-06-01"))))
    let main = try #require(
      try BranchReview.branches(of: repository).first { $0.name == "refs/remotes/origin/main" })
    let state = review.verdict(on: main).state
    #expect({ if case .unknown = state { true } else { false } }(), "\(state)")
  }

  @Test func `a solution's folder that becomes a submodule is unknown`() throws {
    let fixture = try TestRepository { Commit("base", Sales.base.files()) }
    let head = try fixture.git("rev-parse", "HEAD")
    try fixture.git("rm", "-rq", "--cached", "solutions/Sales")
    try fixture.git(
      "update-index", "--add", "--cacheinfo", "160000,\(head),solutions/Sales")
    #expect(try fixture.check().unknown.count == 1)
  }

  @Test func `what comes back without its declarations is compared with what was there before`()
    throws
  {
    let fixture = try TestRepository {
      Commit("base", Sales.base.files())
      Commit(
        "gone", Sales.base.files().becoming(Sales.base.files().filter { $0.key != declarations }))
      Commit("docs", ["docs/a.md": "1"])
    }
    let gone = try fixture.check(from: "base", to: "gone")
    #expect(gone.reported == [] && gone.unknown.count == 1)
    try fixture.stage(Sales.base.files())
    #expect(try fixture.check().reported == [])
    try fixture.stage(Sales.recreated.files())
    #expect(try fixture.check().reported == [recreatedError])
  }

  @Test func `patterns of a change that will hide every solution are refused`() throws {
    let fixture = try TestRepository {
      Commit("base", Sales.base.files())
      Commit("slip", [".connref.yml": "solutions: [solution/*]\n"])
      Commit("ignored", on: "ignored", from: "base", [".connref.yml": "ignore: ['**']\n"])
      Commit("fine", on: "fine", from: "base", [".connref.yml": "solutions: [solutions/*]\n"])
    }
    #expect(try fixture.check(from: "base", to: "slip").unknown.count == 1)
    #expect(try fixture.check(from: "base", to: "ignored").unknown.count == 1)
    #expect(try fixture.check(from: "base", to: "fine").unknown == [])
  }

  @Test func `a file that a partial clone lacks is unknown`() throws {
    let fixture = try TestRepository {
      Commit("base", Sales.base.files())
      Commit("again", Sales.recreated.files())
    }
    try fixture.git("config", "uploadpack.allowFilter", "true")
    let clone = fixture.beside("clone")
    try fixture.git(
      "clone", "-q", "--filter=blob:none", "file://\(fixture.path)", clone)
    let outcome = try fixture.check(
      .commits(before: fixture.id("base"), after: fixture.id("again")), in: clone)
    #expect(!outcome.unknown.isEmpty)
  }

  @Test func `an earlier name that is back is a warning while rows bind the other`() throws {
    let rows = ["config/prod.json": Sales.settings([Sales.old])]
    let fixture = try TestRepository {
      Commit("base", Sales.base.files().merging(rows) { $1 })
      Commit(
        "again",
        Sales.recreated.files().merging([
          "config/prod.json": Sales.settings([Sales.new])
        ]) { $1 })
      Commit("reverted", Sales.base.files())
      Commit("whole", rows)
    }
    let outcome = try fixture.check(from: "again", to: "reverted")
    #expect(
      outcome.reported == ["warning reference-recreated: \(Sales.new.name) -> \(Sales.old.name)"])
    #expect(outcome.findings.first?.rows.isEmpty == false)
    #expect(
      try fixture.check(from: "again", to: "whole").reported
        == ["note reference-recreated: \(Sales.new.name) -> \(Sales.old.name)"])
  }

  @Test func `a list of members that is removed or emptied under its files is unknown`() throws {
    let list = "solutions/Sales/solutions/Sales/solutioncomponents.yml"
    let files = Sales.base.files(.yaml)
    let unlisted = files.filter { $0.key != list }
    let fixture = try TestRepository {
      Commit("base", files)
      Commit("removed", [list: nil])
      Commit("emptied", on: "emptied", from: "base", [list: "SolutionComponents: \n"])
      Commit(
        "nothing left", on: "nothing", from: "base",
        files.mapValues { _ in nil }.merging([
          list: "SolutionComponents: \n",
          "solutions/Sales/solutions/Sales/solution.yml":
            files["solutions/Sales/solutions/Sales/solution.yml"],
        ]) { $1 })
      Commit("without", on: "without", unlisted)
      Commit(
        "still without", Sales([Sales.old, Sales.other], []).files(.yaml).filter { $0.key != list })
    }
    #expect(
      try fixture.check(from: "base", to: "removed").unknown == [
        "\(list): was removed, while the files of its solution are still there: what it holds is not "
          + "known\nhint: put the list back, or remove the solution whole"
      ])
    #expect(try fixture.check(from: "base", to: "emptied").unknown.count == 1)
    #expect(try fixture.check(from: "base", to: "nothing left").unknown == [])
    #expect(try fixture.check(from: "without", to: "still without").unknown == [])
  }

  @Test func `a manifest that is removed beside its list of members is unknown`() throws {
    let folder = "solutions/Sales/solutions/Sales/"
    let files = Sales.base.files(.yaml)
    let fixture = try TestRepository {
      Commit("base", files)
      Commit("removed", ["\(folder)solution.yml": nil])
      Commit("gone", on: "gone", from: "base", files.removed)
    }
    #expect(try fixture.check(from: "base", to: "removed").unknown.count == 1)
    #expect(try fixture.check(from: "base", to: "gone").unknown == [])
  }

  @Test func `a code app in UTF-16 without a mark is unknown`() throws {
    let text = """
      {"appDisplayName": "Desk", "connectionReferences": {"a": {"id": "/apis/shared_x", "dataSources": \
      ["a"], "xrmConnectionReferenceLogicalName": "\(Sales.old.name)"}}}
      """
    func wide(_ text: String) -> TestFile { TestFile(bytes: text.utf8.flatMap { [$0, 0] }) }
    let fixture = try TestRepository {
      Commit("base", Sales.base.files().merging(["app/power.config.json": TestFile(text)]) { $1 })
      Commit("wide", ["app/power.config.json": wide(text)])
      Commit("other", ["app/ms.other.config.json": wide("{\"theme\": 1}")])
    }
    #expect(try fixture.check(from: "base", to: "wide").unknown.count == 1)
    #expect(try fixture.check(from: "wide", to: "other").unknown == [])
  }

  private let manifest = "solutions/Sales/solution.yml"
  private let list = "solutions/Sales/solutioncomponents.yml"

  private func history(_ fixture: TestRepository) throws -> [HistoryProblem] {
    var scan = HistoryScan(try Repository(folder: fixture.path, environment: Command.closedWorld))
    return try scan.outcome().problems
  }

  private func main(_ fixture: TestRepository) throws -> BranchVerdict {
    let repository = try Repository(folder: fixture.path, environment: Command.closedWorld)
    var review = try BranchReview(repository, options: .init(today: .distantFuture))
    return review.verdict(on: try #require(try BranchReview.branches(of: repository).first))
  }

  @Test(
    arguments: [
      ("solutions/Sales/solution.yml", nil),
      ("solutions/Sales/solutioncomponents.yml", nil),
      ("solutions/Sales/solutioncomponents.yml", TestFile("SolutionComponents:\n  Component:\n")),
    ] as [(String, TestFile?)])
  func `what a solution lost is unknown in a check, in history and on the main branch`(
    path: String, file: TestFile?
  ) throws {
    let fixture = try TestRepository {
      Commit("base", Sales.base.files(.yaml, in: ""))
      Commit("lost", [path: file])
      Commit("later", ["notes.txt": "1"])
    }
    #expect(try fixture.check(from: "base", to: "lost").unknown.count == 1)
    #expect(try history(fixture).map(\.commit) == [fixture.id("lost")])
    #expect(try history(fixture).allSatisfy { $0.isLoss && $0.correctedIn == nil })
    guard case .unknown(let reason) = try main(fixture).state else {
      Issue.record("the main branch is not unknown")
      return
    }
    #expect(reason.hasPrefix(path))
  }

  @Test func `what a solution lost is over once it is restored, or the solution removed`() throws {
    let base = Sales.base.files(.yaml, in: "")
    let restored = try TestRepository {
      Commit("base", base)
      Commit("lost", [manifest: nil])
      Commit("restored", [manifest: base[manifest]])
    }
    #expect(try history(restored).map(\.correctedIn) == [restored.id("restored")])
    #expect(try main(restored).state == .main)
    let removed = try TestRepository {
      Commit("base", base.merging(["notes.txt": "1"]) { $1 })
      Commit("lost", [list: nil])
      Commit("removed", base.mapValues { _ in nil })
    }
    #expect(try history(removed) == [])
  }

  @Test func `a merge says nothing of what its other side lost`() throws {
    let fixture = try TestRepository {
      Commit("base", Sales.base.files(.yaml, in: ""))
      Commit("lost", on: "side", from: "base", [manifest: nil])
      Commit("notes", on: "main", ["notes.txt": "1"])
      Commit("merge", on: "main", merging: "side", [manifest: nil])
    }
    #expect(try history(fixture).map(\.commit) == [fixture.id("lost")])
  }
}
