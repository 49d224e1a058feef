import Solution
import Testing

@Suite struct CloneTests {
  private let name = "abc_Helper.shared_office365.0a1b2c3d4e5f60718293a4b5c6d7e8f9"

  private var files: [String: FilesInMemory.Content] {
    [
      "agents/Helper/connectionreferences.mcs.yml": .bytes(
        utf8WithMark(
          """
          connectionReferences:
            - connectionReferenceLogicalName: \(name)
              connectorId: /providers/Microsoft.PowerApps/apis/shared_office365
            - connectionReferenceLogicalName: abc_sharedteams_1a2b3
              connectorId: /providers/Microsoft.PowerApps/apis/shared_teams

          """)),
      "agents/Helper/actions/Mail.mcs.yml": .bytes(
        utf8WithMark(
          """
          mcs.metadata:
            componentName: Send a mail
          kind: TaskDialog
          action:
            kind: InvokeConnectorTaskAction
            connectionReference: \(name)
          """)),
      "agents/Helper/agent.mcs.yml": .text("kind: GptComponentMetadata\n"),
      "agents/Helper/workflows/Notify-0a1b2c3d-1111-2222-3333-444455556666/workflow.json": .bytes(
        utf8WithMark(
          """
          {"properties": {"connectionReferences": {"shared_teams": {"connection":
          {"connectionReferenceLogicalName": "abc_sharedteams_1a2b3"}}}}}
          """)),
      "agents/Helper/workflows/Notify-0a1b2c3d-1111-2222-3333-444455556666/metadata.yml": .text(
        "name: Notify a team\nworkflowId: 0a1b2c3d-1111-2222-3333-444455556666\n"),
      "agents/Helper/connectors/abc_5Fstock-2a1b2c3d-1111-2222-3333-444455556666/metadata.yml":
        .bytes(
          utf8WithMark(
            """
            {"connectorid": "2A1B2C3D-1111-2222-3333-444455556666", "name": "abc_5Fstock",
             "displayname": "Stock", "connectorinternalid": "shared_abc-5fstock-5f0123456789abcdef"}
            """)),
    ]
  }

  @Test func `a cloned agent lists what it uses`() throws {
    let (snapshot, problems) = FilesInMemory(contents: files).snapshot()
    #expect(problems.isEmpty)
    let instance = try #require(snapshot.instances.first)
    #expect(snapshot.instances.count == 1)
    #expect(instance.form == .clone)
    #expect(instance.uniqueName == "Helper")
    #expect(instance.declarations == .read)
    #expect(instance.references.map(\.name.spelling) == [name, "abc_sharedteams_1a2b3"])
    #expect(instance.references.map(\.connector?.name) == ["shared_office365", "shared_teams"])
    #expect(instance.references.map(\.place.line) == [2, 4])
    #expect(instance.references.map(\.displayName) == [nil, nil])
  }

  private func workspace(_ more: [String: String] = [:]) -> [String: FilesInMemory.Content] {
    let tool = """
      mcs.metadata:
        componentName: Find a trip
      kind: McpTool
      authMode: Invoker
      connectionReference: \(name)
      connectorId: /providers/Microsoft.PowerApps/apis/shared_office365
      """
    let texts = [
      "agents/Helper/settings.mcs.yml": "schemaName: abc_Helper\n",
      "agents/Helper/capabilities/tools/FindTrip.mcs.yml": tool,
    ].merging(more) { $1 }
    return texts.mapValues { .text($0) }.merging([
      "agents/Helper/agent.sync.yaml": .bytes(utf8WithMark("# A comment.\nlayoutVersion: 1\n"))
    ]) { $1 }
  }

  private var declaration: String {
    """
    connectionReferences:
      - connectionReferenceLogicalName: \(name)
        connectorId: /providers/Microsoft.PowerApps/apis/shared_office365
    """
  }

