import Foundation
import TestSupport
import Testing

/// The notes that hooks keep on the tips of broken branches.
@Suite struct FlagTests {
  private let repository: HookedRepository
  private var fixture: TestRepository { repository.fixture }

  init() throws { repository = try .withBrokenBranch() }

  /// The commits that carry a note.
  private func flagged(in folder: String? = nil) throws -> [String] {
    let outcome = try Command("git", "notes", "--ref=connref", "list", in: folder ?? fixture.path)
      .run()
    return outcome.lines.map { String($0.split(separator: " ").last ?? "") }
  }

  private func breakMain() throws {
    try fixture.stage(Sales.recreated.files())
    #expect(try repository.git("commit", "--no-verify", "-m", "again").status == 0)
  }

  @Test func `a broken commit flags its branch`() throws {
    try breakMain()
    #expect(try flagged() == [repository.tip()])
    let text = try fixture.git("log", "-1", "--format=%N", "--notes=connref")
    #expect(text.contains("\"branch\" : \"refs/heads/main\""))
    #expect(text.contains("\"rule\" : \"reference-recreated\""))
    #expect(text.contains("\"base\" : \"\(fixture.id("docs"))\""))
    #expect(text.contains("\"since\" : \"\(try repository.tip())\""))
  }

  @Test func `the flag follows the branch`() throws {
    try breakMain()
    try fixture.stage("2", at: "docs/a.md")
    #expect(try repository.git("commit", "-m", "docs").status == 0)
    #expect(try flagged() == [repository.tip()])
  }

  @Test func `a fixed branch loses its flag`() throws {
    try breakMain()
    try fixture.stage(Sales.base.files())
    #expect(try repository.git("commit", "--no-verify", "-m", "fixed").status == 0)
    #expect(try flagged() == [])
  }

  @Test func `an amended commit that is fixed loses its flag`() throws {
    try fixture.stage("2", at: "docs/b.md")
    try breakMain()
    try fixture.stage(Sales.base.files())
    #expect(try repository.git("commit", "--amend", "--no-verify", "-m", "fine").status == 0)
    #expect(try flagged() == [])
  }

  @Test func `a branch beside the main one is judged from where it left`() throws {
    try fixture.git("checkout", "--quiet", "-b", "topic")
    #expect(try repository.git("cherry-pick", "broken").status == 0)
    try fixture.stage("2", at: "docs/a.md")
    #expect(try repository.git("commit", "-m", "docs").status == 0)
    #expect(try flagged() == [repository.tip()])
    #expect(try repository.git("reset", "--quiet", "--hard", "HEAD~1").status == 0)
  }

  @Test func `a pull and a rebase flag`() throws {
    #expect(try repository.git("merge", "--no-edit", "--no-verify", "broken").status == 0)
    #expect(try flagged() == [repository.tip()])
    try fixture.git("checkout", "--quiet", "-b", "topic", fixture.id("docs"))
    #expect(try repository.git("rebase", "broken").status == 0)
    #expect(try flagged().contains(repository.tip("main")))
  }

  @Test func `a broken branch that is rebased is flagged at its new tip`() throws {
    try fixture.git("checkout", "--quiet", "broken")
    let outcome = try repository.git("rebase", "main")
    #expect(outcome.status == 0)
    #expect(outcome.said.components(of: recreatedLine) == 1)
    #expect(outcome.said.contains("hint: to see it again: connref check --against main\n"))
    #expect(try flagged() == [repository.tip("broken")])
    #expect(try fixture.connref("check", "--against", "main").status == 1)
  }

  @Test func `a branch that is rebased onto a broken main branch is not flagged`() throws {
    try fixture.git("checkout", "--quiet", "-b", "topic", fixture.id("docs"))
    try fixture.stage("2", at: "docs/a.md")
    try fixture.git("commit", "--quiet", "--no-verify", "-m", "topic")
    try fixture.git("checkout", "--quiet", "main")
    try fixture.git("merge", "--quiet", "--no-edit", "--no-verify", "broken")
    try fixture.command("git", arguments: ["update-ref", "-d", "refs/notes/connref"]).succeed()
    try fixture.git("checkout", "--quiet", "topic")
    let outcome = try repository.git("rebase", "main")
    #expect(outcome.status == 0)
    #expect(outcome.said.contains("note: 'main' has it already: reference-recreated"))
    #expect(try flagged() == [])
  }

  @Test func `a push flags the server's branch, and a fixing one takes it away`() throws {
    let server = try repository.addRemote()
    try Tool.command(["install", "--hook", "post-receive"], in: server).succeed()
    try breakMain()
    #expect(try repository.git("push", "--no-verify", "origin", "main").status == 0)
    #expect(try flagged(in: server) == [repository.tip()])
    try fixture.stage(Sales.base.files())
    _ = try repository.git("commit", "--no-verify", "-m", "fixed")
    #expect(try repository.git("push", "--no-verify", "origin", "main").status == 0)
    #expect(try flagged(in: server) == [])
  }

  @Test func `innocent work writes no notes at all`() throws {
    try fixture.stage("2", at: "docs/a.md")
    #expect(try repository.git("commit", "-m", "docs").status == 0)
    #expect(try fixture.git("for-each-ref", "refs/notes") == "")
  }

  @Test func `a note of another origin stays`() throws {
    try fixture.git("notes", "--ref=connref", "add", "-m", "by hand", "broken")
    try fixture.git("checkout", "--quiet", "-b", "topic", fixture.id("base"))
    let outcome = try repository.git("merge", "broken")
    #expect(outcome.status == 0)
    #expect(
      outcome.said.contains("warning: could not flag the branch: a note that connref did not"))
    #expect(try fixture.git("notes", "--ref=connref", "show", "broken") == "by hand")
  }

  @Test func `many hooks at once lose no note`() throws {
    let count = 12
    var worktrees: [String] = []
    for number in 0..<count {
      let folder = fixture.beside("tree \(number)")
      try fixture.git("worktree", "add", "--quiet", "-b", "b\(number)", folder, "main")
      worktrees.append(folder)
    }
    let all = ["-0", "-P", "\(count)", "-I", "{}", "git", "-C", "{}", "cherry-pick", "broken"]
    try Command("xargs", arguments: all, in: fixture.path).setting(["PATH": Tool.path])
      .reading(worktrees.joined(separator: "\0").utf8).succeed()
    let tips = try worktrees.map { try repository.tip(in: $0) }
    #expect(Set(try flagged()) == Set(tips))
  }

  @Test func `notes that cannot be written are a warning`() throws {
    // A file where the folder of the reference would be: as good as a disk that takes nothing, and
    // true for root as well.
    try fixture.command("sh", arguments: ["-c", "mkdir -p .git/refs && : >.git/refs/notes"])
      .succeed()
    try fixture.stage(Sales.recreated.files())
    let outcome = try repository.git("commit", "--no-verify", "-m", "again")
    #expect(outcome.status == 0)
    #expect(outcome.said.contains("warning: could not write notes into 'refs/notes/connref'"))
  }
}
