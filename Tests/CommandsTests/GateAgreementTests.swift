import Foundation
import TestSupport
import Testing

/// The findings of one event: the same in every command, and what is said once it is complete.
@Suite struct GateAgreementTests {
  private func findings(_ outcome: RunOutcome) throws -> [[String: Any]] {
    let object = try JSONSerialization.jsonObject(with: Data(outcome.stdoutBytes))
    let report = try #require(object as? [String: Any])
    if let branches = report["branches"] as? [[String: Any]] {
      return branches.flatMap { $0["findings"] as? [[String: Any]] ?? [] }
    }
    return report["findings"] as? [[String: Any]] ?? []
  }

  private func outcomes(_ outcome: RunOutcome) throws -> [String] {
    try findings(outcome).map {
      "\($0["rule"] as? String ?? "") \($0["outcome"] as? String ?? "null")"
    }
  }

  private func completed() throws -> TestRepository {
    try TestRepository {
      Commit("base", Sales.base.files())
      Commit("again", Sales.recreated.files())
    }
  }

  @Test func `a completed event is listed for the main branch, and does not fail it`() throws {
    let fixture = try completed()
    let outcome = try fixture.connref("branches")
    #expect(outcome.status == 0)
    let words = outcome.stdout.split { $0 == " " || $0 == "\n" }.joined(separator: " ")
    #expect(words.contains("the main branch 1 completed"))
    #expect(words.contains("Completed on main: bind the new name in every environment"))
    #expect(words.contains("\(Sales.new.name) was \(Sales.old.name), since"))
    #expect(
      try outcomes(fixture.connref("branches", "--format", "json"))
        == ["reference-recreated completed"])
    let details = try fixture.connref("branches", "--details").stdout
    #expect(details.contains("completed: bind the new name in every environment"))
  }

  @Test func `what was found on the main branch names the commit and the one before`() throws {
    let behind = Sales([Sales.new], [Sales.approve(Sales.old)])
    let fixture = try TestRepository {
      Commit("base", Sales.base.files())
      Commit("again", behind.files())
    }
    let outcome = try fixture.connref("branches")
    #expect(outcome.status == 1)
    #expect(outcome.stdout.contains("in \(fixture.id("base").prefix(10))"))
    #expect(outcome.stdout.contains("in \(fixture.id("again").prefix(10))"))
    #expect(!outcome.stdout.contains(" in main"))
  }

  @Test func `check, branches and watch say in JSON what became of it`() throws {
    let behind = Sales([Sales.new], [Sales.approve(Sales.old)])
    let fixture = try TestRepository {
      Commit("base", Sales.base.files())
      Commit("again", on: "topic", from: "main", behind.files())
    }
    #expect(
      try outcomes(fixture.connref("check", "main...topic", "--format", "json"))
        .contains("reference-recreated open"))
    #expect(
      try outcomes(fixture.connref("branches", "--format", "json"))
        == ["reference-recreated open"])
    let watched = try fixture.connref(
      "watch", ".", "--once", "--log", "json", "--state", fixture.beside("state.json"))
    #expect(watched.status == 1)
    #expect(watched.stdout.contains("\"outcome\": \"open\""))
  }

  @Test func `what was approved is accepted, in JSON too`() throws {
    let fixture = try TestRepository.withRecreation()
    let id = try #require(
      try findings(fixture.connref("check", "--format", "json")).first {
        $0["rule"] as? String == "reference-recreated"
      }?["id"] as? String)
    #expect(try fixture.connref("accept", id, "--reason", "r").status == 0)
    try fixture.git("add", "--all")
    let outcome = try fixture.connref("check", "--format", "json")
    #expect(outcome.stdout.contains("\"outcome\": \"accepted\""))
  }

  @Test func `an approval also accepts the warnings that its event leaves`() throws {
    let behind = Sales([Sales.new], [Sales.approve(Sales.old)])
    let fixture = try TestRepository { Commit("base", Sales.base.files()) }
    try fixture.stage(behind.files())
    let id = try #require(
      try findings(fixture.connref("check", "--format", "json")).first {
        $0["rule"] as? String == "reference-recreated"
      }?["id"] as? String)
    #expect(try fixture.connref("audit", "--fail-on", "warning").status == 1)
    let accepted = try fixture.connref("accept", id, "--reason", "r")
    #expect(accepted.stderr.contains("link-unresolved"))
    #expect(try fixture.connref("audit", "--fail-on", "warning").status == 0)
  }

  @Test func `an approval takes over nothing of other references, and no row`() throws {
    let gone = Sales.archive(Sales.Reference("sales_Gone", ""))
    let settings = ["config/prod.json": Sales.settings([Sales.other])]
    let before = Sales([Sales.old, Sales.other], [Sales.approve(Sales.old), gone])
    let after = Sales([Sales.new, Sales.other], [Sales.approve(Sales.new), gone])
    let fixture = try TestRepository {
      Commit("base", before.files().merging(settings) { $1 })
    }
    try fixture.stage(after.files())
    let id = try #require(
      try findings(fixture.connref("check", "--format", "json")).first {
        $0["rule"] as? String == "reference-recreated"
      }?["id"] as? String)
    #expect(try fixture.connref("accept", id, "--reason", "r").status == 0)
    let left = try findings(fixture.connref("audit", "--format", "json")).compactMap {
      $0["rule"] as? String
    }
    #expect(left.contains("link-unresolved"))
    #expect(left.contains("settings-incomplete"))
  }

  @Test func `settings without a solution make the result unknown`() throws {
    let fixture = try TestRepository {
      Commit("base", ["config/prod.json": Sales.settings([Sales.old])])
    }
    let outcome = try fixture.connref("settings", "check")
    #expect(outcome.status == 2)
    #expect(outcome.stderr.contains("no solution was found here"))
  }

  @Test func `a plan that is no longer needed is reported like an unused approval`() throws {
    let plan = """
      moved:
        - {from: \(Sales.old.name), to: \(Sales.new.name), reason: wrong publisher}
      retired: [{name: sales_Long_gone}]

      """
    let fixture = try TestRepository {
      Commit("base", Sales.base.files().merging([".connref.yml": TestFile(plan)]) { $1 })
    }
    func reported() throws -> [String] {
      try findings(fixture.connref("audit", "--format", "json")).filter {
        $0["rule"] as? String == "approval-unused"
      }.compactMap { $0["summary"] as? String }
    }
    #expect(try reported() == ["the plan to remove sales_Long_gone is no longer needed"])
    try fixture.write(Sales.recreated.files())
    #expect(try reported().count == 2)
  }

  /// The remote has a commit on `main` that was never fetched.
  private func pushed(_ files: [String: TestFile]) throws -> RunOutcome {
    let fixture = try TestRepository { Commit("base", files) }
    let remote = fixture.beside("remote.git")
    try fixture.git("clone", "--quiet", "--bare", fixture.path, remote)
    let later = try fixture.git("commit-tree", "-p", "main", "-m", "later", "main^{tree}")
    try fixture.git("push", "--quiet", remote, "\(later):refs/heads/main")
    try fixture.command(
      "sh", arguments: ["-c", "rm .git/objects/\(later.prefix(2))/\(later.dropFirst(2))"]
    ).succeed()
    #expect(try fixture.connref("install").status == 0)
    return try fixture.command("git", arguments: ["push", remote, "+main:main"])
      .setting(["PATH": Tool.path]).run()
  }

  @Test func `a forced push over what was never fetched is stopped where there is a solution`()
    throws
  {
    let stopped = try pushed(Sales.base.files())
    #expect(stopped.status != 0)
    #expect(stopped.stderr.contains("was never fetched"))
    let passed = try pushed(["docs/a.md": "1"])
    #expect(passed.status == 0, "\(passed.stderr)")
  }

  @Test func `the lock of a flag's writer that was killed is taken away`() throws {
    let fixture = try TestRepository.withRecreation()
    try fixture.git("commit", "--quiet", "--no-verify", "-m", "again")
    let lock = ".git/refs/notes/connref.lock"
    let script = "mkdir -p .git/refs/notes && : >\(lock) && touch -d '2 minutes ago' \(lock)"
    try fixture.command("sh", arguments: ["-c", script]).succeed()
    let outcome = try fixture.connref("hook", "post-commit")
    #expect(!outcome.stderr.contains("could not write notes"), "\(outcome.stderr)")
    #expect(try fixture.git("notes", "--ref=connref", "list") != "")
    #expect(try fixture.command("ls", arguments: [".git/refs/notes"]).run().stdout == "connref\n")
  }
}
