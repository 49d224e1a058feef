import Git
import TestSupport
import Testing

/// What is known of a file on the disk without reading it, beside what git says. Times are set, never
/// waited for.
@Suite struct WorktreeFilesTests {
  private static let old = "2020-01-01 00:00:00"

  /// One file, staged long after it was modified.
  private func fixture(_ content: String = "aaaa", _ settings: [String: String] = [:]) throws
    -> TestRepository
  {
    let fixture = try TestRepository { Commit("base", ["a": TestFile(content), "b": "1"]) }
    for (key, value) in settings { try fixture.git("config", key, value) }
    try fixture.date("a", Self.old)
    try fixture.git("update-index", "--refresh", "-q")
    return fixture
  }

  /// True where the file is known to be the staged one.
  private func isKnown(_ path: String, in fixture: TestRepository) throws -> Bool {
    let files = try fixture.open().worktreeFiles { _, _ in true }.files
    let file = try #require(files.first { $0.path == path })
    guard let blob = file.blob else { return false }
    #expect(try fixture.git("rev-parse", ":\(path)") == blob.hex)
    // Everything known must be true, by git's own answer.
    let modified = try fixture.git("ls-files", "--modified").split(separator: "\n")
    #expect(!modified.contains { $0 == path })
    return true
  }

  @Test func `a file that was not touched since it was staged is known`() throws {
    let fixture = try fixture()
    #expect(try isKnown("a", in: fixture))
  }

  @Test func `a file of another size is not known`() throws {
    let fixture = try fixture()
    try fixture.write("aaaaa", to: "a")
    try fixture.date("a", Self.old)
    #expect(try !isKnown("a", in: fixture))
  }

  @Test func `a file of another time is not known`() throws {
    let fixture = try fixture()
    try fixture.date("a", "2020-01-01 00:00:01")
    #expect(try !isKnown("a", in: fixture))
  }

  @Test func `an edit that keeps size and modification time shows by its change time`() throws {
    let fixture = try fixture()
    try fixture.write("bbbb", to: "a")
    try fixture.date("a", Self.old)
    #expect(try !isKnown("a", in: fixture))
  }

  @Test func `a file as old as the index has to be read`() throws {
    let fixture = try fixture()
    try fixture.date(".git/index", Self.old)
    #expect(try !isKnown("a", in: fixture))
  }

  @Test func `a file younger than the index has to be read`() throws {
    let fixture = try fixture()
    try fixture.date(".git/index", "2019-12-31 23:59:59")
    #expect(try !isKnown("a", in: fixture))
  }

  @Test func `an edit in the second of staging is no staged file, once more was staged`() throws {
    let fixture = try fixture("aaaa", ["core.checkStat": "minimal"])
    try fixture.date(".git/index", Self.old)
    try fixture.write("bbbb", to: "a")
    try fixture.date("a", Self.old)
    // git cannot decide by time any more, and puts size 0 into the entry.
    try fixture.stage("2", at: "b")
    #expect(try fixture.git("ls-files", "--debug", "a").contains("size: 0"))
    #expect(try !isKnown("a", in: fixture))
    try fixture.write("", to: "a")
    try fixture.date("a", Self.old)
    #expect(try !isKnown("a", in: fixture))
    #expect(try fixture.git("ls-files", "--modified") == "a")
  }

  @Test func `an empty file is known`() throws {
    let fixture = try fixture()
    try fixture.write("", to: "a")
    try fixture.date("a", Self.old)
    try fixture.git("add", "a")
    #expect(try isKnown("a", in: fixture))
  }

  @Test func `core.trustctime says whether the change time counts`() throws {
    let fixture = try fixture()
    try fixture.date("a", Self.old)
    #expect(try !isKnown("a", in: fixture))
    try fixture.git("config", "core.trustctime", "false")
    #expect(try isKnown("a", in: fixture))
  }

