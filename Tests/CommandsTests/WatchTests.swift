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

  @Test func `branches nobody checked are told, and only once`() throws {
    let first = try watch(shared)
    #expect(first.status == 1)
    #expect(changes(first) == ["broken new, flagged", "fine new, clean", "main new, main"])
    #expect(first.stdout.contains("\n  error[reference-recreated] Sales: 'SharePoint Sales' was"))
    let second = try watch(shared)
    #expect(second.status == 1)
    #expect(second.said == "")
  }

  @Test func `moved, forced, deleted and mended branches are noticed`() throws {
    _ = try watch(shared)
    try server("branch", "--force", "fine", fixture.id("again"))
    try server("branch", "--force", "broken", fixture.id("base"))
    #expect(changes(try watch(shared)) == ["broken forced, clean", "fine forced, flagged"])
    try server("branch", "--force", "broken", fixture.id("fine"))
    try server("branch", "-D", "fine")
    let outcome = try watch(shared)
    #expect(outcome.status == 0)
    #expect(changes(outcome) == ["broken moved, clean", "fine deleted, gone"])
  }

  @Test func `the main branch is compared with what it was, until it is mended`() throws {
    _ = try watch(shared)
    try server("branch", "--force", "main", fixture.id("again"))
    #expect(changes(try watch(shared)) == ["main moved, flagged"])
    let later = try fixture.git("commit-tree", "-p", "broken", "-m", "later", "broken^{tree}")
    try fixture.git("push", "--quiet", shared, "\(later):main")
    #expect(changes(try watch(shared)) == ["main moved, flagged"])
    let mended = try fixture.git("commit-tree", "-p", later, "-m", "mended", "main^{tree}")
    try fixture.git("push", "--quiet", shared, "\(mended):main")
    #expect(changes(try watch(shared)) == ["main moved, clean"])
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
    let file = fixture.beside("told.json")
    _ = try watch(shared, "--on-flag", "cat >>'\(file)'")
    let text = try String(contentsOfFile: file, encoding: .utf8)
    #expect(text.split(separator: "\n").count == 1)
    #expect(text.contains("\"shortName\": \"broken\"") && text.contains("\"state\": \"flagged\""))
  }

  @Test func `a command that fails is told and stops nothing`() throws {
    let outcome = try watch(shared, "--on-flag", "exit 3")
    #expect(outcome.stderr == "error: the command of --on-flag ended with 3\n")
    #expect(changes(outcome).count == 3)
  }

  @Test func `a repository that is gone holds up no other, and is seen again`() throws {
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
    #expect(outcome.stdout.contains("/clone: origin/news new, flagged"))
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
    try server("branch", "--force", "main", fixture.id("again"))
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

  @Test func `what it has seen outlives being killed`() throws {
    let state = fixture.beside("killed.json")
    for (name, status) in [("KILL", 137), ("TERM", 0), ("INT", 0)] as [(String, Int32)] {
      let outcome = try Command(
        "timeout",
        arguments: [
          "--preserve-status", "-s", name, "2", Tool.folder + "/connref", "watch", "--interval",
          "0.1", "--state", state, shared,
        ], in: fixture.path
      ).run()
      #expect(outcome.status == status)
      #expect(changes(outcome).count == (name == "KILL" ? 3 : 0))
    }
  }

  @Test func `a state of something else is not overwritten`() throws {
    try TestFile("mine").write(to: fixture.beside("state.json"))
    let outcome = try watch(shared)
    #expect(outcome.status == 2)
    #expect(outcome.stderr.contains("it is no state of a watcher"))
    #expect(try String(contentsOfFile: fixture.beside("state.json"), encoding: .utf8) == "mine")
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
