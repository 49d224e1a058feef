import Solution
import Testing

@Suite struct FlowPackageTests {
  private let id = "0a1b2c3d-1111-2222-3333-444455556666"
  private let definition = """
    {"name": "x", "type": "Microsoft.Flow/flows", "properties": {"displayName": "Flag to task",
    "connectionReferences": {
      "shared_planner": {"connectionName": "shared-planner-0a1b", "source": "Embedded", "tier":
        "NotSpecified", "id": "/providers/Microsoft.PowerApps/apis/shared_planner"}},
    "definition": {"actions": {"Create": {"inputs": {"host": {"connectionName": "shared_planner"}}}}}}}
    """

  private func snapshot(_ text: String) -> (snapshot: Snapshot, problems: [Problem]) {
    FilesInMemory([
      "samples/task/Microsoft.Flow/flows/\(id)/definition.json": text,
      "samples/task/Microsoft.Flow/flows/\(id)/connectionsMap.json": "{}",
      "samples/task/Microsoft.Flow/flows/manifest.json": "{}",
      "samples/task/manifest.json": "{}",
    ]).snapshot()
  }

  @Test func `an exported package has flows with connections and no reference`() throws {
    let (snapshot, problems) = snapshot(definition)
    #expect(problems.isEmpty)
    let instance = try #require(snapshot.instances.first)
    #expect(snapshot.instances.count == 1)
    #expect(instance.form == .flowPackage)
    #expect(instance.folder == "samples/task")
    #expect(instance.declarations == .absent)
    let flow = try #require(instance.consumers.first)
    #expect(flow.kind == .flow)
    #expect(flow.id == id)
    #expect(flow.name == "Flag to task")
    #expect(flow.links.map(\.reference) == [nil])
    #expect(flow.links.map(\.embeddedConnection) == ["shared-planner-0a1b"])
    #expect(flow.links.map(\.line) == [3])
    #expect(flow.usedAliases == ["shared_planner"])
  }

  @Test func `one that cannot be read is named and hides nothing`() {
    let (snapshot, problems) = snapshot("{broken")
    #expect(snapshot.instances.isEmpty)
    #expect(
      problems.map(\.path) == ["samples/task/Microsoft.Flow/flows/\(id)/definition.json"])
    #expect(problems.map(\.hidesContent) == [false])
  }

  @Test func `a definition of something else is not judged`() {
    let files = [
      "app/Microsoft.Flow/flows/\(id)/definition.json": #"{"kind": "other"}"#,
      "app/\(id)/definition.json": "{broken",
    ]
    let (snapshot, problems) = FilesInMemory(files).snapshot()
    #expect(snapshot.instances.isEmpty)
    #expect(problems.isEmpty)
  }
}