  @Test func `at the root it is called after its schema`() {
    func name(_ settings: String?, below folder: String = "") -> String? {
      var files = Dictionary(
        uniqueKeysWithValues: files.map {
          (folder + $0.key.dropFirst("agents/Helper/".count), $0.value)
        })
      files[folder + "settings.mcs.yml"] = settings.map { .text($0) }
      return FilesInMemory(contents: files).snapshot().0.instances.first?.uniqueName
    }
    let settings = "displayName: Helper\nschemaName: abc_helper\n"
    #expect(name(settings) == "abc_helper")
    #expect(name(settings, below: "desk/") == "desk")
    #expect(name(nil) == "")
    #expect(name("displayName: Helper\n") == "")
  }

  @Test func `a workspace of the new kind has a file for each reference and each tool`() throws {
    let place = "infrastructure/connections/\(name).sync.yaml"
    let (snapshot, problems) = FilesInMemory(
      contents: workspace([
        "agents/Helper/\(place)": declaration,
        // Only files directly in the folder count.
        "agents/Helper/infrastructure/connections/old/abc_x.sync.yaml": "connectionReferences: [",
      ])
    ).snapshot()
    #expect(problems.isEmpty)
    let instance = try #require(snapshot.instances.first)
    #expect(snapshot.instances.count == 1)
    #expect(instance.form == .clone)
    #expect(instance.declarations == .read)
    #expect(instance.references.map(\.name.spelling) == [name])
    #expect(instance.references.map(\.place) == [Place(path: "agents/Helper/" + place, line: 2)])
    #expect(instance.consumers.map(\.name) == ["Find a trip"])
    #expect(instance.consumers.map(\.kind) == [.agent])
    let link = try #require(instance.consumers.first?.links.first)
    #expect(link.reference?.spelling == name)
    #expect(link.connector?.name == "shared_office365")
    #expect(link.line == 5)
  }

  @Test(
    arguments: [
      ([], "is empty"), ([0xEF, 0xBB, 0xBF], "is empty"), ([0x61, 0], "holds a zero byte"),
      (Array("version https://git-lfs.github.com/spec/v1\n".utf8), "is a Git LFS pointer"),
    ] as [([UInt8], String)])
  func `a part that is no text may have named any reference`(file: [UInt8], message: String) {
    let (_, problems) = FilesInMemory(
      contents: files.merging(["agents/Helper/actions/Other.mcs.yml": .bytes(file)]) { $1 }
    ).snapshot()
    #expect(problems.map(\.path) == ["agents/Helper/actions/Other.mcs.yml"])
    #expect(problems.allSatisfy { $0.hidesContent && $0.message.hasPrefix(message) })
  }

  @Test func `a workspace without any reference declares none`() {
    let (snapshot, _) = FilesInMemory(contents: workspace()).snapshot()
    #expect(snapshot.instances.map(\.declarations) == [.read])
    #expect(snapshot.instances.map(\.references.count) == [0])
  }

  @Test func `a reference of a workspace that cannot be read leaves them unknown`() {
    let (snapshot, problems) = FilesInMemory(
      contents: workspace([
        "agents/Helper/infrastructure/connections/\(name).sync.yaml": "connectionReferences: ["
      ])
    ).snapshot()
    #expect(snapshot.instances.map(\.declarations) == [.unreadable])
    #expect(problems.map(\.hidesContent) == [true])
  }

