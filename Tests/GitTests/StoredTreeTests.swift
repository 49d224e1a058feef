import Git
import TestSupport
import Testing

@Suite struct StoredTreeTests {
  private func changes(
    _ before: [String: TestFile], _ after: [String: TestFile]
  ) throws -> [String] {
    let fixture = try TestRepository {
      Commit("before", on: "one", before)
      Commit("after", on: "two", after)
    }
    let repository = try fixture.open()
    func stored(_ commit: String) throws -> StoredTree {
      try repository.storedTree(repository.commit(fixture.objectID(commit)).tree)
    }
    let found = try stored("after").changes(since: stored("before"))
    // As git says it, which calls a file that became a folder a file that changed its type.
    let lines = try fixture.git("diff-tree", "--no-renames", "--name-only", "one", "two")
      .split(separator: "\n").map(String.init)
    #expect(Set(found.map(\.name)) == Set(lines))
    return found.map { change in
      let sides = [change.before, change.after].map { side in
        side.map { $0.kind == .folder ? "folder" : "file" } ?? "nothing"
      }
      return "\(change.name): \(sides[0]) to \(sides[1])"
    }
  }

  @Test func `what was added, removed and changed is in git's order`() throws {
    #expect(
      try changes(
        ["a": "1", "b": "1", "c": "1", "d/x": "1", "e/x": "1"],
        ["a": "1", "b": "2", "bb": "1", "d/x": "2", "e/x": "1", "f": "1"])
        == [
          "b: file to file", "bb: nothing to file", "c: file to nothing", "d: folder to folder",
          "f: nothing to file",
        ])
  }

  @Test func `a file that became a folder was removed and added`() throws {
    #expect(
      try changes(["a": "1", "a.b": "1", "z": "1"], ["a.b": "1", "a/x": "1", "z": "1"])
        == ["a: file to nothing", "a: nothing to folder"])
  }

  @Test func `equal folders differ in nothing, and the empty one in everything`() throws {
    #expect(try changes(["a": "1", "b/c": "2"], ["a": "1", "b/c": "2"]) == [])
    let fixture = try TestRepository { Commit("base", ["a": "1", "b/c": "2"]) }
    let repository = try fixture.open()
    let tree = try repository.storedTree(repository.commit(fixture.objectID("base")).tree)
    let empty = try repository.storedTree(.emptyTree)
    #expect(try tree.changes(since: empty).map(\.name) == ["a", "b"])
    #expect(try empty.changes(since: tree).allSatisfy { $0.after == nil })
  }
}
