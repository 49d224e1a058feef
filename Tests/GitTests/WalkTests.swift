import Git
import TestSupport
import Testing

@Suite struct WalkTests {
  private func walk(
    _ fixture: TestRepository, _ starts: [String], hiding: [String] = []
  ) throws -> [String] {
    var ancestors = Ancestors(
      of: try starts.map(fixture.objectID), hiding: try hiding.map(fixture.objectID),
      in: try fixture.open())
    var found: [String] = []
    while let commit = try ancestors.next() { found.append(commit.summary) }
    return found
  }

  /// Three branches that merge criss-cross.
  private func fixture() throws -> TestRepository {
    try TestRepository {
      Commit("root", ["r": "0"])
      Commit("left", on: "left", from: "main", ["l": "1"])
      Commit("right", on: "right", from: "main", ["r": "1"])
      Commit("left merge", on: "left", merging: "right", ["r": "1"])
      Commit("right merge", on: "right", merging: "left", ["l": "1"])
      Commit("cross left", on: "left", from: "left merge", ["x": "1"])
      Commit("octopus", merging: "left", and: ["right"], ["o": "1"])
      Commit("stranger", on: "stranger", ["s": "1"])
    }
  }

  @Test func `every ancestor is given once, children before parents`() throws {
    let fixture = try fixture()
    let byGit = try fixture.git("log", "--format=%s", "--date-order", "main")
    #expect(try walk(fixture, ["octopus"]) == byGit.split(separator: "\n").map(String.init))
    #expect(try walk(fixture, ["root", "octopus", "root"]).count == 7)
  }

  @Test func `hidden commits and their ancestors are left out`() throws {
    let fixture = try fixture()
    #expect(try walk(fixture, ["octopus"], hiding: ["octopus"]) == [])
    #expect(
      try walk(fixture, ["octopus", "stranger"], hiding: ["left merge"])
        == ["stranger", "octopus", "cross left", "right merge"])
  }

  @Test func `what is not in the repository hides nothing`() throws {
    let fixture = try TestRepository { Commit("base", ["a": "1"]) }
    let absent = Repository.blobID(of: [1])
    var ancestors = Ancestors(
      of: [try fixture.objectID("base")], hiding: [absent], in: try fixture.open())
    #expect(try ancestors.next()?.summary == "base")
    #expect(try ancestors.next() == nil)
  }

  @Test func `wrong clocks neither lose nor repeat a commit`() throws {
    let fixture = try TestRepository {
      Commit("root", ["a": "0"], at: 5_000)
      Commit("late", on: "late", from: "main", ["b": "1"], at: 9_000)
      Commit("early", ["a": "1"], at: 10)
      Commit("early too", ["a": "2"], at: 5)
      Commit("merge", merging: "late", ["b": "1"], at: 1)
    }
    let found = try walk(fixture, ["merge", "root"])
    #expect(found == ["root", "merge", "late", "early too", "early"])
    #expect(try walk(fixture, ["merge"], hiding: ["late"]) == ["merge", "early too", "early"])
  }

  @Test func `a shallow clone ends at its boundary and says so`() throws {
    let fixture = try TestRepository {
      for number in 0..<5 { Commit("commit \(number)", ["a": "\(number)"]) }
    }
    let clone = fixture.beside("clone")
    try fixture.git("clone", "--quiet", "--depth=2", "file://" + fixture.path, clone)
    let repository = try fixture.open(in: clone)
    #expect(repository.isShallow)
    #expect(try repository.shallowBoundary == [fixture.objectID("commit 3")])
    var ancestors = Ancestors(of: [try fixture.objectID("commit 4")], in: repository)
    let first = try #require(try ancestors.next())
    let last = try #require(try ancestors.next())
    #expect(!first.isBoundary && first.parents == [last.id])
    #expect(last.isBoundary && last.parents == [])
    #expect(try ancestors.next() == nil)
    #expect(try repository.mergeBases(first.id, last.id) == [last.id])
    let error = try #require(throws: GitError.self) { try repository.commitID(of: "HEAD~3") }
    #expect(error.kind == .revisionNotFound)
    #expect(error.hint == "git fetch --unshallow")
  }

  @Test func `a commit that cannot be read is said once, and the rest is given`() throws {
    let fixture = try TestRepository {
      Commit("base", ["a": "1"])
      Commit("left", on: "left", from: "main", ["l": "1"])
      Commit("right", on: "right", from: "main", ["r": "1"])
      Commit("merge", on: "left", merging: "right")
    }
    let lost = fixture.id("right")
    try Command(
      "rm", ".git/objects/\(lost.prefix(2))/\(lost.dropFirst(2))", in: fixture.path
    ).succeed()
    var ancestors = Ancestors(of: [try fixture.objectID("merge")], in: try fixture.open())
    var found: [String] = []
    var failures: [GitError.Kind] = []
    var isOver = false
    while !isOver {
      do throws(GitError) {
        let commit = try ancestors.next()
        if let commit { found.append(commit.summary) }
        isOver = commit == nil
      } catch {
        failures.append(error.kind)
      }
    }
    #expect(found == ["merge", "left", "base"])
    #expect(failures == [.missingObject])
  }
}
