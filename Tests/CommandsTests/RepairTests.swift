import Foundation
import TestSupport
import Testing

/// `connref repair ID | git apply --index`, as a user types it.
@Suite struct RepairTests {
  private static let id = "1470f93ee416"
  private let flow = "solutions/Sales/Workflows/\(Sales.approve(Sales.old).fileName)"

  private func shell(
    _ fixture: TestRepository, _ script: String, in folder: String? = nil
  ) throws -> RunOutcome {
    try Command("sh", "-c", script, in: folder ?? fixture.path).setting(["PATH": Tool.path]).run()
  }

  private func withRows() throws -> TestRepository {
    let rows = ["config/prod.json": Sales.settings([Sales.old])]
    let fixture = try TestRepository {
      Commit("base", Sales.base.files().merging(rows) { $1 })
    }
    try fixture.stage(Sales.recreated.files())
    return fixture
  }

  @Test func `a pipe to git fixes what is staged, and the check is silent`() throws {
    let fixture = try TestRepository.withRecreation()
    let outcome = try shell(fixture, "connref repair \(Self.id) | git apply --index")
    #expect(outcome.status == 0)
    #expect(try fixture.connref("check").status == 0)
    #expect(
      try fixture.git("diff", "--cached", "--name-only") == "solutions/Sales/Other/Solution.xml")
    #expect(try fixture.git("diff", "--name-only") == "")
  }

  @Test func `the commit that the hook stopped goes through afterwards`() throws {
    let fixture = try TestRepository.withRecreation()
    #expect(try fixture.connref("install").status == 0)
    let commit = "git commit -m export"
    let stopped = try shell(fixture, commit)
    #expect(stopped.status == 1)
    #expect(stopped.said.contains("fix        connref repair \(Self.id) --apply\n"))
    #expect(try shell(fixture, "connref repair \(Self.id) -q | git apply --index").said == "")
    #expect(try shell(fixture, commit).status == 0)
  }

  @Test func `the patch and what goes with it`() throws {
    let fixture = try withRows()
    try expectSnapshot("repair", of: fixture.connref("repair", Self.id))
    try expectSnapshot("repair-forward", of: fixture.connref("repair", Self.id, "--forward"))
  }

  @Test func `a file that was only touched is no obstacle`() throws {
    let fixture = try withRows()
    let path = "\(fixture.path)/\(flow)"
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSince1970: 1_700_000_000)], ofItemAtPath: path)
    let outcome = try fixture.connref("repair", Self.id, "--apply")
    #expect(outcome.status == 0, "\(outcome.said)")
  }

  @Test func `what git has destroyed when it fails is put back`() throws {
    let fixture = try withRows()
    let tools = fixture.beside("tools")
    try FileManager.default.createDirectory(atPath: tools, withIntermediateDirectories: true)
    // As on a disk that is full: a file is gone, another has no content.
    let script = """
      #!/bin/sh
      [ "$1" = apply ] || exec /usr/bin/env PATH="$REAL" git "$@"
      rm '\(flow)'
      : > solutions/Sales/Other/Customizations.xml
      echo 'fatal: unable to write file: No space left on device' >&2
      exit 128
      """
    try Data(script.utf8).write(to: URL(filePath: "\(tools)/git"))
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: "\(tools)/git")
    let before = try fixture.git("status", "--porcelain")
    let outcome = try fixture.connref(
      "repair", Self.id, "--apply",
      environment: ["PATH": "\(tools):\(Tool.path)", "REAL": Tool.path])
    #expect(outcome.status == 2)
    #expect(
      outcome.said.contains(
        "could not apply the patch, and nothing is changed: fatal: unable to write file"))
    #expect(try fixture.git("status", "--porcelain") == before)
    #expect(try fixture.git("diff", "--name-only") == "")
  }

  /// Sales and Reports shared a reference, and have one of their own each.
  private func split() throws -> (fixture: TestRepository, id: String) {
    let own = Sales.Reference("rep_Files", "SharePoint Sales")
    let reports = Sales([], [Sales.remind(Sales.old)], name: "Reports")
    let rows = ["config/sales.prod.json", "config/reports.prod.json"].map {
      ($0, Sales.settings([Sales.old]))
    }
    let fixture = try TestRepository {
      Commit(
        "base",
        Sales.base.files().merging(reports.files()) { $1 }
          .merging(rows, uniquingKeysWith: { $1 }))
    }
    try fixture.stage(
      Sales.recreated.files().merging(
        Sales([own], [Sales.remind(own)], name: "Reports").files()
      ) { $1 })
    let found = try fixture.connref("check", "--format", "csv").stdout
      .split(whereSeparator: \.isNewline).dropFirst()
    #expect(found.count == 1, "one event")
    return (fixture, String(found.first?.prefix { $0 != "," } ?? ""))
  }

  @Test func `the row of each solution's file follows to its own reference`() throws {
    let (fixture, id) = try split()
    #expect(try fixture.connref("repair", id, "--forward", "--apply").status == 0)
    let sales = try fixture.git("show", ":config/sales.prod.json")
    #expect(sales.contains(Sales.new.name) && !sales.contains("rep_Files"))
    let reports = try fixture.git("show", ":config/reports.prod.json")
    #expect(reports.contains("rep_Files") && !reports.contains(Sales.new.name))
    #expect(try fixture.connref("settings", "check", "--release").status == 0)
  }

  @Test func `the row of a file that is another solution's by the configuration is left`() throws {
    let own = Sales.Reference("rep_Files", "Reports' own")
    let reports = Sales([own], [Sales.remind(own)], name: "Reports")
    let configuration: [String: TestFile] = [
      ".connref.yml": """
      environments:
        prod: {settings: [config/sales.json], solutions: [Sales]}
        reports: {settings: [config/reports.json], solutions: [Reports]}

      """,
      "config/sales.json": Sales.settings([Sales.old]),
      "config/reports.json": Sales.settings([Sales.old]),
    ]
    let fixture = try TestRepository {
      Commit(
        "base",
        Sales.base.files().merging(reports.files()) { $1 }.merging(configuration) { $1 })
    }
    try fixture.stage(Sales.recreated.files())
    let outcome = try fixture.connref("repair", "--forward", "--apply")
    #expect(outcome.status == 0, "\(outcome.said)")
    #expect(try fixture.git("show", ":config/sales.json").contains(Sales.new.name))
    #expect(try !fixture.git("show", ":config/reports.json").contains(Sales.new.name))
    #expect(outcome.said.contains("the row of 'config/reports.json' was left"))
  }

  @Test func `taken back, the other solution uses the shared reference again`() throws {
    let (fixture, id) = try split()
    #expect(try fixture.connref("repair", id, "--apply").status == 0)
    #expect(try fixture.connref("check").status == 0)
    #expect(try !fixture.git("grep", "--cached", "-c", Sales.old.name).isEmpty)
    let left = try Command("git", "grep", "--cached", "-q", "rep_Files", in: fixture.path).run()
    #expect(left.status == 1)
  }

  @Test func `what is accepted already is not to be accepted again`() throws {
    let fixture = try withRows()
    #expect(
      try fixture.connref("repair", Self.id, "--forward").stderr.contains(
        "connref accept \(Self.id)"))
    #expect(try fixture.connref("accept", Self.id, "--reason", "on purpose").status == 0)
    try fixture.git("add", "--all")
    let said = try fixture.connref("repair", Self.id, "--forward").stderr
    #expect(said.contains("the finding stays, since the old name is removed; it is accepted\n"))
    #expect(!said.contains("connref accept"))
  }

  @Test func `help`() throws {
    try expectSnapshot("help-repair", of: TestRepository().connref("repair", "--help"))
  }

  @Test func `the disk is fixed with --worktree`() throws {
    let fixture = try TestRepository { Commit("base", Sales.base.files()) }
    try fixture.write(Sales.recreated.files().mapValues { $0 })
    let check = try fixture.connref("check", "--worktree")
    #expect(check.stdout.contains("connref repair \(Self.id) --worktree --apply\n"))
    #expect(try shell(fixture, "connref repair \(Self.id) --worktree | git apply").status == 0)
    #expect(try fixture.connref("check", "--worktree").status == 0)
  }

  @Test func `what was found in the history is fixed as it is now`() throws {
    let fixture = try TestRepository {
      Commit("base", Sales.base.files())
      Commit("recreated", Sales.recreated.files())
      Commit("more", ["notes.md": "more"])
    }
    #expect(try shell(fixture, "connref repair \(Self.id) | git apply --index").status == 0)
    #expect(try fixture.git("diff", "HEAD~2", "--stat", "--", "solutions/Sales/Workflows") == "")
    try fixture.git("commit", "--quiet", "-m", "fixed")
    #expect(try fixture.connref("history").status == 0)
  }

  @Test func `nothing is printed where nothing can be fixed`() throws {
    let fixture = try withRows()
    for (arguments, status, said) in [
      (["ffffffffffff"], 2, "could not find 'ffffffffffff' in what is staged"),
      (["reference-recreated"], 64, "is not the id of a finding"),
      (["147"], 64, "'147' is too short: give at least four digits of the id"),
    ] {
      let outcome = try Tool.command(["repair"] + arguments, in: fixture.path).run()
      #expect(outcome.status == status)
      #expect(outcome.stdout == "")
      #expect(outcome.stderr.contains(said))
    }
  }

  @Test func `forward has nothing to do where all has followed`() throws {
    let outcome = try TestRepository.withRecreation().connref("repair", Self.id, "--forward")
    #expect(outcome.status == 2)
    #expect(outcome.stdout == "")
    #expect(
      outcome.stderr == """
        error: nothing in the repository was left behind: new_sharedsharepointonline_9d8e7 has all of it
        hint: what is left to do is in the environments: connref explain reference-recreated

        """)
  }

  @Test func `what git would refuse or pass over is said before`() throws {
    let fixture = try TestRepository.withRecreation()
    let below = try fixture.connref("repair", Self.id, in: fixture.path + "/solutions")
    #expect(below.stderr.contains("hint: run git apply at the top of the worktree: git -C '"))
    try fixture.write("{}", to: flow)
    #expect(
      try fixture.connref("repair", Self.id).stderr.contains(
        "hint: '\(flow)' differs from what is staged: use git apply --cached"))
  }

  @Test func `a name cannot forge a line or a command of a build server`() throws {
    let evil = Sales.Reference("new_sharedsharepointonline_a1b2c", "a\n##vso[task.complete]")
    let made = Sales.Reference("new_sharedsharepointonline_9d8e7", "a\n##vso[task.complete]")
    let fixture = try TestRepository {
      Commit("base", Sales([evil], [Sales.approve(evil)]).files())
    }
    try fixture.stage(Sales([made], [Sales.approve(made)]).files())
    let outcome = try fixture.connref("repair", Self.id)
    #expect(outcome.status == 0)
    #expect(!outcome.stderr.contains("##vso["))
  }

  @Test func `--apply changes the index and the files, and says what is left to do`() throws {
    let fixture = try withRows()
    let outcome = try fixture.connref("repair", "--apply")
    #expect(outcome.status == 0, "\(outcome.stderr)")
    #expect(outcome.stdout == "")
    try expectSnapshot("repair-apply", of: outcome)
    #expect(try fixture.connref("check").status == 0)
    #expect(try fixture.git("diff", "--name-only") == "")
  }

  @Test func `--apply refuses what git would, and changes nothing`() throws {
    let fixture = try TestRepository.withRecreation()
    try fixture.write("{}", to: flow)
    let before = try fixture.git("diff", "--cached")
    let outcome = try fixture.connref("repair", "1470", "--apply")
    #expect(outcome.status == 2)
    #expect(outcome.stderr.contains("'\(flow)' on the disk differs from what is staged"))
    #expect(try fixture.git("diff", "--cached") == before)
  }

  @Test func `--worktree --apply changes the files alone`() throws {
    let fixture = try TestRepository { Commit("base", Sales.base.files()) }
    try fixture.write(Sales.recreated.files().mapValues { $0 })
    #expect(try fixture.connref("repair", "--worktree", "--apply").status == 0)
    #expect(try fixture.connref("check", "--worktree").status == 0)
    #expect(try fixture.git("diff", "--cached", "--name-only") == "")
  }

  @Test func `without an id the only finding is repaired`() throws {
    let fixture = try TestRepository.withRecreation()
    #expect(try fixture.connref("repair").stdout.hasPrefix("diff --git"))
    #expect(try fixture.connref("repair", "--apply", "-q").said == "")
    let again = try fixture.connref("repair", "--apply")
    #expect(again.status == 2)
    #expect(again.stderr.contains("nothing to repair in what is staged"))
  }

  @Test func `a finding that was fixed has nothing left to repair`() throws {
    let lost = Sales([Sales.old], [Sales.approve(Sales.other)])
    let fixture = try TestRepository {
      Commit("base", Sales.base.files())
      Commit("lost", lost.files())
      Commit("back", Sales.base.files())
      Commit("more", ["notes.md": "more"])
    }
    let check = try fixture.connref("check", "HEAD~3..HEAD~2", "--format", "csv")
    let id = try #require(
      check.stdout.split(whereSeparator: \.isNewline).first { $0.contains("link-lost") }?
        .split(separator: ",").first)
    let outcome = try fixture.connref("repair", String(id))
    #expect(outcome.status == 2)
    #expect(outcome.stderr.contains("nothing left to repair"), "\(outcome.stderr)")
  }

  @Test func `--declare writes a plan, and the change is a note from then on`() throws {
    let fixture = try TestRepository.withRecreation()
    #expect(try fixture.connref("check").status == 1)
    let outcome = try fixture.connref(
      "repair", "1470", "--declare", "--reason", "wrong publisher: \"old\"")
    #expect(outcome.status == 0, "\(outcome.stderr)")
    #expect(
      try String(contentsOfFile: fixture.path + "/.connref.yml", encoding: .utf8) == """
        moved:
          - {from: new_sharedsharepointonline_a1b2c, to: new_sharedsharepointonline_9d8e7, \
        reason: "wrong publisher: \\"old\\""}

        """)
    try fixture.git("add", ".connref.yml")
    let check = try fixture.connref("check")
    #expect(check.status == 0)
    #expect(check.stdout.contains("note[reference-recreated]"))
  }
}
