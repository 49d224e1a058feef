import Git
import TestSupport
import Testing

@Suite struct IndexTests {
  /// What git says is staged, in the form of `describe`.
  private func listedByGit(_ fixture: TestRepository) throws -> [String] {
    try fixture.git("ls-files", "--stage", "-z").split(separator: "\0").map(String.init)
  }

  private func describe(_ entries: [IndexEntry]) -> [String] {
    entries.map { entry in
      let mode =
        switch entry.kind {
        case .file: "100644"
        case .symbolicLink: "120000"
        case .submodule: "160000"
        case .folder: "040000"
        }
      return "\(mode) \(entry.id) \(entry.stage)\t\(entry.path)"
    }
  }

  private func fixture() throws -> TestRepository {
    try TestRepository {
      Commit(
        "base",
        [
          "a": "1", "folder/b": "2", "folder/c c": "3", "link": .symbolicLink(to: "a"),
          "other/deep/d": "4", "other/e": "5", "é": "6",
        ])
    }
  }

  @Test(arguments: [2, 3, 4])
  func `every version of the format is read as git reads it`(version: Int) throws {
    let fixture = try fixture()
    try fixture.git("update-index", "--index-version=\(version)")
    try fixture.stage("new", at: "folder/new")
    #expect(try describe(fixture.open().index()) == listedByGit(fixture))
  }

  @Test func `a conflict has up to three stages`() throws {
    let fixture = try TestRepository {
      Commit("base", ["a": "1"])
      Commit("side", on: "side", from: "main", ["a": "2"])
      Commit("main", ["a": "3"])
    }
    _ = try fixture.command("git", arguments: ["merge", "--quiet", "side"]).run()
    let repository = try fixture.open()
    #expect(try repository.index().map(\.stage) == [1, 2, 3])
    #expect(try describe(repository.index()) == listedByGit(fixture))
    #expect(try repository.mergeHeads() == [fixture.objectID("side")])
  }

  @Test func `an intent to add is distinguished from a staged file`() throws {
    let fixture = try fixture()
    try fixture.write("soon", to: "soon")
    try fixture.git("add", "--intent-to-add", "soon")
    let entry = try #require(try fixture.open().index().first { $0.path == "soon" })
    #expect(entry.isIntentToAdd)
  }

  @Test func `a rejected path is left out`() throws {
    let fixture = try fixture()
    let entries = try fixture.open().index { path, _ in path[path.count - 1] == 0x65 }
    #expect(paths(entries) == ["other/e"])
  }

  @Test func `a split index is put together`() throws {
    let fixture = try fixture()
    try fixture.git("config", "splitIndex.maxPercentChange", "100")
    try fixture.git("update-index", "--split-index")
    try fixture.stage("changed", at: "folder/b")
    try fixture.stage("added", at: "folder/a")
    try fixture.git("rm", "--quiet", "other/e")
    #expect(try fixture.git("ls-files", "--stage").contains("folder/a"))
    #expect(try describe(fixture.open().index()) == listedByGit(fixture))
    #expect(try paths(fixture.open().index { path, _ in path[0] == 0x6f }) == ["other/deep/d"])
  }

  @Test func `a split index of many files is put together`() throws {
    let files = (0..<1_500).map { ("folder\($0 % 7)/file\($0)", TestFile("\($0)") as TestFile?) }
    let fixture = try TestRepository {
      Commit("base", Dictionary(uniqueKeysWithValues: files))
    }
    try fixture.git("config", "splitIndex.maxPercentChange", "100")
    try fixture.git("update-index", "--split-index")
    for number in stride(from: 0, to: 1_500, by: 3) where number < 90 || number > 1_000 {
      try fixture.write("changed", to: "folder\(number % 7)/file\(number)")
    }
    try fixture.git("rm", "--quiet", "--force", "-r", "folder3")
    try fixture.git("add", "--all")
    #expect(try describe(fixture.open().index()) == listedByGit(fixture))
  }

