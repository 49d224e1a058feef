import TestSupport
import Testing

/// `connref repair --all`: what a newcomer types who has several findings.
@Suite struct RepairAllTests {
  private static let mail = Sales.Reference("sales_Mail_1a2b3", "Mail", "shared_office365")
  private static let mailAgain = Sales.Reference("sales_Mail_4c5d6", "Mail", "shared_office365")
  private let rows = "config/prod.json"
  private let archive = "solutions/Sales/Workflows/\(Sales.archive(Sales.new).fileName)"

  private var base: [String: TestFile] {
    Sales([Sales.old, Self.mail], [Sales.approve(Sales.old), Sales.remind(Self.mail)]).files()
      .merging([rows: Sales.settings([Sales.old, Self.mail])]) { $1 }
  }

  /// Both references were re-created, and the rows of one of them.
  private var recreated: [String: TestFile] {
    Sales(
      [Sales.new, Self.mailAgain], [Sales.approve(Sales.new), Sales.remind(Self.mailAgain)]
    ).files().merging([rows: Sales.settings([Sales.new, Self.mail])]) { $1 }
  }

  /// The same, and a flow with an action whose connection it does not list.
  private var withBrokenFlow: [String: TestFile] {
    let flow = Sales.archive(Sales.new)
    return Sales(
      [Sales.new, Self.mailAgain],
      [Sales.approve(Sales.new), Sales.remind(Self.mailAgain), flow]
    ).files().replacing("\"connectionName\": \"\(Sales.new.connector)\"", in: archive)
      .merging([rows: Sales.settings([Sales.new, Self.mail])]) { $1 }
  }

  private func staged(_ files: [String: TestFile]) throws -> TestRepository {
    let fixture = try TestRepository { Commit("base", base) }
    try fixture.stage(files.mapValues { $0 })
    return fixture
  }

  private func id(of name: String, in fixture: TestRepository) throws -> String {
    let lines = try fixture.connref("check", "--format", "csv").stdout
      .split(whereSeparator: \.isNewline).dropFirst()
    let line = try #require(lines.first { $0.contains(name) })
    return String(line.prefix { $0 != "," })
  }

  @Test func `every finding is repaired, and the files are as they were`() throws {
    let fixture = try staged(recreated)
    let outcome = try fixture.connref("repair", "--all", "--apply")
    #expect(outcome.status == 0, "\(outcome.stderr)")
    #expect(outcome.stdout == "")
    try expectSnapshot("repair-all-apply", of: outcome)
    #expect(try fixture.git("diff", "--cached", "--name-only") == "")
    #expect(try fixture.git("diff", "--name-only") == "")
    #expect(try fixture.connref("check").status == 0)
  }

  @Test func `without --apply there is one patch, and nothing changes`() throws {
    let fixture = try staged(recreated)
    let before = try fixture.git("diff", "--cached")
    let outcome = try fixture.connref("repair", "--all")
    #expect(outcome.status == 0)
    #expect(outcome.stderr.contains("the patch repairs 2 findings:\n"))
    #expect(outcome.stderr.hasSuffix("hint: to apply it: connref repair --all --apply\n"))
    #expect(try fixture.git("diff", "--cached") == before)
    let headers = outcome.stdout.split(separator: "\n").filter { $0.hasPrefix("diff --git") }
    #expect(headers.count == Set(headers).count, "one difference a file")
    try fixture.command("git", arguments: ["apply", "--index"])
      .reading(Array(outcome.stdout.utf8)).succeed()
    #expect(try fixture.connref("check").status == 0)
  }

  @Test func `what no patch can fix is listed with its fix, and the run ends with 1`() throws {
    let fixture = try staged(withBrokenFlow)
    let outcome = try fixture.connref("repair", "--all", "--apply")
    #expect(outcome.status == 1, "\(outcome.stderr)")
    #expect(outcome.stderr.contains("repaired 2 findings:\n"))
    #expect(outcome.stderr.contains("the check still reports: error[link-lost] \(archive):"))
    #expect(outcome.stderr.contains("\n  fix: "))
    let check = try fixture.connref("check")
    #expect(!check.stdout.contains("reference-recreated"))
    #expect(check.stdout.contains("link-lost"))
  }

