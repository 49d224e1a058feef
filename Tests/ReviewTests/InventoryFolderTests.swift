import Dataverse
import Detection
import Git
import Platform
import Review
import Solution
import TestSupport
import Testing

/// Folders of saved answers, and other things in their place.
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
        == "could not read 'prod': 'prod/a.json' is HTML, not JSON, most likely the sign-in page: the request carried no valid token"
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

  // MARK: - Inventories with a manifest

  private let page = """
    {"@odata.context":"https://a.crm.dynamics.com/api/data/v9.2/$metadata#workflows","connref.inventory":1,"value":[
    {"workflowid":"1","name":"Approve"}
    ]}

    """

  private func manifest(
    _ change: (inout InventoryManifest) -> Void = { _ in }
  ) throws -> TestFile {
    var manifest = InventoryManifest(
      environment: "https://a.crm.dynamics.com", fetched: "2026-11-29T06:00:00Z",
      version: "0.2.0", definitions: false, names: false)
    manifest.complete = true
    manifest.environmentID = "e1"
    manifest.tables = [
      .init(
        name: "workflows", extent: .all, rows: 1, reason: nil,
        files: [
          .init(
            name: "workflows-0001.json", rows: 1,
            digest: InventoryDigest.digest(of: Array(page.utf8)))
        ]),
      .init(name: "connections", extent: .unknown, rows: 0, reason: "answered with 403", files: []),
    ]
    change(&manifest)
    return TestFile(bytes: try manifest.file())
  }

  @Test func `a manifest says what is there, and what is unknown`() throws {
    let inventory = try read([
      "prod/inventory.json": try manifest(), "prod/workflows-0001.json": TestFile(page),
    ])
    #expect(inventory.problems.map(\.message) == ["answered with 403"])
    #expect(inventory.problems.allSatisfy { !$0.hidesContent })
    #expect(inventory.environment.flows.map(\.consumer.name) == ["Approve"])
    #expect(inventory.environment.environmentID == "e1")
    #expect(inventory.environment.knowsAll(.flows) && !inventory.environment.knowsAll(.references))
    #expect(inventory.fetched == "2026-11-29T06:00:00Z")
  }

  @Test func `a fetch that did not end is no inventory`() throws {
    #expect(
      message([
        "prod/inventory.json": try manifest { $0.complete = false },
        "prod/workflows-0001.json": TestFile(page),
      ]) == "could not read 'prod': it is not complete, the fetch did not end")
    #expect(
      message(["prod/inventory.json": "{}", "prod/workflows-0001.json": TestFile(page)])
        == "could not read 'prod': its inventory.json is not the manifest of an inventory")
    #expect(
      message([
        "prod/inventory.json": try manifest { $0.connrefInventory = 99 },
        "prod/workflows-0001.json": TestFile(page),
      ]) == "could not read 'prod': a newer connref (0.2.0) saved it")
  }

  @Test func `files of two fetches are not mixed`() throws {
    func problems(_ files: [String: TestFile]) throws -> [String] {
      try read(files).problems.filter(\.hidesContent).map { "\($0.path) \($0.message)" }
    }
    let manifest = try manifest()
    #expect(
      try problems([
        "prod/inventory.json": manifest, "prod/workflows-0001.json": TestFile(page),
        "prod/workflows-0002.json": TestFile(page),
      ]) == [
        "prod/workflows-0002.json is not part of the inventory: inventory.json does not list it"
      ])
    #expect(
      message([
        "prod/inventory.json": manifest,
        "prod/workflows-0001.json": TestFile(page.replacing("Approve", with: "Other")),
      ])
        == "could not read 'prod': 'prod/workflows-0001.json' is not the file that inventory.json names: it was changed, or is of another fetch"
    )
    #expect(
      message(["prod/inventory.json": manifest])
        == "could not read 'prod': 'workflows-0001.json' is missing, and inventory.json names it")
    #expect(
      try problems(["prod/workflows-0001.json": TestFile(page)]) == [
        "prod/workflows-0001.json is a part of an inventory, whose file inventory.json is not beside it"
      ])
  }

  @Test func `line ends that git changed do not matter`() throws {
    let inventory = try read([
      "prod/inventory.json": try manifest(),
      "prod/workflows-0001.json": TestFile(page.replacing("\n", with: "\r\n")),
    ])
    #expect(inventory.problems.filter(\.hidesContent).isEmpty)
  }

  /// A page as `connref inventory fetch` saves it.
  private func page(_ id: String) -> TestFile {
    TestFile(
      """
      {"@odata.context":"https://contoso.crm.dynamics.com/api/data/v9.2/$metadata#\
      connectionreferences","connref.inventory":1,"value":[
      {"connectionreferencedisplayname":"Orders","connectionreferenceid":"\(id)",\
      "connectionreferencelogicalname":"sales_Orders",\
      "connectorid":"/providers/Microsoft.PowerApps/apis/shared_sql"}
      ]}

      """)
  }

  @Test func `committed inventories show a reference re-created under its name`() throws {
    let path = "environments/prod/connectionreferences-0001.json"
    let fixture = try TestRepository {
      Commit("one week", [path: page("11111111-1111-4111-8111-111111111111")])
      Commit("the same", ["environments/prod/teams-0001.json": "{}"])
      Commit("the next", [path: page("22222222-2222-4222-8222-222222222222")])
    }
    #expect(try fixture.check(from: "one week", to: "the same").findings.isEmpty)
    let finding = try #require(try fixture.check(from: "the same", to: "the next").findings.first)
    #expect(finding.rule == .referenceRecreated && finding.severity == .warning)
    #expect(finding.evidence == [.otherGUID])
    let repository = try Repository(
      at: fixture.path, folder: fixture.path, environment: Command.closedWorld)
    var scan = HistoryScan(repository)
    let incidents = try scan.outcome().history.incidents
    #expect(incidents.map(\.moment.commit) == [fixture.id("the next")])
  }
}
