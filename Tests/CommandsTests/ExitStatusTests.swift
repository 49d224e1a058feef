import TestSupport
import Testing

/// 0 no problems found, 1 findings, 2 could not tell, 64 wrong usage.
@Suite struct ExitStatusTests {
  private func fixture() throws -> TestRepository {
    try TestRepository {
      Commit("base", Sales.base.files())
      Commit("again", Sales.recreated.files())
    }
  }

  @Test func `no problems found`() throws {
    let outcome = try fixture().connref("check")
    #expect(outcome.status == 0)
    #expect(outcome.stdout.hasPrefix("compared HEAD ("))
    #expect(
      outcome.stderr
        == "checked 2 revisions, no file of a solution differs: no problems found\n")
  }

  @Test(arguments: [["HEAD~1..HEAD"], ["HEAD~1...HEAD"], ["HEAD~1.."], ["--against", "HEAD~1"]])
  func `findings, however the revisions are named`(arguments: [String]) throws {
    let fixture = try fixture()
    let outcome = try Tool.command(["check"] + arguments, in: fixture.path).run()
    #expect(outcome.status == 1)
    #expect(outcome.stdout.hasPrefix("error[reference-recreated] "))
  }

  @Test func `an audit fails for what it is asked to fail for`() throws {
    let fixture = try fixture()
    #expect(try fixture.connref("audit").status == 0)
    #expect(try fixture.connref("audit", "--fail-on", "note").status == 1)
    #expect(try fixture.connref("audit", "nope").status == 2)
    #expect(try fixture.connref("audit", "--fail-on", "blunder").status == 64)
  }

  @Test(arguments: ["check", "list", "audit"])
  func `not a repository`(command: String) throws {
    let folder = try TemporaryFolder()
    let outcome = try Tool.command([command], in: folder.path).run()
    #expect(outcome.status == 2)
    #expect(outcome.stdout == "")
    #expect(outcome.stderr.hasPrefix("error: could not find a git repository in '"))
  }

  @Test func `another repository can be named`() throws {
    let fixture = try fixture()
    let folder = try TemporaryFolder()
    let arguments = ["check", "--repository", fixture.path, "HEAD~1..HEAD"]
    #expect(try Tool.command(arguments, in: folder.path).run().status == 1)
  }

  @Test(arguments: [["check", "nope..HEAD"], ["check", "--against", "nope"], ["list", "nope"]])
  func `an unknown revision`(arguments: [String]) throws {
    let fixture = try fixture()
    let outcome = try Tool.command(arguments, in: fixture.path).run()
    #expect(outcome.status == 2)
    #expect(outcome.stdout == "")
    #expect(outcome.stderr.hasPrefix("error: could not find revision 'nope'"))
  }

  @Test func `an unknown rule`() throws {
    let outcome = try fixture().connref("explain", "no-such-rule")
    #expect(outcome.status == 64)
    #expect(
      outcome.stderr
        == "error: there is no rule 'no-such-rule'\nhint: connref rules lists them all\n")
  }

  @Test func `an id that no finding has`() throws {
    let outcome = try fixture().connref("explain", "0123456789ab")
    #expect(outcome.status == 2)
    #expect(outcome.stderr.hasPrefix("error: could not find '0123456789ab' in "))
  }

  @Test(arguments: [
    ["check", "--nope"], ["check", "HEAD"], ["check", "--worktree", "A..B"],
    ["check", "--look-back", "-1"], ["check", "--fail-on", "nope"], ["check", "--format", "nope"],
    ["check", "A..B", "C"], ["nope"], ["explain"], ["hook", "no-such-hook"], ["hook"],
  ])
  func `wrong usage`(arguments: [String]) throws {
    let fixture = try fixture()
    let outcome = try Tool.command(arguments, in: fixture.path).run()
    #expect(outcome.status == 64)
    #expect(outcome.stdout == "")
    #expect(outcome.stderr.hasPrefix("error: "))
  }

  @Test(arguments: [["--help"], ["check", "--help"], ["--version"], ["rules"], ["help", "check"]])
  func `what only informs ends with 0, on standard output`(arguments: [String]) throws {
    let folder = try TemporaryFolder()
    let outcome = try Tool.command(arguments, in: folder.path).run()
    #expect(outcome.status == 0)
    #expect(!outcome.stdout.isEmpty)
    #expect(outcome.stderr == "")
  }

  @Test(arguments: ["bash", "zsh", "fish"])
  func `completions are written for a shell`(shell: String) throws {
    let folder = try TemporaryFolder()
    let outcome = try Tool.command(["--generate-completion-script", shell], in: folder.path).run()
    #expect(outcome.status == 0)
    #expect(outcome.stdout.contains("pre-commit") || outcome.stdout.contains("worktree"))
  }

  @Test func `a problem that matters`() throws {
    let fixture = try fixture()
    try fixture.stage("not xml", at: "solutions/Sales/Other/Customizations.xml")
    let outcome = try fixture.connref("check")
    #expect(outcome.status == 2)
    #expect(outcome.stdout.hasPrefix("compared HEAD ("))
    #expect(outcome.stderr.hasPrefix("error: could not read 'solutions/Sales/Other/Custom"))
  }

  @Test func `a problem that does not matter`() throws {
    let fixture = try fixture()
    try fixture.stage("not xml", at: "Legacy/Other/Customizations.xml")
    try fixture.git("commit", "--quiet", "-m", "legacy")
    let flow = Sales.remind(Sales.new)
    try fixture.stage(
      TestFile(flow.definition), at: "solutions/Sales/Workflows/\(flow.fileName)")
    let outcome = try fixture.connref("check")
    #expect(outcome.status == 0)
    #expect(outcome.stderr.hasPrefix("warning: could not read 'Legacy/Other/Customizations.xml'"))
  }

  @Test func `findings and problems together`() throws {
    let fixture = try TestRepository.withRecreation()
    try fixture.stage("not xml", at: "Second/Other/Customizations.xml")
    let outcome = try fixture.connref("check")
    #expect(outcome.status == 1)
    #expect(outcome.stdout.hasPrefix("error[reference-recreated] "))
    #expect(outcome.stderr.contains("could not read 'Second/Other/Customizations.xml'"))
  }

  @Test(arguments: [("error", 0), ("warning", 1), ("note", 1)] as [(String, Int32)])
  func `what to fail for is a choice`(failOn: String, status: Int32) throws {
    let fixture = try TestRepository { Commit("base", Sales.base.files()) }
    try fixture.stage(Sales([Sales.other], [Sales.approve(Sales.other)]).files())
    let outcome = try fixture.connref("check", "--fail-on", failOn)
    #expect(outcome.status == status)
    #expect(outcome.stdout.hasPrefix("warning[reference-replaced] "))
  }

  @Test func `an unborn branch`() throws {
    let fixture = try TestRepository()
    #expect(try fixture.connref("check").status == 0)
    let outcome = try fixture.connref("check", "--against", "main")
    #expect(outcome.status == 2)
    #expect(outcome.stdout == "")
  }

  @Test func `a repository with sha256`() throws {
    let fixture = try TestRepository(initArguments: ["--object-format=sha256"])
    let outcome = try fixture.connref("check")
    #expect(outcome.status == 2)
    #expect(outcome.stderr.contains("sha256"))
  }

  @Test func `a listing with an unreadable file`() throws {
    let fixture = try fixture()
    try fixture.write("not xml", to: "solutions/Sales/Other/Customizations.xml")
    #expect(try fixture.connref("list").status == 2)
    #expect(try fixture.connref("list", "HEAD").status == 0)
  }

  @Test func `a bare repository has nothing staged`() throws {
    let fixture = try TestRepository(bare: true) { Commit("base", Sales.base.files()) }
    let outcome = try fixture.connref("check")
    #expect(outcome.status == 2)
    #expect(outcome.stderr.contains("bare"))
    #expect(try fixture.connref("list").status == 0)
  }
}
