import Dataverse
import Foundation
import Platform
import TestEnvironment
import TestSupport
import Testing

/// What a fetch saves, and from whom.
@Suite struct FetchTests {
  @Test func `an environment is saved whole`() async throws {
    let server = try await WebServer(InventedEnvironment())
    let fetching = try Fetching()
    let manifest = try await fetching.fetch(server.address)
    #expect(manifest.complete && manifest.environment == server.address)
    #expect(manifest.environmentID == InventedEnvironment().environmentID)
    #expect(manifest.organization == "Contoso")
    #expect(manifest.fetched == "2026-11-30T00:53:20Z")
    let rows = manifest.tables.map { "\($0.name) \($0.extent.rawValue) \($0.rows)" }
    #expect(
      rows == [
        "connectionreferences all 2", "workflows all 3", "solutions all 1",
        "solutioncomponents all 3", "systemusers all 1", "teams all 1", "connections unknown 0",
      ])
    let files = try fetching.files
    #expect(files["inventory.json"] == String(decoding: try manifest.file(), as: UTF8.self))
    #expect(
      Set(files.keys) == Set(["inventory.json"] + manifest.tables.flatMap { $0.files.map(\.name) }))
  }

  @Test func `people are named by id, and definitions left out, unless asked for`() async throws {
    let server = try await WebServer(InventedEnvironment())
    var fetching = try Fetching()
    try await fetching.fetch(server.address)
    #expect(try !fetching.everything.contains("anna.berg"))
    #expect(try !fetching.everything.contains("xxxxxx"))
    #expect(try fetching.everything.contains("sales_Orders_2"))
    #expect(try fetching.everything.contains(#""connref.hasaddress":true"#))
    fetching.withNames = true
    fetching.withDefinitions = true
    try await fetching.fetch(server.address)
    #expect(try fetching.everything.contains("anna.berg@contoso.com"))
    #expect(try fetching.everything.contains("xxxxxx"))
  }

  @Test func `every page is followed`() async throws {
    var environment = InventedEnvironment()
    environment.flowCount = 250
    environment.pageLimit = 40
    let server = try await WebServer(environment)
    let fetching = try Fetching()
    let manifest = try await fetching.fetch(server.address)
    let flows = manifest.tables.first { $0.name == "workflows" }
    #expect(flows?.rows == 250)
    #expect(flows?.files.map(\.rows) == [40, 40, 40, 40, 40, 40, 10])
    let names = try fetching.everything.matches(of: /"name":"Flow [0-9]+"/).map {
      String($0.output)
    }
    #expect(Set(names).count == 250 && names.count == 250)
  }

  @Test func `an old inventory is replaced as a whole`() async throws {
    var environment = InventedEnvironment()
    environment.flowCount = 250
    environment.pageLimit = 40
    let fetching = try Fetching()
    try await fetching.fetch(try await WebServer(environment).address)
    let server = try await WebServer(InventedEnvironment())
    try await fetching.fetch(server.address)
    #expect(try fetching.files.keys.filter { $0.hasPrefix("workflows") } == ["workflows-0001.json"])
    let left = try FileManager.default.contentsOfDirectory(atPath: fetching.folder.path)
    #expect(left == ["prod"])
  }

  @Test func `a folder that holds something else is not touched`() async throws {
    let server = try await WebServer(InventedEnvironment())
    let fetching = try Fetching()
    try fetching.folder.write("mine", to: "prod/notes.txt")
    #expect(
      await fetching.failure(server.address)
        == "'\(fetching.output)' holds 'notes.txt', which is not part of an inventory: it would be deleted"
    )
    #expect(try fetching.files == ["notes.txt": "mine"])
    #expect(server.number == 0)
  }

  @Test func `a symbolic link is not followed`() async throws {
    let server = try await WebServer(InventedEnvironment())
    let fetching = try Fetching()
    try fetching.folder.write(.symbolicLink(to: "elsewhere"), to: "prod")
    #expect(
      await fetching.failure(server.address)
        == "'\(fetching.output)' is a symbolic link, which is never followed")
  }

  @Test func `two rows with one id and different content are an error`() async throws {
    let server = try await WebServer { request in
      request.path.hasSuffix("/connectionreferences")
        ? .json(
          #"{"value":[{"connectionreferenceid":"1","connectionid":"a"},{"connectionreferenceid":"1","connectionid":"b"}]}"#
        ) : InventedEnvironment().reply(to: request)
    }
    #expect(
      try await Fetching().failure(server.address)
        == "two different rows of 'connectionreferences' have the id 1")
  }

  @Test func `the same row twice is one`() async throws {
    let row = #"{"connectionreferenceid":"1","connectionid":"a"}"#
    let server = try await WebServer { request in
      request.path.hasSuffix("/connectionreferences")
        ? .json(#"{"value":[\#(row),\#(row)]}"#) : InventedEnvironment().reply(to: request)
    }
    let manifest = try await Fetching().fetch(server.address)
    #expect(manifest.tables.first?.rows == 1)
  }

  @Test func `a column that an environment does not know is left out`() async throws {
    let server = try await WebServer { request in
      request.target.contains("suspensionreasondetails")
        ? .json(
          #"{"error":{"code":"0x80060888","message":"Could not find a property named 'suspensionreasondetails' on type 'Microsoft.Dynamics.CRM.workflow'."}}"#,
          status: 400) : InventedEnvironment().reply(to: request)
    }
    let manifest = try await Fetching().fetch(server.address)
    #expect(manifest.tables.first { $0.name == "workflows" }?.rows == 3)
  }

  @Test func `what may not be read is unknown, and said`() async throws {
    var environment = InventedEnvironment()
    for table in ["systemusers", "teams", "solutions", "solutioncomponents"] {
      environment.refusals.append(
        (
          InventedEnvironment.api + table,
          .json(#"{"error":{"code":"0x80040220","message":"missing prvReadX"}}"#, status: 403)
        ))
    }
    let manifest = try await Fetching().fetch(try await WebServer(environment).address)
    let unknown = manifest.tables.filter { $0.extent == .unknown }
    #expect(
      unknown.map(\.name) == [
        "solutions", "solutioncomponents", "systemusers", "teams", "connections",
      ])
    #expect(unknown.first?.reason == "127.0.0.1 answered with 403: missing prvReadX")
  }

  @Test func `an account that sees its own rows alone is said to see a part`() async throws {
    let server = try await WebServer { request in
      request.path.hasSuffix("RetrieveUserPrivileges()")
        ? .json(
          #"{"RolePrivileges":[{"PrivilegeName":"prvReadWorkflow","Depth":"Basic"},{"PrivilegeName":"prvReadconnectionreference","Depth":"Global"}]}"#
        ) : InventedEnvironment().reply(to: request)
    }
    let manifest = try await Fetching().fetch(server.address)
    let flows = manifest.tables.first { $0.name == "workflows" }
    #expect(flows?.extent == .part)
    #expect(
      flows?.reason == "the account may read only a part of it (depth Basic, and not Global)")
  }

  @Test func `another run into the same folder is refused`() async throws {
    let fetching = try Fetching()
    let server = try await WebServer { request in
      InventedEnvironment().reply(to: request)
    }
    let folder = try PartialFolder(
      output: fetching.output, of: try EnvironmentAddress.origin(of: server.address))
    try await folder.open(
      PartialFolder.Identity(
        environment: server.address, version: "1.0.0", definitions: false, names: false),
      now: fetching.now)
    #expect(
      await fetching.failure(server.address)
        == "another run is fetching into '\(fetching.output)'")
    withExtendedLifetime(folder) {}
  }
}
