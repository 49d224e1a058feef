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

  @Test func `every branch is reported, with what broke it since when`() throws {
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

  @Test func `a branch has a finding since one of its own commits, never since one of main`() throws
  {
    let fixture = try TestRepository {
      Commit(
        "root",
        Sales.recreated.files().merging(["prod.json": Sales.settings([Sales.old])]) { $1 })
      Commit("start", on: "topic", from: "main", ["docs/a.md": "1"])
      Commit("moved", on: "main", Sales.base.files())
    }
    try fixture.git("checkout", "--quiet", "topic")
    try fixture.git("merge", "--quiet", "--strategy", "ours", "-m", "kept", "main")
    let outcome = try fixture.connref("branches", "--details")
    let merge = try fixture.git("rev-parse", "topic")
    #expect(outcome.stdout.contains("since \(merge.prefix(10))"))
  }

  @Test func `the fix of a branch that is not checked out works as it is printed`() throws {
    let fixture = try repository()
    let fix = try fixture.connref("branches").stdout.split(separator: "\n").map(String.init)
      .compactMap { line in
        ["git switch ", "connref repair "].lazy.compactMap { line.firstRange(of: $0) }.first
          .map { String(line[$0.lowerBound...]) }
      }
    #expect(fix.first == "git switch broken")
    #expect(fix.count == 2)
    let typed = Command("sh", "-c", fix.joined(separator: " && "), in: fixture.path)
    #expect(try typed.setting(["PATH": Tool.path]).run().status == 0)
    #expect(try fixture.connref("check").status == 0)
    // There, the command alone is enough.
    #expect(try !fixture.connref("branches").stdout.contains("git switch"))
  }

  @Test func `a fixed branch is clean`() throws {
    let fixture = try repository()
    try fixture.git("checkout", "--quiet", "broken")
    try fixture.stage(Sales.base.files())
    try fixture.git("commit", "--quiet", "-m", "fixed")
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

  @Test func `a branch without a common commit is compared with nothing`() throws {
    let fixture = try repository()
    try fixture.git("branch", "--quiet", "-D", "broken")
    try fixture.git("checkout", "--quiet", "--orphan", "alone")
    try fixture.git("commit", "--quiet", "-m", "alone")
    let outcome = try fixture.connref("branches", "--main", "main")
    #expect(outcome.status == 0)
    #expect(
      outcome.stdout.contains("no commit in common with 'main', and was compared with nothing"))
  }

  @Test func `what is open on the main branch is reported, with the line of each branch first`()
    throws
  {
    let behind = Sales([Sales.new], [Sales.approve(Sales.new), Sales.remind(Sales.old)])
    let both = Sales([Sales.old], [Sales.approve(Sales.old), Sales.remind(Sales.old)])
    let fixture = try TestRepository {
      Commit("base", both.files())
      Commit("again", behind.files())
      Commit("topic", on: "topic", from: "main", ["docs/a.md": "1"])
    }
    let outcome = try fixture.connref("branches")
    #expect(outcome.status == 1)
    let overview = outcome.lines.prefix(2).map { $0.split(separator: " ").joined(separator: " ") }
    #expect(overview.first == "main the main branch, flagged 1 error")
    #expect(overview.last?.hasPrefix("topic clean") == true)
    #expect(outcome.stdout.contains("\nerror[reference-recreated] solutions/Sales/Other"))
    #expect(outcome.stdout.contains(" on           main, since \(fixture.id("again").prefix(10))"))
    try fixture.stage(both.files())
    try fixture.git("commit", "--quiet", "-m", "reverted")
    #expect(try fixture.connref("branches").status == 0)
  }

  @Test func `a branch whose tip is missing or torn is named with what corrects it`() throws {
    let fixture = try repository()
    let tip = try fixture.git("commit-tree", "-p", "main", "-m", "lost", "main^{tree}")
    try fixture.git("update-ref", "refs/heads/lost", tip)
    let script = "rm -f .git/objects/\(tip.prefix(2))/\(tip.dropFirst(2)); : >.git/refs/heads/torn"
    try fixture.command("sh", arguments: ["-c", script]).succeed()
    try fixture.git("branch", "--quiet", "-D", "broken")
    for command in ["branches", "history"] {
      let outcome = try fixture.connref(command)
      #expect(outcome.status == 2)
      // The text is wrapped.
      let words = outcome.said.split { $0 == " " || $0 == "\n" }.joined(separator: " ")
      for name in ["lost", "torn"] {
        #expect(words.contains("git update-ref -d refs/heads/\(name)"))
      }
    }
  }

  @Test func `a configuration that leaves nothing to look at makes the result unknown`() throws {
    let fixture = try TestRepository {
      Commit(
        "base", Sales.base.files().merging([".connref.yml": "solutions: [solution/**]\n"]) { $1 })
      Commit("again", on: "topic", from: "main", Sales.recreated.files())
    }
    let outcome = try fixture.connref("branches")
    #expect(outcome.status == 2)
    #expect(outcome.stdout.contains("'solution/**' of 'solutions' matches no file"))
  }

  @Test func `branches of a repository that lost its solution are unknown`() throws {
    let fixture = try TestRepository {
      Commit("base", Sales.base.files())
      Commit("gone", Sales.base.files().mapValues { _ in nil })
    }
    let outcome = try fixture.connref("branches")
    #expect(outcome.status == 2)
    #expect(outcome.said.contains("error: no branch has a solution"))
    #expect(!outcome.said.contains("no problems found"))
  }

  @Test func `a policy of the main branch that cannot be read is reported`() throws {
    let fixture = try TestRepository {
      Commit("base", Sales.base.files().merging([".connref.yml": "rules: [\n"]) { $1 })
      Commit("again", on: "broken", from: "main", Sales.recreated.files())
      Commit("fixed", on: "fixed", from: "main", [".connref.yml": "main: main\n"])
    }
    let outcome = try fixture.connref("branches")
    #expect(outcome.status == 1)
    #expect(outcome.stdout.contains("could not read '.connref.yml' line "))
    try fixture.git("branch", "--quiet", "-D", "broken")
    #expect(try fixture.connref("branches").status == 2)
    try fixture.git("merge", "--quiet", "fixed")
    #expect(try fixture.connref("branches").status == 0)
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
    #expect(outcome.stderr == "checked 0 branches: no problems found\n")
  }

  @Test func `names with quotes and marks, and what is no commit, are only text`() throws {
    let fixture = try repository()
    try fixture.git("branch", "-m", "broken", "a'\"$(x);##vso\u{202e}")
    let blob = try fixture.git("hash-object", "-w", "--stdin", input: "1")
    try fixture.git("update-ref", "refs/remotes/x/blob", blob)
    try fixture.git("tag", "-a", "-m", "tag", "v1")
    try fixture.git("update-ref", "refs/remotes/x/tag", "v1")
    let outcome = try fixture.connref("branches")
    #expect(outcome.status == 1)
    #expect(outcome.stdout.contains("a'\"$(x);#\\u{23}vso\\u{202e}  flagged"))
    #expect(outcome.stdout.contains("x/blob") && outcome.stdout.contains("it leads to no commit"))
    #expect(outcome.stderr.hasSuffix(": could not tell because of 1 problem, 1 flagged\n"))
  }
}
