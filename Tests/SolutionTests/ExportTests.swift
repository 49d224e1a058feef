import Solution
import Testing

@Suite struct ExportTests {
  private let id = "0A1B2C3D-1111-2222-3333-444455556666"

  private func exports(_ files: [String: FilesInMemory.Content]) -> [EnvironmentExport] {
    let (snapshot, problems) = FilesInMemory(contents: files).snapshot()
    #expect(problems.isEmpty)
    return snapshot.exports
  }

  @Test func `a saved answer of the Web API names its environment`() throws {
    let text = """
      {"@odata.context": "https://Contoso.crm4.dynamics.com/api/data/v9.2/$metadata#connectionreferences",
       "value": [{"@odata.etag": "W/1", "connectionreferenceid": "\(id)",
        "connectionreferencelogicalname": "abc_sharedsql_1a2b3",
        "connectionreferencedisplayname": "SQL", "connectorid": "/p/apis/shared_sql"}]}
      """
    for bytes in [Array(text.utf8), utf8WithMark(text), utf16(text)] {
      let export = try #require(
        exports(["inventory/connectionReferences.json": .bytes(bytes)]).first)
      #expect(export.environment == "contoso.crm4.dynamics.com")
      let entry = try #require(export.entries.first)
      #expect(entry.id == id.lowercased())
      #expect(entry.name.spelling == "abc_sharedsql_1a2b3")
      #expect(entry.displayName == "SQL")
      #expect(entry.connector?.name == "shared_sql")
      #expect(entry.line == 3)
    }
  }

  @Test func `Configuration Migration's data is read`() throws {
    let text = """
      <entities xmlns:xsd="http://www.w3.org/2001/XMLSchema" timestamp="x">
        <entity name="account" displayname="Account"><records /></entity>
        <entity name="connectionreference" displayname="Connection Reference"><records>
          <record id="\(id)">
            <field name="connectionreferencelogicalname" value="abc_sharedsql_1a2b3" />
            <field name="connectorid" value="/p/apis/shared_sql" />
          </record></records><m2mrelationships /></entity>
      </entities>
      """
    let export = try #require(exports(["data/data.xml": .bytes(utf8WithMark(text))]).first)
    #expect(export.environment == nil)
    #expect(export.entries.map(\.id) == [id.lowercased()])
    #expect(export.entries.map(\.line) == [4])
  }

  @Test func `a cloned agent's cache has its environment beside it`() throws {
    let export = try #require(
      exports([
        ".mcs/conn.json": .text(#"{"DataverseEndpoint": "https://contoso.crm.dynamics.com/"}"#),
        ".mcs/botdefinition.json": .text(
          """
          {"$kind": "BotDefinition", "connectionReferences": [
          {"connectionReferenceLogicalName": "abc_used_by_a_flow"},
          {"id": "\(id)", "connectionId": "1", "connectionReferenceLogicalName": "abc_x"}]}
          """),
      ]).first)
    #expect(export.environment == "contoso.crm.dynamics.com")
    #expect(export.entries.map(\.name.spelling) == ["abc_x"])
  }

  @Test(arguments: [
    ("account", 0), ("connectionreference", 1), ("flow\" lookupType=\"connectionreference", 1),
  ])
  func `data is not read where its schema has no such table`(table: String, count: Int) {
    let found = exports([
      "data/data.xml": .text(
        """
        <entities><entity name="connectionreference"><records><record id="\(id)">
        <field name="connectionreferencelogicalname" value="abc_x" /></record></records></entity>
        </entities>
        """),
      "data/Data_Schema.xml": .text("<entities><entity name=\"\(table)\" /></entities>"),
      "other/data_schema.xml": .text("<entities />"),
    ])
    #expect(found.count == count)
  }

  @Test func `files of other kinds are none with any content`() {
    #expect(
      exports([
        "data.xml": .text("<data/>"), "a/data.xml": .text("no XML at all"),
        "connectionReferences.json": .text("[]"),
        "b/connection-references.json": .text("{nonsense"),
      ]).isEmpty)
  }

  @Test func `a settings file that is named like an export is still a settings file`() {
    let (snapshot, _) = FilesInMemory([
      "config/connection-references.json":
        #"{"ConnectionReferences": [{"LogicalName": "abc_x", "ConnectionId": "1"}]}"#
    ]).snapshot()
    #expect(snapshot.settings.flatMap(\.rows).map(\.reference.spelling) == ["abc_x"])
    #expect(snapshot.exports.isEmpty)
  }

  @Test func `a custom connector of a solution is known by its GUID`() {
    let (snapshot, problems) = FilesInMemory([
      "Other/Customizations.xml": "<ImportExportXml/>",
      "Connectors/abc_5Fstock.xml": """
      <?xml version="1.0" encoding="utf-8"?>
      <Connector>
        <connectorid>{\(id)}</connectorid>
        <displayname>Stock</displayname>
        <name>abc_5Fstock</name>
      </Connector>
      """,
      "Connectors/readme.xml": "<readme/>",
    ]).snapshot()
    #expect(problems.isEmpty)
    let connectors = snapshot.instances.flatMap(\.connectors)
    #expect(connectors.map(\.id) == [id.lowercased()])
    #expect(connectors.map(\.place) == [Place(path: "Connectors/abc_5Fstock.xml", line: 3)])
  }
}
