import TestSupport
import Testing

@Suite struct DemoTests {
  @Test func `an example is written, stopped and ends with 0`() throws {
    let folder = try TemporaryFolder()
    let outcome = try Tool.command(["demo", "example"], in: folder.path).run()
    #expect(outcome.status == 0)
    #expect(outcome.stdout.contains("error[reference-recreated] "))
    #expect(outcome.stdout.contains("the commit was stopped"))
    #expect(outcome.stdout.contains("fixed      in "))
    let again = try Tool.command(["check"], in: folder.path + "/example").run()
    #expect(again.status == 1)
  }

  @Test func `nothing of the user's git configuration reaches the example`() throws {
    let folder = try TemporaryFolder()
    try folder.write("[commit]\n\tgpgSign = true\n", to: "config")
    let outcome = try Tool.command(["demo", "example"], in: folder.path)
      .setting([
        "GIT_CONFIG_GLOBAL": "\(folder.path)/config", "GIT_DIR": "/nonexistent",
        "GIT_INDEX_FILE": "/nonexistent",
      ]).run()
    #expect(outcome.status == 0)
  }

  @Test func `an empty folder is as good as none`() throws {
    let folder = try TemporaryFolder()
    #expect(try Tool.command(["demo", folder.path], in: "/").run().status == 0)
  }

  @Test func `a folder with something in it is left alone`() throws {
    let folder = try TemporaryFolder()
    try folder.write("1", to: "mine")
    let outcome = try Tool.command(["demo", folder.path], in: "/").run()
    #expect(outcome.status == 2)
    #expect(outcome.stderr.hasPrefix("error: '\(folder.path)' is not empty\nhint: "))
    #expect(try Command("ls", "-A", folder.path).succeed().lines == ["mine"])
  }

  @Test func `without git it says what is missing`() throws {
    let folder = try TemporaryFolder()
    let outcome = try Tool.command(["demo", "example"], in: folder.path)
      .setting(["PATH": "/nonexistent"]).run()
    #expect(outcome.status == 2)
    #expect(outcome.stderr.contains("hint: install git"))
  }
}
