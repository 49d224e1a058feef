import Git
import Review
import Solution
import TestSupport
import Testing

/// Folders of saved answers, and what stands there instead.
@Suite struct InventoryFolderTests {
  private func read(_ files: [String: TestFile], _ path: String = "prod") throws -> InventoryFolder
  {
    let folder = try TemporaryFolder()
    for (name, file) in files { try folder.write(file, to: name) }
    return try InventoryFolder(path, from: folder.path)
  }

  private func message(_ files: [String: TestFile], _ path: String = "prod") -> String {
    do {
      _ = try read(files, path)
      return ""
    } catch let error as GitError {
      return error.message
    } catch {
      return "\(error)"
    }
  }

  private func users(_ host: String) -> TestFile {
    TestFile(
      """
      {"@odata.context": "https://\(host)/api/data/v9.2/$metadata#systemusers", "value": []}
      """)
  }

  @Test func `every json of the folder is read, and a single file`() throws {
    let inventory = try read([
      "prod/a.json": users("contoso.crm.dynamics.com"),
      "prod/B.JSON": users("contoso.crm.dynamics.com"),
      "prod/notes.txt": "no",
    ])
    #expect(inventory.files == 2)
    #expect(inventory.environment.host == "contoso.crm.dynamics.com")
    #expect(try read(["users.json": users("a.b.c")], "users.json").files == 1)
  }

  @Test func `where there is nothing to read it says why`() {
    #expect(message([:]) == "could not find 'prod'")
    #expect(message(["prod/a.txt": "x"]) == "could not read 'prod': there is no .json file in it")
    #expect(
      message(["prod/a.json": "<html>"])
        == "could not read 'prod': 'prod/a.json' is HTML and no JSON, most likely the sign-in page: the request carried no valid token"
    )
  }

  @Test func `answers of two environments are not mixed`() {
    #expect(
      message([
        "prod/a.json": users("a.crm.dynamics.com"), "prod/b.json": users("b.crm.dynamics.com"),
      ])
        == "could not read 'prod': it holds answers of 2 environments, a.crm.dynamics.com and b.crm.dynamics.com"
    )
  }

  @Test func `one bad file is a problem, and the rest is read`() throws {
    let inventory = try read([
      "prod/a.json": users("a.crm.dynamics.com"), "prod/b.json": "{",
      "prod/c.json": .symbolicLink(to: "a.json"),
    ])
    #expect(
      inventory.problems.filter(\.hidesContent).map(\.path) == ["prod/b.json", "prod/c.json"])
  }
}
