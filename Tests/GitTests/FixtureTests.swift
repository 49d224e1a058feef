import TestSupport
import Testing

@Suite struct FixtureTests {
  @Test func `the same text gives the same commit ids`() throws {
    let ids = try (0..<2).map { _ in
      try TestRepository { Commit("base", ["a b/c": "1"]) }.id("base")
    }
    #expect(ids[0] == ids[1])
  }

  @Test func `a merge keeps its own files and has both parents`() throws {
    let fixture = try TestRepository {
      Commit("base", ["a": "1", "gone": "x"])
      Commit("side", on: "side", from: "main", ["b": "2"])
      Commit("merge", merging: "side", ["b": "2", "gone": nil])
    }
    #expect(
      try fixture.git("rev-parse", "main^1", "main^2")
        == "\(fixture.id("base"))\n\(fixture.id("side"))")
    #expect(try fixture.git("ls-tree", "-r", "--name-only", "main") == "a\nb")
    #expect(try fixture.git("status", "--short") == "")
  }

  @Test func `a branch without a start is an orphan`() throws {
    let fixture = try TestRepository {
      Commit("base", ["a": "1"])
      Commit("other", on: "orphan", ["b": "2"])
    }
    #expect(try fixture.git("rev-list", "--count", "orphan") == "1")
  }

  @Test func `links, programs and submodules are kept as such`() throws {
    let fixture = try TestRepository {
      Commit(
        "base",
        [
          "link": .symbolicLink(to: "target"), "run": .executable("#!/bin/sh\n"),
          "sub": .submodule("1111111111111111111111111111111111111111"),
        ])
    }
    let modes = try fixture.git("ls-tree", "main").split(separator: "\n").map { $0.prefix(6) }
    #expect(modes == ["120000", "100755", "160000"])
  }

  @Test func `a command's status, output and errors are distinguished`() throws {
    let outcome = try Command("sh", "-c", "cat; echo oops >&2; exit 3")
      .reading("in".utf8).run()
    #expect(outcome.status == 3)
    #expect(outcome.stdout == "in")
    #expect(outcome.stderr == "oops\n")
  }

  @Test func `a hook runs in the worktree`() throws {
    let fixture = try TestRepository { Commit("base", ["a": "1"]) }
    try fixture.hook("pre-commit", "pwd > ran")
    try fixture.git("commit", "--quiet", "--allow-empty", "-m", "more")
    #expect(try fixture.command("cat", arguments: ["ran"]).run().stdout == fixture.path + "\n")
  }
}
