import TestSupport
import Testing

/// Which branches are broken, and what is said of them.
@Suite struct BranchesTests {
  private func repository() throws -> TestRepository {
    try TestRepository {
      Commit("base", Sales.base.files())
      Commit("fine", on: "fine", from: "main", ["docs/b.md": "1"])
      Commit("first", on: "broken", from: "main", ["docs/c.md": "1"])
      Commit("again", on: "broken", Sales.recreated.files())
      Commit("later", on: "broken", ["docs/c.md": "2"])
      Commit("docs", ["docs/a.md": "1"])
    }
  }

  @Test func `every branch is told of, with what broke it since when`() throws {
    let fixture = try repository()
    let outcome = try fixture.connref("branches")
    #expect(outcome.status == 1)
    try expectSnapshot("branches", of: outcome)
    #expect(outcome.stdout.contains("since \(fixture.id("again").prefix(10)) by Ann Author"))
  }

  @Test func `as JSON and as markdown`() throws {
    let fixture = try repository()
    try expectSnapshot("branches-json", of: fixture.connref("branches", "--format", "json"))
    try expectSnapshot("branches-markdown", of: fixture.connref("branches", "--format", "markdown"))
  }

  @Test func `a mended branch is clean`() throws {
    let fixture = try repository()
    try fixture.git("checkout", "--quiet", "broken")
    try fixture.stage(Sales.base.files())
    try fixture.git("commit", "--quiet", "-m", "mended")
    #expect(try fixture.connref("branches").status == 0)
  }

  @Test func `remote branches are compared too`() throws {
    let fixture = try repository()
    let clone = fixture.beside("clone")
    try fixture.git("clone", "--quiet", fixture.path, clone)
    let outcome = try fixture.connref("branches", in: clone)
    #expect(outcome.status == 1)
    #expect(outcome.stdout.contains("origin/broken  flagged"))
    #expect(!outcome.stdout.contains("origin/HEAD"))
    #expect(outcome.stderr.hasSuffix("checked 4 branches against 'origin/main': 1 flagged\n"))
  }

  @Test func `a branch without a common commit could not be told`() throws {
    let fixture = try repository()
    try fixture.git("branch", "--quiet", "-D", "broken")
    try fixture.git("checkout", "--quiet", "--orphan", "alone")
    try fixture.git("commit", "--quiet", "-m", "alone")
    let outcome = try fixture.connref("branches", "--main", "main")
    #expect(outcome.status == 2)
    #expect(outcome.stdout.contains("no commit in common with 'main'"))
  }

  @Test func `a bare repository is compared with its HEAD`() throws {
    let fixture = try repository()
    let bare = fixture.beside("bare.git")
    try fixture.git("clone", "--quiet", "--bare", fixture.path, bare)
    try fixture.git("--git-dir", bare, "branch", "-m", "main", "trunk")
    let outcome = try fixture.connref("branches", in: bare)
    #expect(outcome.status == 1)
    #expect(outcome.stderr.contains("checked 3 branches against 'trunk': 1 flagged"))
  }

  @Test func `an empty repository has no branch`() throws {
    let outcome = try TestRepository().connref("branches")
    #expect(outcome.status == 0)
    #expect(outcome.stderr == "checked 0 branches: nothing to stop for\n")
  }
}
