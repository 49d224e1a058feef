import Foundation
import Git
import Review
import TestSupport
import Testing

/// The paths that `history --path` takes, as git takes them.
@Suite struct HistoryPathsTests {
  private let fixture: TestRepository

  init() throws {
    fixture = try TestRepository {
      Commit("base", Sales.base.files().merging(["old/a.json": "[]"]) { $1 })
      Commit("later", ["old/a.json": nil, "docs/b.md": "1"])
    }
  }

  private func paths(_ given: String..., in folder: String = "") throws -> [String] {
    let repository = try Repository(folder: fixture.path, environment: Command.closedWorld)
    return try HistoryPaths(given, from: fixture.path + folder, in: repository).paths
  }

  @Test(
    arguments: [
      "solutions", "solutions/", "./solutions", "solutions/.", "docs/../solutions", "solutions//",
    ])
  func `every spelling of a folder is that folder`(spelling: String) throws {
    #expect(try paths(spelling) == ["solutions"])
    #expect(try paths(fixture.path + "/" + spelling) == ["solutions"])
  }

  @Test func `a path begins from the current folder`() throws {
    #expect(try paths("Sales", in: "/solutions") == ["solutions/Sales"])
    #expect(try paths("../docs", in: "/solutions") == ["docs"])
    #expect(try paths(".", in: "/solutions") == ["solutions"])
  }

  @Test func `the top is the whole repository`() throws {
    #expect(try paths(".") == [])
    #expect(try paths(fixture.path) == [])
    #expect(try paths("docs", ".") == [])
  }

  @Test func `what only an earlier commit has is a path, and so is a pattern`() throws {
    #expect(try paths("old") == ["old"])
    #expect(try paths("*/Sales") == ["*/Sales"])
  }

  @Test(arguments: ["nope", "x*", "", "../x", "/nowhere", "solutions/nope"])
  func `what no commit has is an error`(path: String) throws {
    #expect(throws: GitError.self) { try paths(path) }
  }

  @Test func `what was meant is a hint`() throws {
    func hint(_ path: String) throws -> String? {
      do {
        _ = try paths(path)
        return nil
      } catch let error as GitError {
        return error.hint
      }
    }
    #expect(try hint("Sales") == "did you mean 'solutions/Sales'?")
    #expect(try hint("solution") == "did you mean 'solutions'?")
  }
}
