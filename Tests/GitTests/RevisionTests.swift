import Git
import TestSupport
import Testing

@Suite struct RevisionTests {
  private func fixture() throws -> TestRepository {
    let fixture = try TestRepository {
      Commit("base", ["a": "1"])
      Commit("side", on: "side", from: "main", ["b": "2"])
      Commit("merge", merging: "side", ["b": "2"])
    }
    try fixture.git("tag", "light", "side")
    try fixture.git("tag", "-a", "-m", "told", "annotated", "side")
    try fixture.git("tag", "-a", "-m", "twice", "of-a-tag", "annotated")
    try fixture.git("tag", "file", "main:a")
    try fixture.git("update-ref", "refs/remotes/origin/main", "main~1")
    try fixture.git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/main")
    return fixture
  }

  @Test(arguments: [
    "main", "HEAD", "@", "main~1", "main^2", "HEAD^{/side}", "light", "annotated", "of-a-tag",
    "origin/main", "origin", "refs/heads/side", "main@{0}", "@~1", "@^2", "@{0}",
  ])
  func `a revision is what git takes it for`(revision: String) throws {
    let fixture = try fixture()
    let byGit = try fixture.git("rev-parse", revision + "^{commit}")
    #expect(try fixture.open().commitID(of: revision).hex == byGit)
  }

  @Test func `an abbreviated id is found`() throws {
    let fixture = try fixture()
    #expect(
      try fixture.open().commitID(of: String(fixture.id("side").prefix(8)))
        == fixture.objectID("side"))
  }

  @Test func `a revision that does not exist says so`() throws {
    let fixture = try fixture()
    let error = try #require(throws: GitError.self) { try fixture.open().commitID(of: "nope") }
    #expect(
      error
        == GitError(
          .revisionNotFound, "could not find revision 'nope'"))
    let ofFile = try #require(throws: GitError.self) { try fixture.open().commitID(of: "file") }
    #expect(ofFile.kind == .revisionNotFound)
  }

  @Test(arguments: ["c9", "abc"])
  func `a short word of hexadecimal digits is no more than not found`(revision: String) throws {
    let error = try #require(throws: GitError.self) { try fixture().open().commitID(of: revision) }
    #expect(error == GitError(.revisionNotFound, "could not find revision '\(revision)'"))
  }

  @Test func `references lead to their commits`() throws {
    let fixture = try fixture()
    let found = try fixture.open().references()
    let byGit = try fixture.git("for-each-ref", "--format=%(refname) %(refname:short)")
    #expect(
      found.map { "\($0.name) \($0.shortName)" }
        == byGit.split(separator: "\n").map {
          // git shortens this one further than libgit2.
          $0 == "refs/remotes/origin/HEAD origin"
            ? "refs/remotes/origin/HEAD origin/HEAD" : String($0)
        })
    let byName = Dictionary(uniqueKeysWithValues: found.map { ($0.shortName, $0.commit) })
    #expect(try byName["of-a-tag"] == fixture.objectID("side"))
    #expect(try byName["origin/HEAD"] == fixture.objectID("base"))
    #expect(byName["file"] == .some(nil))
  }

  @Test func `packed references are found as well`() throws {
    let fixture = try fixture()
    let loose = try fixture.open().references()
    try fixture.git("pack-refs", "--all")
    #expect(try fixture.open().references() == loose)
    #expect(try fixture.open().head().commit == fixture.objectID("merge"))
  }

  @Test func `replacements are not followed`() throws {
    let fixture = try fixture()
    try fixture.git("replace", "main", "side")
    let repository = try fixture.open()
    #expect(try repository.commit(fixture.objectID("merge")).summary == "merge")
  }
}
