import Foundation
import TestSupport
import Testing

/// What a watcher notices of shared repositories.
@Suite struct WatchTests {
  private let fixture: TestRepository
  private let shared: String

  init() throws {
    fixture = try TestRepository {
      Commit("base", Sales.base.files())
      Commit("fine", on: "fine", from: "main", ["docs/b.md": "1"])
      Commit("again", on: "broken", from: "main", Sales.recreated.files())
    }
    shared = fixture.beside("shared.git")
    try fixture.git("clone", "--quiet", "--bare", fixture.path, shared)
  }

  private func watch(_ arguments: String...) throws -> RunOutcome {
    try Tool.command(
      ["watch", "--once", "--state", fixture.beside("state.json")] + arguments, in: fixture.path
    ).run()
  }

  private func server(_ arguments: String...) throws {
    try Command("git", arguments: ["--git-dir", shared] + arguments).succeed()
  }

  /// The lines about branches, without their times.
  private func changes(_ outcome: RunOutcome) -> [String] {
    outcome.lines.filter { !$0.hasPrefix(" ") }.compactMap {
      $0.components(separatedBy: ".git: ").last
    }
  }

  private func tip(_ name: String) -> String { String(fixture.id(name).prefix(10)) }

  @Test func `new branches are reported, and only once`() throws {
    let first = try watch(shared)
    #expect(first.status == 1)
    #expect(
      changes(first) == [
        "new branch 'broken' is flagged: 1 error", "new branch 'fine' has no problems",
        "new main branch 'main' has no problems",
      ])
    #expect(first.stdout.contains("\n  error[reference-recreated] Sales: 'SharePoint Sales' was"))
    let second = try watch(shared)
    #expect(second.status == 1)
    #expect(second.said == "")
  }

  @Test func `moved, forced, deleted and fixed branches are noticed`() throws {
    _ = try watch(shared)
    try server("branch", "--force", "fine", fixture.id("again"))
    try server("branch", "--force", "broken", fixture.id("base"))
    #expect(
      changes(try watch(shared)) == [
        "branch 'broken' was forced to \(tip("base")) and has no problems",
        "branch 'fine' was forced to \(tip("again")) and is flagged: 1 error",
      ])
    try server("branch", "--force", "broken", fixture.id("fine"))
    try server("branch", "-D", "fine")
    let outcome = try watch(shared)
    #expect(outcome.status == 0)
    #expect(
      changes(outcome) == [
        "branch 'broken' moved to \(tip("fine")) and has no problems", "branch 'fine' was deleted",
      ])
  }

  /// A main branch that re-created the reference and left a flow behind, and one that finished it.
  private func brokenMain() throws -> (repository: TestRepository, shared: String) {
    let behind = Sales([Sales.new], [Sales.approve(Sales.new), Sales.remind(Sales.old)])
    let both = Sales([Sales.old], [Sales.approve(Sales.old), Sales.remind(Sales.old)])
    let moved = Sales([Sales.new], [Sales.approve(Sales.new), Sales.remind(Sales.new)])
    let repository = try TestRepository {
      Commit("base", both.files())
      Commit("again", behind.files())
      Commit("later", ["docs/a.md": "1"])
      Commit("moved", on: "moved", from: "main", moved.files())
      Commit("reverted", on: "reverted", from: "main", both.files())
    }
    let shared = repository.beside("shared.git")
    try repository.git("clone", "--quiet", "--bare", "--single-branch", repository.path, shared)
    return (repository, shared)
  }

  private func watch(_ main: (repository: TestRepository, shared: String)) throws -> RunOutcome {
    try Tool.command(
      ["watch", "--once", "--state", main.repository.beside("state.json"), main.shared],
      in: main.repository.path
    ).run()
  }

  @Test(arguments: ["moved", "reverted"])
  func `the main branch is flagged from the first look on, until it is fixed`(by: String) throws {
    let main = try brokenMain()
    let first = try watch(main)
    #expect(first.status == 1)
    #expect(changes(first) == ["new main branch 'main' is flagged: 1 error"])
    let notes = ["--git-dir", main.shared, "notes", "--ref=connref", "list"]
    #expect(
      try Command("git", arguments: notes).succeed().stdout.contains(main.repository.id("later")))
    try main.repository.git("push", "--quiet", main.shared, "\(by):main")
    let fixed = try watch(main)
    #expect(fixed.status == 0)
    #expect(
      changes(fixed) == [
        "main branch 'main' moved to \(main.repository.id(by).prefix(10)) and has no problems"
      ])
    #expect(try Command("git", arguments: notes).succeed().stdout == "")
  }

  @Test func `a flag that could not be written is not called flagged, and is tried again`() throws {
    // A file where the folder of the reference would be.
    let notes = "\(shared)/refs/notes"
    try Command("sh", "-c", ": >'\(notes)'", in: fixture.path).succeed()
    let first = try watch(shared)
    #expect(first.status == 1)
    #expect(
      first.stdout.contains("'broken' is broken (1 error), but could not be flagged: could not"))
    #expect(try watch(shared).said == "")
    try Command("rm", notes, in: fixture.path).succeed()
    #expect(changes(try watch(shared)) == ["branch 'broken' is flagged: 1 error"])
    #expect(try watch(shared).said == "")
  }

  @Test func `a command that failed is tried again`() throws {
    let file = fixture.beside("reported.json")
    _ = try watch(shared, "--on-flag", "exit 3")
    let outcome = try watch(shared, "--on-flag", "cat >>'\(file)'")
    #expect(changes(outcome) == [])
    let text = try String(contentsOfFile: file, encoding: .utf8)
    #expect(text.split(separator: "\n").count == 1 && text.contains("\"shortName\": \"broken\""))
    _ = try watch(shared, "--on-flag", "cat >>'\(file)'")
    #expect(try String(contentsOfFile: file, encoding: .utf8) == text)
  }

  @Test func `a branch that cannot be read holds up no other`() throws {
    try Command("sh", "-c", ": >'\(shared)/refs/heads/torn'", in: fixture.path).succeed()
    try server("branch", "-D", "broken")
    let outcome = try watch(shared)
    #expect(outcome.status == 2)
    #expect(changes(outcome).count == 3)
    #expect(
      outcome.stdout.contains(
        "new branch 'torn' could not be checked: could not read 'refs/heads/torn': it holds no"))
    let again = try watch(shared)
    #expect(again.status == 2 && again.said == "")
  }

  @Test func `a repack is no news`() throws {
    _ = try watch(shared)
    try server("gc", "--quiet", "--prune=now")
    #expect(try watch(shared).said == "")
  }

  @Test func `flags are written and taken away`() throws {
    _ = try watch(shared)
    let notes = ["--git-dir", shared, "notes", "--ref=connref", "list"]
    let flagged = try Command("git", arguments: notes).succeed().stdout
    #expect(flagged.contains(fixture.id("again")))
    try server("branch", "--force", "broken", fixture.id("base"))
    _ = try watch(shared)
    #expect(try Command("git", arguments: notes).succeed().stdout == "")
  }

  @Test func `a command is given each branch that breaks, as JSON`() throws {
    let file = fixture.beside("reported.json")
    _ = try watch(shared, "--on-flag", "cat >>'\(file)'")
    let text = try String(contentsOfFile: file, encoding: .utf8)
    #expect(text.split(separator: "\n").count == 1)
    #expect(text.contains("\"shortName\": \"broken\"") && text.contains("\"state\": \"flagged\""))
  }

  @Test func `a command that fails is reported and stops nothing`() throws {
    let outcome = try watch(shared, "--on-flag", "exit 3")
    #expect(outcome.stderr == "error: the command of --on-flag ended with 3\n")
    #expect(changes(outcome).count == 3)
  }

  @Test func `an unreachable repository delays no other, and is seen again`() throws {
    let gone = fixture.beside("gone.git")
    let outcome = try watch(gone, shared)
    #expect(outcome.status == 1)
    #expect(outcome.stderr.contains("error: \(gone): could not open '\(gone)'"))
    #expect(changes(outcome).count == 3)
    try fixture.git("clone", "--quiet", "--bare", fixture.path, gone)
    #expect(changes(try watch(gone, shared)).count == 3)
  }

  @Test func `a fetch brings news, and one that fails holds up no other`() throws {
    let clone = fixture.beside("clone")
    let lost = fixture.beside("lost")
    for folder in [clone, lost] { try fixture.git("clone", "--quiet", shared, folder) }
    try Command("git", "remote", "set-url", "origin", "/nonexistent", in: lost).succeed()
    _ = try watch(clone, lost)
    try server("branch", "news", fixture.id("again"))
    let outcome = try watch("--fetch", lost, clone)
    #expect(outcome.stdout.contains("/clone: new branch 'origin/news' is flagged"))
    #expect(outcome.stderr.contains("error: \(lost): could not fetch: "))
  }

  @Test func `a fetch that fails alone is no pass`() throws {
    let clean = try TestRepository { Commit("base", SolutionFixture.base.files()) }
    let clone = fixture.beside("clone")
    try fixture.git("clone", "--quiet", clean.path, clone)
    #expect(try watch("--fetch", clone).status == 0)
    try Command("git", "remote", "set-url", "origin", "/nonexistent", in: clone).succeed()
    #expect(try watch("--fetch", clone).status == 2)
  }

  @Test func `a page of all repositories is kept current, and written only for news`() throws {
    let page = fixture.beside("page.html")
    let gone = fixture.beside("gone <b>.git")
    func text() throws -> String { try String(contentsOfFile: page, encoding: .utf8) }
    func file() throws -> Int? {
      try FileManager.default.attributesOfItem(atPath: page)[.systemFileNumber] as? Int
    }
    #expect(try watch(shared, gone, "--html", page).status == 1)
    let first = try text()
    #expect(first.contains("2 repositories, 1 with a flagged branch"))
    #expect(first.contains("<strong>flagged</strong>") && first.contains("shared.git</h2>"))
    #expect(first.contains("gone &lt;b&gt;.git</h2>\n<p class=\"notice\">could not open"))
    let old = try file()
    _ = try watch(shared, gone, "--html", page)
    #expect(try file() == old)
    #expect(try text() == first)
    try server("branch", "--force", "broken", fixture.id("base"))
    try server("branch", "--force", "fine", fixture.id("again"))
    _ = try watch(shared, gone, "--html", page)
    #expect(try text().contains("checked 3 branches against &#39;main&#39;: 1 flagged"))
    #expect(try file() != old)
  }

  @Test func `a page that cannot be written holds up no watching`() throws {
    let outcome = try watch(shared, "--html", fixture.beside("nowhere/page.html"))
    #expect(outcome.stderr.contains("/nowhere/page.html': no such file or directory\n"))
    #expect(changes(outcome).count == 3)
  }

  @Test func `a log of JSON has one document a line`() throws {
    let outcome = try watch("--log", "json", shared)
    #expect(outcome.lines.count == 3)
    for line in outcome.lines {
      let value = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      #expect(value?["command"] as? String == "watch")
    }
  }

  @Test func `what it has seen survives being killed`() throws {
    let (state, page) = (fixture.beside("killed.json"), fixture.beside("page.html"))
    // The page is written at the end of each round.
    let script = """
      rm -f "$3"
      { until [ -e "$3" ]; do sleep 0.1; done; kill -s "$0" $$; } &
      exec "$1" watch --interval 0.1 --state "$2" --html "$3" "$4"
      """
    for (name, status) in [("KILL", 137), ("TERM", 0), ("INT", 0)] as [(String, Int32)] {
      let outcome = try Command(
        "sh", arguments: ["-c", script, name, Tool.folder + "/connref", state, page, shared],
        in: fixture.path
      ).run()
      #expect(outcome.status == status)
      #expect(changes(outcome).count == (name == "KILL" ? 3 : 0))
    }
  }

  @Test func `a damaged state is set aside, and everything is looked at again`() throws {
    for number in ["damaged", "damaged.1"] {
      try TestFile("mine").write(to: fixture.beside("state.json"))
      let outcome = try watch(shared)
      #expect(outcome.status == 1)
      #expect(changes(outcome).count == 3)
      #expect(
        outcome.stderr.contains("state.json' is damaged and was set aside as 'state.json.\(number)")
      )
      let aside = fixture.beside("state.json.\(number)")
      #expect(try String(contentsOfFile: aside, encoding: .utf8) == "mine")
    }
    #expect(try watch(shared).said == "")
  }

  @Test func `two watchers of one repository lose no flag`() throws {
    let files = ["one", "two"].map { fixture.beside($0 + ".json") }
    let all = ["-0", "-P", "2", "-I", "{}", "connref", "watch", "--once", shared, "--state", "{}"]
    _ = try Command("xargs", arguments: all, in: fixture.path).setting(["PATH": Tool.path])
      .reading(files.joined(separator: "\0").utf8).run()
    let notes = ["--git-dir", shared, "notes", "--ref=connref", "list", fixture.id("again")]
    #expect(try Command("git", arguments: notes).run().status == 0)
  }
}