  @Test func `its parts and flows name references`() throws {
    let (snapshot, _) = FilesInMemory(contents: files).snapshot()
    let consumers = try #require(snapshot.instances.first?.consumers)
    #expect(consumers.map(\.kind) == [.agent, .flow])
    #expect(consumers.map(\.name) == ["Send a mail", "Notify a team"])
    #expect(
      consumers.map(\.id) == ["actions/mail.mcs.yml", "0a1b2c3d-1111-2222-3333-444455556666"])
  }

  @Test func `its custom connectors are known by GUID`() throws {
    let (snapshot, _) = FilesInMemory(contents: files).snapshot()
    let connectors = try #require(snapshot.instances.first?.connectors)
    #expect(connectors.map(\.id) == ["2a1b2c3d-1111-2222-3333-444455556666"])
    #expect(connectors.map(\.name) == ["abc_5Fstock"])
  }

  @Test func `a list that cannot be read says nothing`() throws {
    let (snapshot, problems) = FilesInMemory([
      "a/connectionreferences.mcs.yml": "connectionReferences: [\n"
    ]).snapshot()
    #expect(problems.count == 1)
    #expect(snapshot.instances.map(\.declarations) == [.unreadable])
  }

  private let part = "action:\n  connectionReference: abc_x\n"

  @Test(arguments: ["agent.mcs.yml", "settings.mcs.yml", "Agent.mcs.yml"])
  func `an agent whose list was not committed names references and declares none`(
    file: String
  ) throws {
    let (snapshot, problems) = FilesInMemory([
      "a/\(file)": "kind: GptComponentMetadata\n",
      "a/actions/Mail.mcs.yml": part,
      "a/agents/Sub/agent.mcs.yml": "kind: GptComponentMetadata\n",
      "a/agents/Sub/actions/Call.mcs.yml": part,
    ]).snapshot()
    #expect(problems.isEmpty)
    let instance = try #require(snapshot.instances.first)
    #expect(snapshot.instances.count == 1)
    #expect(instance.form == .clone)
    #expect(instance.declarations == .absent)
    #expect(
      instance.consumers.map(\.id) == ["actions/mail.mcs.yml", "agents/sub/actions/call.mcs.yml"])
  }

  @Test(arguments: ["agent.mcs.yml", "settings.mcs.yml"])
  func `an agent that is no YAML is not known`(file: String) {
    let text = "x: [\n{\"`"
    for (path, isAgents) in [("a/\(file)", true), ("a/agents/Sub/\(file)", true)] {
      let (_, problems) = FilesInMemory([
        "a/connectionreferences.mcs.yml": "connectionReferences: []\n",
        "a/actions/Mail.mcs.yml": part, path: text,
      ]).snapshot()
      #expect(problems.filter(\.hidesContent).map(\.path) == (isAgents ? [path] : []))
    }
    let (_, alone) = FilesInMemory(["a/\(file)": text]).snapshot()
    #expect(alone.map(\.path) == ["a/\(file)"])
  }

  @Test func `instructions may hold what YAML gives a meaning`() {
    let (_, problems) = FilesInMemory([
      "a/agent.mcs.yml":
        "instructions: |-\n  Be `brief`: {x} [y] @z %a\nconversationStarters:\n  - title: Who?\n"
        + "    text: @Help me\nbody:\n  @odata.type: `String`\n",
      "a/connectionreferences.mcs.yml": "connectionReferences: []\n",
    ]).snapshot()
    #expect(problems.isEmpty)
  }

  @Test func `agents side by side are two, though one above them was cloned as well`() {
    let (snapshot, _) = FilesInMemory([
      "settings.mcs.yml": "x: y\n", "topics/Greet.mcs.yml": part,
      "work/One/agent.mcs.yml": "x: y\n", "work/One/topics/Greet.mcs.yml": part,
      "work/Two/connectionreferences.mcs.yml": "connectionReferences: []\n",
    ]).snapshot()
    #expect(snapshot.instances.map(\.folder) == ["", "work/One", "work/Two"])
    #expect(snapshot.instances.map(\.consumers.count) == [1, 1, 0])
    #expect(snapshot.instances.map(\.declarations) == [.absent, .absent, .read])
  }

  @Test func `an agent without a list that names no reference is nothing`() {
    let (snapshot, problems) = FilesInMemory([
      "a/agent.mcs.yml": "kind: GptComponentMetadata\n",
      "a/topics/Greet.mcs.yml": "kind: AdaptiveDialog\n",
    ]).snapshot()
    #expect(snapshot.instances.isEmpty)
    #expect(problems.isEmpty)
  }

  @Test func `parts without a list beside them are no clone`() {
    let (snapshot, problems) = FilesInMemory([
      "a/actions/Mail.mcs.yml": "action:\n  connectionReference: abc_x\n"
    ]).snapshot()
    #expect(problems.isEmpty)
    #expect(snapshot.instances.isEmpty)
  }
}