  @Test func `the folders of a sparse index are given as files`() throws {
    let fixture = try fixture()
    try fixture.git("sparse-checkout", "init", "--cone", "--sparse-index")
    try fixture.git("sparse-checkout", "set", "folder")
    #expect(try fixture.git("ls-files", "--sparse").contains("other/"))
    let entries = try fixture.open().index()
    #expect(try describe(entries) == listedByGit(fixture))
    #expect(entries.filter(\.skipsWorkTree).map(\.path) == ["other/deep/d", "other/e"])
  }

  @Test func `an index without checksum is read`() throws {
    let fixture = try fixture()
    // What `index.skipHash` of git 2.40 and later leaves: zeros.
    try Command(
      "sh", "-c",
      """
      size=$(($(wc -c < .git/index) - 20)) && head -c $size .git/index > .git/new \
      && head -c 20 /dev/zero >> .git/new && mv .git/new .git/index
      """, in: fixture.path
    ).succeed()
    #expect(try paths(fixture.open().index()).count == 7)
  }

  @Test(arguments: [["-a"], ["b"], ["--include", "b"]])
  func `a hook sees the index of the commit under way`(arguments: [String]) throws {
    let fixture = try TestRepository { Commit("base", ["a": "1", "b": "1"]) }
    try fixture.write("2", to: "b")
    try fixture.hook(
      "pre-commit",
      "env > hook.env; cp \"$GIT_INDEX_FILE\" kept; echo \"$GIT_INDEX_FILE\" > name; exit 1")
    let commit = ["commit", "--quiet", "-m", "x"] + arguments
    #expect(try fixture.command("git", arguments: commit).run().status == 1)
    var given = variables(try fixture.command("cat", arguments: ["hook.env"]).succeed().stdout)
    #expect(given["GIT_INDEX_FILE"]?.hasSuffix(".lock") == true)
    // Git has removed that index again; the hook kept a copy, named from the top as git does.
    given["GIT_INDEX_FILE"] = "kept"
    let repository = try fixture.open(given)
    let entry = try #require(try repository.index().first { $0.path == "b" })
    #expect(entry.id == Repository.blobID(of: Array("2".utf8)))
    #expect(repository.indexPath == fixture.path + "/kept")
  }

  @Test func `a relative GIT_INDEX_FILE counts from the top of the worktree`() throws {
    let fixture = try fixture()
    let repository = try fixture.open(
      in: fixture.path + "/folder", ["GIT_INDEX_FILE": ".git/index"])
    #expect(repository.indexPath == fixture.path + "/.git/index")
  }

  @Test func `no index at all is an empty one`() throws {
    #expect(try TestRepository().open().index() == [])
  }

  @Test(arguments: ["truncated", "not an index", "unknown extension"])
  func `a damaged index says so`(damage: String) throws {
    let fixture = try fixture()
    let script =
      switch damage {
      case "truncated": "head -c 300 .git/index > .git/new"
      case "not an index": "echo nonsense > .git/new"
      default:
        """
        { head -c $(($(wc -c < .git/index) - 20)) .git/index; printf 'zzzz\\0\\0\\0\\0'; \
        head -c 20 /dev/zero; } > .git/new
        """
      }
    try Command("sh", "-c", script + " && mv .git/new .git/index", in: fixture.path).succeed()
    let error = try #require(throws: GitError.self) { try fixture.open().index() }
    #expect(error.kind == .indexUnreadable)
    #expect(error.message.hasPrefix("could not read index '\(fixture.path)/.git/index': "))
  }

  @Test func `submodules and paths that are no text are distinguished`() throws {
    let fixture = try TestRepository {
      Commit(
        "base", ["sub": .submodule("1111111111111111111111111111111111111111")],
        rawFiles: [(path: [0x66, 0xff], file: "1")])
    }
    let entries = try fixture.open().index()
    #expect(entries.map(\.kind) == [.file, .submodule])
    #expect(entries.map(\.pathIsExact) == [false, true])
  }
}
