import Solution
import Testing

@Suite struct FlowIdentityTests {
  private let guid = "0A1B2C3D-1111-2222-3333-444455556666"
  private let flow = #"{"properties":{"displayName":"From the flow","definition":{}}}"#

  private func consumers(_ files: [String: String]) -> [Consumer] {
    let files = files.merging(["s/Other/Customizations.xml": "<ImportExportXml/>"]) { $1 }
    return FilesInMemory(files).snapshot().snapshot.instances.flatMap(\.consumers)
  }

  private func metadata(category: Int) -> String {
    """
    <?xml version="1.0" encoding="utf-8"?>
    <Workflow WorkflowId="{\(guid.lowercased())}" Name="From the metadata">
      <JsonFileName>/Workflows/x.json</JsonFileName><Category>\(category)</Category></Workflow>
    """
  }

  @Test func `a renamed flow is the same flow`() {
    let before = consumers(["s/Workflows/Old-\(guid).json": flow])
    let after = consumers(["s/Workflows/New-\(guid.lowercased()).json": flow])
    #expect(before.map(\.id) == [guid.lowercased()])
    #expect(before.map(\.id) == after.map(\.id))
  }

  @Test func `the metadata's name is first, then the flow's, then the file's`() {
    let path = "s/Workflows/From-the-file-\(guid).json"
    let names = [
      consumers([path: flow, path + ".data.xml": metadata(category: 5)]),
      consumers([path: flow]),
      consumers([path: #"{"properties":{}}"#]),
    ].map { $0.map(\.name) }
    #expect(names == [["From the metadata"], ["From the flow"], ["From-the-file"]])
  }

  @Test func `the metadata gives the id where the file name has none`() {
    let found = consumers([
      "s/Workflows/x.json": flow, "s/Workflows/X.JSON.data.xml": metadata(category: 5),
    ])
    #expect(found.map(\.id) == [guid.lowercased()])
  }

  @Test func `without any GUID the path in the solution is the id`() {
    #expect(consumers(["s/Workflows/Mine.json": flow]).map(\.id) == ["workflows/mine.json"])
  }

  @Test func `another category is no cloud flow`() {
    let path = "s/Workflows/Rule-\(guid).json"
    #expect(consumers([path: flow, path + ".data.xml": metadata(category: 2)]).isEmpty)
  }

  @Test func `metadata that cannot be read hides nothing where the file name has the GUID`() {
    let path = "s/Workflows/Rule-\(guid).json"
    let (snapshot, problems) = FilesInMemory([path: flow, path + ".data.xml": "<Workflow"])
      .snapshot()
    #expect(snapshot.instances.first?.consumers.count == 1)
    #expect(problems.map(\.path) == [path + ".data.xml"])
    #expect(problems.map(\.hidesContent) == [false])
  }

  @Test func `JSON of another kind in a folder of that name is no flow and no problem`() {
    let (snapshot, problems) = FilesInMemory([
      ".github/workflows/labels.json": "[1]", "n8n/workflows/x.json": #"{"nodes": []}"#,
      "n8n/workflows/y.json": "{ // no JSON\n}",
    ]).snapshot()
    #expect(snapshot.instances.isEmpty)
    #expect(problems.isEmpty)
  }

  private func desktopFlow(_ references: String, category: Int = 6) -> String {
    """
    <Workflow WorkflowId="{0a1b2c3d-0000-0000-0000-000000000001}" Name="Scan invoices">
      <JsonFileName>/Workflows/Scan-0A1B2C3D-0000-0000-0000-000000000001.json</JsonFileName>
      <Category>\(category)</Category><UIFlowType>2</UIFlowType>
      <ConnectionReferences>\(references)</ConnectionReferences>
      <Definition>External.InvokeCloudConnector Connection: 'x' ConnectorId: '/y/shared_sql'</Definition>
    </Workflow>
    """
  }

  private let desktopReferences = """
    [{"displayName":"SQL","api":{"name":"shared_sql"}},
    {"connection":{"connectionReferenceLogicalName":"abc_sharedsql_1a2b3"}}]
    """

  @Test(arguments: ["{}", #"{"Package": "UEs="}"#, #"{"properties": {}}"#])
  func `a desktop flow names references in its metadata`(definition: String) throws {
    let file = "Workflows/Scan-0A1B2C3D-0000-0000-0000-000000000001.json"
    let (snapshot, problems) = FilesInMemory([
      file: definition, "\(file).data.xml": desktopFlow(desktopReferences),
    ]).snapshot()
    #expect(problems.isEmpty)
    let consumers = snapshot.instances.flatMap(\.consumers)
    #expect(consumers.map(\.kind) == [.desktopFlow])
    #expect(consumers.map(\.id) == ["0a1b2c3d-0000-0000-0000-000000000001"])
    #expect(consumers.map(\.name) == ["Scan invoices"])
    #expect(consumers.map(\.path) == ["\(file).data.xml"])
    #expect(consumers.flatMap(\.links).map(\.reference?.spelling) == ["abc_sharedsql_1a2b3"])
    #expect(consumers.flatMap(\.links).map(\.line) == [5])
  }

  @Test func `a desktop flow of a plain solution is in its customizations`() {
    let (snapshot, problems) = FilesInMemory([
      "customizations.xml":
        "<ImportExportXml><Workflows>\(desktopFlow(desktopReferences))</Workflows></ImportExportXml>"
    ]).snapshot()
    #expect(problems.isEmpty)
    #expect(snapshot.instances.flatMap(\.consumers).map(\.kind) == [.desktopFlow])
  }

  @Test(arguments: ["", "[]", "[{not JSON", #"[{"api":{"name":"shared_sql"}}]"#])
  func `a desktop flow without a logical name is no consumer`(references: String) {
    let (snapshot, problems) = FilesInMemory([
      "customizations.xml":
        "<ImportExportXml><Workflows>\(desktopFlow(references))</Workflows></ImportExportXml>"
    ]).snapshot()
    #expect(problems.isEmpty)
    #expect(snapshot.instances.flatMap(\.consumers).isEmpty)
  }

  @Test func `a desktop flow whose references are no JSON is a problem`() {
    let (_, problems) = FilesInMemory([
      "customizations.xml": "<ImportExportXml><Workflows>"
        + desktopFlow(#"[{"connectionReferenceLogicalName": }]"#)
        + "</Workflows></ImportExportXml>"
    ]).snapshot()
    #expect(problems.map(\.line) == [4])
  }
}