  @Test func `--forward finishes every move, and says where there is none to finish`() throws {
    let fixture = try staged(recreated)
    let outcome = try fixture.connref("repair", "--all", "--forward", "--apply")
    #expect(outcome.status == 1, "the old names are removed")
    #expect(outcome.stderr.contains("repaired 1 finding:\n"))
    #expect(outcome.stderr.contains("    \(rows): the row\n"))
    #expect(outcome.stderr.contains("not repaired: error[reference-recreated] "))
    #expect(outcome.stderr.contains("nothing in the repository was left behind: \(Sales.new.name)"))
    #expect(try fixture.git("diff", "--cached", "--", rows).contains(Self.mailAgain.name))
    let none = try fixture.connref("repair", "--all", "--forward", "--apply")
    #expect(none.status == 2)
    #expect(none.stderr.contains("a patch can fix none of these findings: nothing was changed"))
  }

  @Test func `a planned move is finished and not taken back`() throws {
    let fixture = try staged(recreated)
    let id = try id(of: Self.mailAgain.name, in: fixture)
    #expect(try fixture.connref("repair", id, "--declare").status == 0)
    try fixture.git("add", "--all")
    let outcome = try fixture.connref("repair", "--all", "--apply")
    #expect(outcome.stderr.contains("repaired 2 findings:\n"))
    // The row follows, and nothing else is taken back.
    #expect(try fixture.git("diff", "--cached", "--", rows).contains(Self.mailAgain.name))
    #expect(try fixture.git("diff", "--cached", "--name-only").contains("Remindbuyer"))
  }

  @Test func `the hook that stops a commit names it`() throws {
    let fixture = try staged(recreated)
    #expect(try fixture.connref("install").status == 0)
    let commit = try fixture.command("git", arguments: ["commit", "-m", "export"])
      .setting(["PATH": Tool.path]).run()
    #expect(commit.status == 1)
    #expect(
      commit.said.contains("hint: to repair 2 of them in one go: connref repair --all --apply\n"))
  }

  @Test func `an accepted finding is left as it is`() throws {
    let fixture = try staged(recreated)
    let id = try id(of: Self.mailAgain.name, in: fixture)
    #expect(try fixture.connref("accept", id, "--reason", "planned").status == 0)
    try fixture.git("add", "--all")
    let outcome = try fixture.connref("repair", "--all")
    #expect(!outcome.said.contains(id))
    #expect(outcome.stderr.contains("the patch repairs 1 finding:\n"))
  }

  @Test func `--worktree repairs the files on the disk`() throws {
    let fixture = try TestRepository { Commit("base", base) }
    try fixture.write(recreated.mapValues { $0 })
    let check = try fixture.connref("check", "--worktree")
    #expect(
      check.stderr.contains(
        "hint: to repair 2 of them in one go: connref repair --all --worktree --apply\n"))
    #expect(try fixture.connref("repair", "--all", "--worktree", "--apply").status == 0)
    #expect(try fixture.git("status", "--porcelain") == "")
  }

  @Test func `a check names it where several findings can be repaired`() throws {
    let hint = "hint: to repair 2 of them in one go: connref repair --all --apply\n"
    #expect(try staged(recreated).connref("check").stderr.contains(hint))
    #expect(try !staged(recreated).connref("check", "--quiet").stderr.contains("--all"))
    #expect(try !TestRepository.withRecreation().connref("check").stderr.contains("--all"))
    #expect(
      try staged(recreated).connref("repair").stderr.contains(
        "2 findings can be repaired: say which one, or --all\n"))
  }

  @Test func `a run with nothing to repair does not look like a repair`() throws {
    let outcome = try TestRepository { Commit("base", base) }.connref("repair", "--all", "--apply")
    #expect(outcome.status == 2)
    #expect(outcome.stderr.contains("nothing to repair in what is staged"))
    #expect(try TestRepository.withRecreation().connref("repair", "1470", "--all").status == 64)
  }
}

extension [String: TestFile] {
  /// Puts an alias that the flow does not list in the place of `text`.
  fileprivate func replacing(_ text: String, in path: String) -> [String: TestFile] {
    var files = self
    files[path] = files[path]?.rewritten {
      $0.replacing(text, with: "\"connectionName\": \"shared_nowhere\"").utf8
    }
    return files
  }
}
