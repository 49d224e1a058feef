import Detection
import Foundation
import Git
import Review
import Solution
import TestSupport
import Testing

/// A folder that was read, and in whose place a symbolic link or a submodule is.
@Suite struct HiddenFolderTests {
  private static let settings = ["config/prod.json": Sales.settings([Sales.old])]
  private static let zip = TestFile(
    bytes: storedZip(
      Sales.base.files(.plain, in: "").map { ($0.key, $0.value.bytes) }.sorted { $0.0 < $1.0 }))
  private static let base = Sales.base.files().merging(settings) { $1 }
    .merging(["notes/a.json": "[]", "notes/b.json": "[1]"]) { $1 }
  private var base: [String: TestFile] { Self.base }

  private func link(_ folder: String, in files: [String: TestFile]) -> [String: TestFile?] {
    var change: [String: TestFile?] = [folder: .symbolicLink(to: "/nowhere")]
    for path in files.keys where path.hasPrefix(folder + "/") {
      change.updateValue(nil, forKey: path)
    }
    return change
  }

  private func history(_ fixture: TestRepository) throws -> [HistoryProblem] {
    var scan = HistoryScan(try Repository(folder: fixture.path, environment: Command.closedWorld))
    return try scan.outcome().problems
  }

  @Test(
    arguments: [
      ("solutions", "the solution 'Sales'"), ("solutions/Sales", "the solution 'Sales'"),
      ("solutions/Sales/Workflows", "'\(Sales.approve(Sales.old).fileName)'"),
      ("solutions/Sales/Other", "'Customizations.xml' and 1 more file"),
      ("config", "'prod.json'"),
    ])
  func `a folder that becomes a link is unknown where it held what was read`(
    folder: String, held: String
  ) throws {
    let fixture = try TestRepository {
      Commit("base", base)
      Commit("link", link(folder, in: base))
      Commit("later", ["a.txt": "1"])
    }
    let outcome = try fixture.check(from: "base", to: "link")
    #expect(
      outcome.unknown.map { $0.split(separator: "\n").first.map(String.init) } == [
        "\(folder): is a symbolic link, which is never followed; it held \(held)"
      ])
    #expect(outcome.problems.count == 1, "\(outcome.problems)")
    #expect(try history(fixture).map(\.commit) == [fixture.id("link")])
    #expect(try fixture.check(from: "link", to: "later").unknown == [])
  }

  @Test func `so it is in the index and in the worktree`() throws {
    let fixture = try TestRepository { Commit("base", base) }
    try fixture.git("rm", "-rq", "solutions/Sales/Workflows")
    try FileManager.default.createSymbolicLink(
      atPath: fixture.path + "/solutions/Sales/Workflows", withDestinationPath: "/nowhere")
    #expect(try fixture.check(.worktree).unknown.count == 1)
    #expect(try fixture.check().unknown == [])
    try fixture.git("add", "-A")
    #expect(try fixture.check().unknown.count == 1)
  }

  @Test func `what a link in the worktree leads to is not read as the folder`() throws {
    let fixture = try TestRepository { Commit("base", base) }
    let folder = fixture.path + "/solutions/Sales"
    try FileManager.default.moveItem(atPath: folder, toPath: fixture.beside("elsewhere"))
    try FileManager.default.createSymbolicLink(
      atPath: folder, withDestinationPath: fixture.beside("elsewhere"))
    #expect(try fixture.check(.worktree).unknown.count == 1)
  }

  @Test func `a folder in whose place a submodule is says what it held`() throws {
    let fixture = try TestRepository { Commit("base", base) }
    let head = try fixture.git("rev-parse", "HEAD")
    try fixture.git("rm", "-rq", "--cached", "solutions/Sales/Workflows")
    try fixture.git(
      "update-index", "--add", "--cacheinfo", "160000,\(head),solutions/Sales/Workflows")
    #expect(try fixture.check().unknown.count == 1)
  }

  @Test func `a zip that becomes a link is unknown, and so is its folder`() throws {
    let fixture = try TestRepository {
      Commit("base", ["rel/Sales.zip": Self.zip, "a.txt": "1"])
      Commit("link", ["rel/Sales.zip": .symbolicLink(to: "/nowhere")])
      Commit("folder", on: "folder", from: "base", link("rel", in: ["rel/Sales.zip": Self.zip]))
    }
    #expect(try fixture.check(from: "base", to: "link").unknown.count == 1)
    #expect(try fixture.check(from: "base", to: "folder").unknown.count == 1)
    #expect(try history(fixture).count == 2)
  }

  @Test func `a link of which nothing was read says nothing`() throws {
    let fixture = try TestRepository {
      Commit("base", base.merging(["old": .symbolicLink(to: "solutions")]) { $1 })
      Commit("beside", ["new": .symbolicLink(to: "solutions"), "old": .symbolicLink(to: "new")])
      Commit("notes", link("notes", in: base))
      Commit("gone", ["notes": nil])
    }
    #expect(try fixture.check(from: "base", to: "beside").unknown == [])
    #expect(try fixture.check(from: "beside", to: "notes").unknown == [])
    #expect(try history(fixture) == [])
  }

  @Test func `a solution that was moved and left a link says nothing`() throws {
    let moved = Sales.base.files(in: "src/Sales").merging([
      "settings/prod.json": Sales.settings([Sales.old])
    ]) { $1 }
    let fixture = try TestRepository {
      Commit("base", base)
      Commit(
        "moved",
        link("solutions", in: base).merging(link("config", in: base)) { $1 }
          .merging(moved.mapValues { $0 as TestFile? }) { $1 })
    }
    #expect(try fixture.check(from: "base", to: "moved").unknown == [])
    #expect(try history(fixture) == [])
  }

  @Test func `history names the commit that put the folder back`() throws {
    let folder = "solutions/Sales/Workflows"
    var back: [String: TestFile?] = [:]
    back.updateValue(nil, forKey: folder)
    for (path, file) in base where path.hasPrefix(folder + "/") { back[path] = file }
    let fixture = try TestRepository {
      Commit("base", base)
      Commit("link", link(folder, in: base))
      Commit("back", back)
    }
    #expect(try history(fixture).map(\.correctedIn) == [fixture.id("back")])
  }
}
