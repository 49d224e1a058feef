import Git
import TestSupport
import Testing

/// Whether anything is staged, at a glance and as git sees it.
@Suite struct StagedFilesTests {
  /// A solution beside other files; `git commit` leaves the trees of all folders cached in the index.
  private func repository() throws -> TestRepository {
    try TestRepository {
      Commit(
        "base",
        ["a/x.json": "1", "a/deep/y.json": "1", "b/z.txt": "1", "top.json": "1", "top.txt": "1"])
    }
  }

  private func stagesNothing(_ fixture: TestRepository) throws -> Bool {
    let repository = try fixture.open()
    let head = try #require(try repository.head().commit)
    return try repository.stagesNothing(besides: head) { path, _ in
      path.count > 5 && path[path.count - 1] == UInt8(ascii: "n")
    }
  }

  private func withCachedTrees() throws -> TestRepository {
    let fixture = try repository()
    try fixture.git("read-tree", "HEAD")
    #expect(try stagesNothing(fixture))
    return fixture
  }

  @Test func `nothing is staged after a commit`() throws {
    _ = try withCachedTrees()
  }

  @Test(arguments: ["b/z.txt", "b/new.txt", "a/deep/z.txt", "new/file.txt", "top.txt"])
  func `a file that no solution needs is ignored`(path: String) throws {
    let fixture = try withCachedTrees()
    try fixture.stage([path: "2"])
    #expect(try stagesNothing(fixture))
  }

  @Test(arguments: [
    "a/x.json", "a/deep/y.json", "a/new.json", "new/x.json", "top.json", "b/x.json",
  ])
  func `a file that is asked for is something`(path: String) throws {
    let fixture = try withCachedTrees()
    try fixture.stage([path: "2"])
    #expect(try !stagesNothing(fixture))
  }

  @Test(arguments: ["a/x.json", "a", "top.json"])
  func `what was removed is something`(path: String) throws {
    let fixture = try withCachedTrees()
    try fixture.git("rm", "-r", "--quiet", "--cached", path)
    #expect(try !stagesNothing(fixture))
  }

  @Test func `what was staged and unstaged again is nothing`() throws {
    let fixture = try withCachedTrees()
    try fixture.stage(["a/x.json": "2"])
    try fixture.git("reset", "--quiet", "--", "a/x.json")
    #expect(try stagesNothing(fixture))
  }

  @Test func `a folder that was renamed is something`() throws {
    let fixture = try withCachedTrees()
    try fixture.git("checkout", "--quiet", "--", ".")
    try fixture.git("mv", "a", "moved")
    #expect(try !stagesNothing(fixture))
  }

  @Test(arguments: [("a/new.json", false), ("b/new.txt", true)])
  func `a file that is only intended to be added is for a closer look`(
    path: String, isNothing: Bool
  ) throws {
    let fixture = try withCachedTrees()
    try fixture.write("1", to: path)
    try fixture.git("add", "--intent-to-add", path)
    #expect(try stagesNothing(fixture) == isNothing)
  }

  @Test func `a split index is for a closer look`() throws {
    let fixture = try withCachedTrees()
    try fixture.git("update-index", "--split-index")
    #expect(try !stagesNothing(fixture))
  }

  @Test func `an index without cached trees is for a closer look`() throws {
    let fixture = try withCachedTrees()
    let id = try fixture.git("rev-parse", "HEAD:top.json")
    try fixture.git("read-tree", "--empty")
    try fixture.git("update-index", "--add", "--cacheinfo", "100644,\(id),top.json")
    #expect(try !stagesNothing(fixture))
  }
}
