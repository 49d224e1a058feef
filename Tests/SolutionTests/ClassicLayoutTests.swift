import Solution
import Testing

@Suite struct ClassicLayoutTests {
  private let customizations = """
    <?xml version="1.0" encoding="utf-8"?>
    <ImportExportXml>
      <connectionreferences>
        <connectionreference connectionreferencelogicalname="abc_sharedoffice365_1a2b3">
          <connectionreferencedisplayname>Office 365 Leave-1a2b3</connectionreferencedisplayname>
          <connectorid>/providers/Microsoft.PowerApps/apis/shared_office365</connectorid>
        </connectionreference>
      </connectionreferences>
    </ImportExportXml>
    """
  private let manifest = """
    <ImportExportXml><SolutionManifest><UniqueName>Leave</UniqueName><Publisher>
    <UniqueName>Acme</UniqueName><CustomizationPrefix>abc</CustomizationPrefix></Publisher>
    </SolutionManifest></ImportExportXml>
    """
  private let flow = """
    {"properties": {"connectionReferences": {"shared_office365": {"runtimeSource": "embedded",
      "connection": {"connectionReferenceLogicalName": "abc_sharedoffice365_1a2b3"},
      "api": {"name": "shared_office365"}}},
      "definition": {"actions": {"Send": {"inputs": {"host": {"connectionName": "shared_office365"}}}}}
    }, "schemaVersion": "1.0.0.0"}
    """
  private let flowPath = "Workflows/Approve-0A1B2C3D-1111-2222-3333-444455556666.json"

  @Test func `an unpacked solution is read with its references and flows`() throws {
    let (snapshot, problems) = FilesInMemory([
      "src/Leave/Other/Customizations.xml": customizations,
      "src/Leave/Other/Solution.xml": manifest,
      "src/Leave/" + flowPath: flow,
    ]).snapshot()
    #expect(problems.isEmpty)
    let instance = try #require(snapshot.instances.first)
    #expect(snapshot.instances.count == 1)
    #expect(instance.folder == "src/Leave")
    #expect(instance.uniqueName == "Leave")
    #expect(instance.publisherPrefix == "abc")
    #expect(instance.form == .unpacked)
    #expect(instance.declarations == .read)
    let reference = try #require(instance.references.first)
    #expect(reference.name.spelling == "abc_sharedoffice365_1a2b3")
    #expect(reference.displayName == "Office 365 Leave-1a2b3")
    #expect(reference.connector?.name == "shared_office365")
    #expect(reference.place == Place(path: "src/Leave/Other/Customizations.xml", line: 4))
    let consumer = try #require(instance.consumers.first)
    #expect(consumer.id == "0a1b2c3d-1111-2222-3333-444455556666")
    #expect(consumer.name == "Approve")
    #expect(consumer.connectorUses == 1)
    #expect(consumer.usedAliases == ["shared_office365"])
    #expect(consumer.links.map(\.reference?.spelling) == ["abc_sharedoffice365_1a2b3"])
    #expect(consumer.links.map(\.line) == [2])
  }

  @Test func `a plain solution names its flows in customizations`() throws {
    let file = String(flowPath.dropFirst("Workflows/".count))
    let (snapshot, problems) = FilesInMemory([
      "customizations.xml": """
      <ImportExportXml><Workflows>
      <Workflow WorkflowId="{0a1b2c3d-1111-2222-3333-444455556666}" Name="Approve leave">
      <JsonFileName>/Workflows/\(file)</JsonFileName><Category>5</Category></Workflow>
      </Workflows><connectionreferences /></ImportExportXml>
      """,
      "solution.xml": manifest,
      flowPath: flow,
    ]).snapshot()
    #expect(problems.isEmpty)
    let instance = try #require(snapshot.instances.first)
    #expect(instance.form == .plain)
    #expect(instance.folder == "")
    #expect(instance.declarations == .read)
    #expect(instance.references.isEmpty)
    #expect(instance.consumers.map(\.name) == ["Approve leave"])
  }

  @Test func `flows without a solution beside them are an instance that declares nothing`() throws {
    let (snapshot, problems) = FilesInMemory(["a/b/" + flowPath: flow]).snapshot()
    #expect(problems.isEmpty)
    let instance = try #require(snapshot.instances.first)
    #expect(instance.form == .flowsOnly)
    #expect(instance.uniqueName == "b")
    #expect(instance.declarations == .absent)
    #expect(instance.consumers.count == 1)
  }
}
