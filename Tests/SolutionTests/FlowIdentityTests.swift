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

  @Test func `the metadata's name comes first, then the flow's, then the file's`() {
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
}
