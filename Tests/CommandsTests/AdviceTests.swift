import Foundation
import TestSupport
import Testing

/// What a run that could not do its work says, and what it advises.
@Suite struct AdviceTests {
  private let fixture: TestRepository

  init() throws {
    fixture = try TestRepository { Commit("base", Sales.base.files()) }
  }

  private func said(_ arguments: String...) throws -> String {
    let outcome = try Tool.command(arguments, in: fixture.path).run()
    #expect(outcome.status == 2 || outcome.status == 64)
    return outcome.stderr
  }

  @Test(arguments: ["repair", "watch", "install"])
  func `an option that other commands have is no misspelling`(command: String) throws {
    let said = try said(command, "--format", "json")
    #expect(said.hasPrefix("error: connref \(command) has no --format\n"))
    #expect(!said.contains("did you mean"))
  }

  @Test func `what is no commit is called what it is`() throws {
    try fixture.git("tag", "folder", "HEAD^{tree}")
    #expect(try said("check", "folder..HEAD") == "error: 'folder' names a folder, not a commit\n")
    let file = "HEAD:solutions/Sales/Other/Solution.xml"
    #expect(try said("audit", file) == "error: '\(file)' names a file, not a commit\n")
    #expect(try said("check", "@{u}..HEAD").hasPrefix("error: branch 'main' has no upstream\n"))
  }

  @Test func `a range that a command does not take gets the one that it takes`() throws {
    #expect(
      try said("history", "main...HEAD").contains("not 'main...HEAD': connref history main..HEAD"))
    #expect(try said("check", "main^!").contains("hint: connref check main~1..main\n"))
  }

  @Test func `a file that is none is called so`() throws {
    #expect(try said("audit", "--config", "/dev/null").contains("it is not a regular file"))
    #expect(try said("audit", "--output", "").contains("'' is not a file"))
    try FileManager.default.createSymbolicLink(
      atPath: fixture.path + "/L.zip", withDestinationPath: "/dev/null")
    #expect(try said("audit", "L.zip").contains("is a symbolic link, which is never followed"))
    #expect(try said("audit", "/dev/null").contains("neither a folder nor a zip"))
  }

  @Test func `the beginning of an id that is too short is no rule`() throws {
    #expect(try said("explain", "14").contains("'14' is too short: give at least four digits"))
    #expect(try said("explain", "zzz").contains("there is no rule 'zzz'"))
  }

  @Test func `without a main branch one line holds for all branches`() throws {
    try fixture.git("branch", "--move", "main", "develop")
    try fixture.git("branch", "topic")
    let said = try said("branches")
    #expect(said.components(of: "there is no main branch to compare it with") == 1)
    #expect(
      said.contains("hint: connref branches --main develop, or main: develop in .connref.yml\n"))
  }

  @Test func `a file with a conflict is unmerged, and neither removed nor committed so`() throws {
    let path = "solutions/Sales/Other/Customizations.xml"
    let conflict = try TestRepository {
      Commit("base", Sales.base.files())
      Commit("other", on: "other", from: "base", Sales([Sales.other], []).files())
      Commit("again", on: "main", Sales.recreated.files())
    }
    try conflict.git("checkout", "--quiet", "--force", "main")
    _ = try conflict.command("git", arguments: ["merge", "other"]).run()
    let check = try conflict.connref("check")
    #expect(check.status == 2)
    #expect(check.stderr.contains("'\(path)': it is unmerged"))
    #expect(!check.stderr.contains("was removed"))
    #expect(!(try conflict.connref("audit").stderr.contains("committed")))
  }

  @Test func `the advice for an LFS pointer names the file`() throws {
    let pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:1\nsize 1\n"
    try fixture.write(TestFile(pointer), to: "solutions/Sales/Other/Customizations.xml")
    let said = try said("audit")
    #expect(said.contains("'solutions/Sales/Other/Customizations.xml -filter -diff -merge'"))
    #expect(said.contains("git add --renormalize solutions/Sales/Other/Customizations.xml"))
  }

  @Test func `a first commit that breaks is taken back by a command that works`() throws {
    let repository = try HookedRepository { Commit("base", Sales.base.files()) }
    try repository.fixture.git("checkout", "--quiet", "--orphan", "first")
    let flow = Sales.approve(Sales.old)
    let path = "solutions/Sales/Workflows/\(flow.fileName)"
    try repository.fixture.stage([path: TestFile("{")])
    let commit = try repository.git("commit", "--no-verify", "-m", "first")
    #expect(commit.said.contains("connref audit HEAD\n"))
    #expect(commit.said.contains("git update-ref -d HEAD\n"))
    #expect(try repository.git("update-ref", "-d", "HEAD").status == 0)
  }

  @Test func `what the main branch has is mentioned once in a merge`() throws {
    let repository = try HookedRepository {
      Commit("base", Sales.base.files())
      Commit("topic", on: "topic", from: "main", ["docs/b.md": "1"])
      Commit("again", Sales.recreated.files())
    }
    try repository.fixture.git("checkout", "--quiet", "topic")
    let merge = try repository.git("merge", "--no-edit", "main")
    #expect(merge.status == 0)
    #expect(merge.said.components(of: "note: 'main' has it already") == 1)
  }
}
