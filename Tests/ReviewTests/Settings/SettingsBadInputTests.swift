import Git
import Review
import Solution
import TestSupport
import Testing

/// Files that cannot be changed safely: an error that names them, and nothing is written.
@Suite struct SettingsBadInputTests {
  private func repository(_ file: TestFile, at path: String = "prod.json") throws -> TestRepository
  {
    try TestRepository {
      Commit(
        "base",
        Sales.two.files().merging(["test.json": settings(row(Sales.old)), path: file]) { $1 })
    }
  }

  @Test(arguments: [
    (
      "{\"ConnectionReferences\": [{\"LogicalName\": \"a_b\"},\n]}",
      "could not use 'prod.json:2': it is not valid JSON: expected a value"
    ),
    (
      "{ // mine\n\"ConnectionReferences\": [{\"LogicalName\": \"a_b\"}]}",
      "could not use 'prod.json:1': it is not valid JSON: a comment, which JSON does not have"
    ),
    (
      "{\"ConnectionReferences\": [{\"LogicalName\": \"a_b\"}, {\"ConnectionId\": \"\"}]}",
      "could not use 'prod.json:1': it has an entry without LogicalName"
    ),
    (
      "{\"ConnectionReferences\": [{\"LogicalName\": \"a_b\", \"LogicalName\": \"a_c\"}]}",
      "could not use 'prod.json:1': it has a row with 'LogicalName' a second time"
    ),
    (
      "{\"ConnectionReferences\": [\n<<<<<<< a\n{\"LogicalName\": \"a_b\"}\n=======\n>>>>>>> b\n]}",
      "could not use 'prod.json:2': it holds conflict markers"
    ),
    (
      "{\"ConnectionReferences\": \"none\"}",
      "could not use 'prod.json': it holds no list of connection references, and nothing that shows where one belongs"
    ),
    (
      "[1, 2]",
      "could not use 'prod.json': it holds no list of connection references, and nothing that shows where one belongs"
    ),
    ("", "could not use 'prod.json': it is empty"),
  ])
  func `a file that is not what it should be is named with its line`(
    text: String, message: String
  ) throws {
    let fixture = try repository(TestFile(text))
    let plan = try fixture.sync { $0.file = "prod.json" }
    #expect(plan.refusals.map(\.message) == [message])
  }

  @Test func `no file is changed where one of them cannot be`() throws {
    let fixture = try repository(
      "{\"ConnectionReferences\": [{\"LogicalName\": \"a_b\"},]}")
    let outcome = try fixture.sync()
    #expect(outcome.refusals.count == 1)
    #expect(outcome.sheets.map(\.target.path) == ["test.json"])
    #expect(try fixture.git("status", "--short") == "")
  }

  @Test func `symbolic links and folders are no settings files`() throws {
    let fixture = try repository(.symbolicLink(to: "test.json"))
    try fixture.command("sh", arguments: ["-c", "ln -s . link; mkdir folder.json"]).succeed()
    for (path, words) in [
      ("prod.json", "symbolic link"), ("link/test.json", "symbolic link"),
      ("folder.json", "folder"),
    ] {
      let plan = try fixture.sync { $0.file = path }
      #expect(plan.refusals.first?.message.contains(words) == true, "\(path)")
      #expect(plan.refusals.first?.message.contains(path) == true)
    }
  }

  @Test func `a read-only file stays as it is, and so does every other`() throws {
    let fixture = try repository(settings(row(Sales.mail)))
    try fixture.command("chmod", arguments: ["444", "test.json"]).succeed()
    let plan = try fixture.sync()
    #expect(plan.sheets.filter(\.isChanged).count == 2)
    let error = try #require(throws: GitError.self) { try fixture.write(plan) }
    #expect(error.message == "could not write 'test.json': it is read-only")
    #expect(try fixture.git("status", "--short") == "")
  }

  @Test func `a file that was changed meanwhile is not written over`() throws {
    let fixture = try repository(settings(row(Sales.old), row(Sales.mail)))
    let plan = try fixture.sync()
    let mine = settings(row(Sales.old), row(Sales.sql))
    try fixture.write(mine, to: "test.json")
    let error = try #require(throws: GitError.self) { try fixture.write(plan) }
    #expect(
      error.message
        == "could not write 'test.json': it was changed meanwhile: run the command again")
    #expect(try fixture.contents(of: "test.json") == mine.bytes)
    #expect(try fixture.git("status", "--short", "--untracked-files=all") == " M test.json")
  }

  @Test func `a file that was removed meanwhile is not created again`() throws {
    let fixture = try repository(settings(row(Sales.old), row(Sales.mail)))
    let plan = try fixture.sync()
    try fixture.command("rm", arguments: ["test.json"]).succeed()
    #expect(throws: GitError.self) { try fixture.write(plan) }
    #expect(try fixture.git("status", "--short", "--untracked-files=all") == " D test.json")
  }

  @Test func `the mode of a file stays`() throws {
    let fixture = try repository(settings(row(Sales.old), row(Sales.mail)))
    try fixture.command("chmod", arguments: ["640", "test.json"]).succeed()
    try fixture.write(try fixture.sync())
    let mode = try fixture.command("stat", arguments: ["-c", "%a", "test.json"]).succeed().stdout
    #expect(mode == "640\n")
    #expect(
      try fixture.command("ls", arguments: ["-A"]).succeed().stdout.contains("connref-") == false)
  }

  @Test func `a bare repository has no settings files to change`() throws {
    let fixture = try TestRepository(bare: true) { Commit("base", Sales.two.files()) }
    #expect(throws: SettingsRefusal.self) { try fixture.sync() }
  }
}