  @Test func `core.checkStat minimal leaves whole seconds and the size`() throws {
    let fixture = try fixture()
    let copy = "cp a c && touch -d '\(Self.old).5' c && mv c a"
    try fixture.command("sh", arguments: ["-c", copy]).succeed()
    #expect(try !isKnown("a", in: fixture))
    try fixture.git("config", "core.checkStat", "minimal")
    #expect(try isKnown("a", in: fixture))
  }

  @Test(arguments: ["--assume-unchanged", "--skip-worktree"])
  func `a file that git is asked to skip is read where it changed`(option: String) throws {
    let fixture = try fixture()
    try fixture.git("update-index", option, "a")
    #expect(try isKnown("a", in: fixture))
    try fixture.write("bbbb", to: "a")
    #expect(try !isKnown("a", in: fixture))
  }

  @Test func `a file that is staged without its content is not known`() throws {
    let fixture = try fixture()
    try fixture.write("", to: "soon")
    try fixture.date("soon", Self.old)
    try fixture.git("add", "--intent-to-add", "soon")
    #expect(try !isKnown("soon", in: fixture))
  }

  @Test(arguments: [
    "* text eol=crlf", "* filter=shout", "* working-tree-encoding=UTF-16LE", "* ident",
  ])
  func `a file that is stored as something else is read from the disk`(attributes: String) throws {
    let fixture = try fixture("one $Id$\ntwo\n")
    try fixture.git("config", "filter.shout.smudge", "sed s/one/eins/")
    try fixture.git("config", "filter.shout.clean", "sed s/eins/one/")
    try fixture.write("\(attributes)\n", to: ".gitattributes")
    try fixture.command("rm", arguments: ["a"]).succeed()
    try fixture.git("checkout", "--", "a")
    try fixture.date("a", Self.old)
    try fixture.git("add", "a")
    #expect(try fixture.git("ls-files", "--modified") == "")
    #expect(try !isKnown("a", in: fixture))
  }

  @Test func `line ends that no conversion changed are known`() throws {
    let fixture = try fixture("one\ntwo\n")
    try fixture.write("* text=auto\n", to: ".gitattributes")
    try fixture.git("config", "core.autocrlf", "input")
    #expect(try isKnown("a", in: fixture))
  }

  @Test func `a split index says nothing of files on the disk`() throws {
    let fixture = try fixture()
    try fixture.git("update-index", "--split-index")
    #expect(try !isKnown("a", in: fixture))
  }

  @Test func `a file that a sparse checkout left out is staged and not on the disk`() throws {
    let fixture = try TestRepository { Commit("base", ["in/a": "1", "out/b": "1"]) }
    try fixture.git("sparse-checkout", "set", "--cone", "in")
    let found = try fixture.open().worktreeFiles { _, _ in true }
    #expect(found.staged.map(\.path) == ["in/a", "out/b"])
    #expect(found.files.map(\.path) == ["in/a"])
  }

  @Test func `tracked files are found in a folder that is ignored`() throws {
    let fixture = try TestRepository {
      Commit("base", [".gitignore": "/build/\n", "build/tracked/a": "1"])
    }
    for path in ["build/b", "build/tracked/c", "build/deep/d"] { try fixture.write("x", to: path) }
    let files = try fixture.open().worktreeFiles { _, _ in true }.files
    #expect(Set(files.map(\.path)) == [".gitignore", "build/tracked/a"])
    #expect(files.filter { !$0.isTracked } == [])
  }

  @Test func `a folder that is not entered is not listed`() throws {
    let fixture = try TestRepository { Commit("base", ["in/a": "1", "out/b": "1"]) }
    let files = try fixture.open().worktreeFiles { _, _ in
      true
    } entering: { name in
      name[0] == UInt8(ascii: "i")
    }.files
    #expect(files.map(\.path) == ["in/a"])
  }
}

extension TestRepository {
  /// Sets the time at which a file was modified last.
  fileprivate func date(_ path: String, _ time: String) throws {
    try command("touch", arguments: ["-d", time, path]).succeed()
  }
}
