import Solution
import Testing

@Suite struct AppTests {
  private let declaration = """
    <ImportExportXml><connectionreferences>
    <connectionreference connectionreferencelogicalname="abc_StockDatabase">
    <connectionreferencedisplayname>Stock database</connectionreferencedisplayname>
    <connectorid>/providers/Microsoft.PowerApps/apis/shared_sql</connectorid>
    </connectionreference></connectionreferences></ImportExportXml>
    """
  private let connections = """
    {"0a1b2c3d-1111-2222-3333-444455556666":{"id":"/providers/microsoft.powerapps/apis/shared_sql",\
    "displayName":"SQL Server","xrmConnectionReferenceLogicalName":"abc_StockDatabase"},\
    "1a1b2c3d-1111-2222-3333-444455556666":{"id":"/providers/microsoft.powerapps/apis/shared_office365users",\
    "displayName":"Office 365-gebruikers","dataSources":["Users"]},\
    "2a1b2c3d-1111-2222-3333-444455556666":{"id":"/providers/microsoft.powerapps/apis/shared_sql",\
    "sharedConnectionId":"/providers/microsoft.powerapps/apis/shared_sql/connections/0a1b"}}
    """

  private func app(_ json: String) -> String {
    """
    <?xml version="1.0" encoding="utf-8"?>
    <CanvasApp xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
      <Name>abc_stock_1a2b3</Name>
      <DisplayName>Stock &amp; orders</DisplayName>
      <ConnectionReferences>\(json)</ConnectionReferences>
    </CanvasApp>
    """
  }

  private func consumers(_ files: [String: FilesInMemory.Content]) throws -> [Consumer] {
    let (snapshot, problems) = FilesInMemory(contents: files).snapshot()
    #expect(problems.isEmpty)
    return snapshot.instances.flatMap(\.consumers)
  }

  @Test func `a canvas app names a reference for a shared connection alone`() throws {
    let consumers = try consumers([
      "Other/Customizations.xml": .text(declaration),
      "CanvasApps/abc_stock_1a2b3.meta.xml": .bytes(utf8WithMark(app(connections))),
    ])
    let app = try #require(consumers.first)
    #expect(consumers.count == 1)
    #expect(app.kind == .app)
    #expect(app.id == "abc_stock_1a2b3")
    #expect(app.name == "Stock & orders")
    #expect(app.links.map(\.reference?.spelling) == ["abc_StockDatabase"])
    #expect(app.links.map(\.connector?.name) == ["shared_sql"])
    #expect(app.links.map(\.line) == [5])
    #expect(app.openEntries.map(\.sources) == [["users"], ["shared_sql"]])
    #expect(app.openEntries.map { $0.embeddedConnection != nil } == [false, true])
    #expect(app.links.map(\.embeddedConnection) == [nil])
  }

  private let calls = """
    {"0a1b2c3d-1111-2222-3333-444455556666":{"id":"/providers/microsoft.powerapps/apis/shared_logicflows",\
    "displayName":"Logic flows","dataSources":["Notify"],"parameterHints":{"workflowName":\
    {"value":"9a1b2c3d-1111-2222-3333-444455556666"},"workflowEntityId":\
    {"value":"7E1C2A40-5B1D-EF11-9F89-000D3A1F0001"}},"parameterHintsV2":{"workflowEntityId":\
    {"value":"7E1C2A40-5B1D-EF11-9F89-000D3A1F0001"}}},\
    "1a1b2c3d-1111-2222-3333-444455556666":{"id":"/providers/microsoft.powerapps/apis/shared_logicflows",\
    "parameterHints":{"workflowEntityId":{"value":"5e1c2a40-5b1d-ef11-9f89-000d3a1f0001"}}},\
    "2a1b2c3d-1111-2222-3333-444455556666":{"id":"/providers/microsoft.powerapps/apis/shared_logicflows",\
    "parameterHints":{"workflowEntityId":{"value":"7e1c2a40-5b1d-ef11-9f89-000d3a1f0001"}}},\
    "3a1b2c3d-1111-2222-3333-444455556666":{"parameterHints":{"workflowEntityId":null}},\
    "4a1b2c3d-1111-2222-3333-444455556666":{"parameterHints":[]}}
    """

  @Test func `an app is known by the flows that it calls`() throws {
    let consumers = try consumers([
      "Other/Customizations.xml": .text(declaration),
      "CanvasApps/abc_stock_1a2b3.meta.xml": .bytes(utf8WithMark(app(calls))),
    ])
    let app = try #require(consumers.first)
    #expect(app.links.isEmpty)
    #expect(
      app.calls == [
        "5e1c2a40-5b1d-ef11-9f89-000d3a1f0001", "7e1c2a40-5b1d-ef11-9f89-000d3a1f0001",
      ])
  }

  @Test func `a code app lists the flows that it calls beside its connections`() throws {
    let consumers = try consumers([
      "app/power.config.json": .text(
        """
        {"appDisplayName": "Stock", "connectionReferences": {"0a": {"id": "/x/shared_logicflows",
        "workflowDetails": {"workflowEntityId": "7E1C2A40-5b1d-ef11-9f89-000d3a1f0001",
        "workflowName": "9a1b", "dependencies": {}}}}}
        """)
    ])
    #expect(consumers.map(\.calls) == [["7e1c2a40-5b1d-ef11-9f89-000d3a1f0001"]])
  }

  @Test func `metadata with flows alone does not hide a reference of the unpacked app`()
    throws
  {
    let consumers = try consumers([
      "Other/Customizations.xml": .text(declaration),
      "CanvasApps/abc_stock_1a2b3.meta.xml": .text(app(calls)),
      "CanvasApps/src/abc_stock_1a2b3/Connections/Connections.json": .text(unpacked),
    ])
    #expect(consumers.map(\.links.count) == [0, 1])
    #expect(consumers.map(\.calls.count) == [2, 0])
  }

  @Test func `an app without a reference is no consumer, and its JSON is not judged`() throws {
    #expect(
      try consumers([
        "Other/Customizations.xml": .text(declaration),
        "CanvasApps/abc_a.meta.xml": .text(app("{}")),
        "CanvasApps/abc_b.meta.xml": .text(app("{not JSON")),
      ]).isEmpty)
  }

  @Test func `JSON in an app that names a reference must be JSON`() {
    let (_, problems) = FilesInMemory([
      "Other/Customizations.xml": declaration,
      "CanvasApps/abc_a.meta.xml": app(#"{"xrmConnectionReferenceLogicalName": }"#),
    ]).snapshot()
    #expect(problems.map(\.line) == [5])
    #expect(problems.map(\.path) == ["CanvasApps/abc_a.meta.xml"])
  }

  @Test(arguments: [
    "canvasapps/abc_stock_1a2b3/canvasapp.yml", "canvasapps/abc_stock_1a2b3.meta.yml",
  ])
  func `Git integration writes the same as YAML`(path: String) throws {
    let consumers = try consumers([
      "solutions/Stock/solution.yml": .text("ImportExportXml:\n  SolutionManifest: \n"),
      path: .text(
        "CanvasApp:\r\n  Name: abc_stock_1a2b3\r\n  DisplayName: Stock\r\n"
          + "  ConnectionReferences: '\(connections)'\r\n"),
    ])
    #expect(consumers.map(\.id) == ["abc_stock_1a2b3"])
    #expect(consumers.flatMap(\.links).map(\.line) == [4])
    #expect(consumers.flatMap(\.links).map(\.reference?.spelling) == ["abc_StockDatabase"])
  }

  @Test func `a plain solution holds its apps in customizations`() throws {
    let inlined = app(connections).replacing(
      #"<?xml version="1.0" encoding="utf-8"?>"#, with: "")
    let consumers = try consumers([
      "customizations.xml": .text(
        "<ImportExportXml><CanvasApps>\(inlined)</CanvasApps></ImportExportXml>")
    ])
    #expect(consumers.map(\.kind) == [.app])
    #expect(consumers.map(\.path) == ["customizations.xml"])
  }

  @Test func `an app that is in both places is one`() throws {
    let inlined = app(connections).replacing(
      #"<?xml version="1.0" encoding="utf-8"?>"#, with: "")
    let consumers = try consumers([
      "customizations.xml": .text(
        "<ImportExportXml><CanvasApps>\(inlined)</CanvasApps></ImportExportXml>"),
      "CanvasApps/abc_stock_1a2b3.meta.xml": .text(app(connections)),
    ])
    #expect(consumers.map(\.path) == ["CanvasApps/abc_stock_1a2b3.meta.xml"])
  }

  @Test(arguments: ["power.config.json", "ms.config.json", "ms.test.config.json"])
  func `a code app outside any solution declares nothing`(name: String) throws {
    let (snapshot, problems) = FilesInMemory([
      "src/Other/Customizations.xml": declaration,
      "app/\(name)": """
      {"appId": "x", "appDisplayName": "Stock", "connectionReferences": \(connections)}
      """,
    ]).snapshot()
    #expect(problems.isEmpty)
    let instance = try #require(snapshot.instances.first { $0.folder == "app" })
    #expect(instance.form == .codeApp)
    #expect(instance.declarations == .absent)
    #expect(instance.consumers.map(\.kind) == [.codeApp])
    #expect(instance.consumers.map(\.name) == ["Stock"])
    #expect(instance.consumers.flatMap(\.links).map(\.reference?.key) == ["abc_stockdatabase"])
  }

  @Test func `a code app beside a solution's files is one of its consumers`() throws {
    let (snapshot, _) = FilesInMemory([
      "Other/Customizations.xml": declaration,
      "power.config.json": #"{"connectionReferences": \#(connections)}"#,
    ]).snapshot()
    #expect(snapshot.instances.map(\.form) == [.unpacked])
    #expect(snapshot.instances.flatMap(\.consumers).map(\.id) == ["power.config.json"])
  }

  @Test func `two code apps in two folders are two consumers`() throws {
    let app = #"{"appDisplayName": "Stock", "connectionReferences": \#(connections)}"#
    let consumers = try consumers([
      "apps/Stock/power.config.json": .text(app), "apps/Order/power.config.json": .text(app),
    ])
    #expect(
      consumers.map(\.id).sorted()
        == ["apps/order/power.config.json", "apps/stock/power.config.json"])
  }

  @Test func `a code app without a reference has no link`() throws {
    #expect(
      try consumers([
        "app/power.config.json": .text(#"{"connectionReferences": {"a": {"id": "/x/shared_sql"}}}"#)
      ]).flatMap(\.links).isEmpty)
  }

  private let unpacked = """
    {
      "0a1b2c3d-1111-2222-3333-444455556666": {
        "connectionInstanceId": "/providers/microsoft.powerapps/apis/shared_sql/connections/0a1b",
        "connectionRef": {
          "id": "/providers/microsoft.powerapps/apis/shared_sql",
          "sharedConnectionId": "/providers/microsoft.powerapps/apis/shared_sql/connections/0a1b",
          "xrmConnectionReferenceLogicalName": "abc_StockDatabase"
        },
        "id": "0a1b2c3d-1111-2222-3333-444455556666"
      },
      "1a1b2c3d-1111-2222-3333-444455556666": {
        "connectionRef": {"id": "/providers/microsoft.powerapps/apis/shared_sql"}
      }
    }
    """

  private func properties(_ connections: String) -> String {
    let text = connections.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
      .replacing("\n", with: "\\r\\n")
    return """
      {"Author": "", "ControlCount": {"button": 2},
       "LocalConnectionReferences": "\(text)", "Name": "eA=="}
      """
  }

  @Test func `an unpacked app names a reference in its connections`() throws {
    for content: FilesInMemory.Content in [
      .text(unpacked), .bytes(utf8WithMark(unpacked)),
      .text(unpacked.replacing("\n", with: "\r\n")),
    ] {
      let consumers = try consumers(["apps/Stock/Connections/Connections.json": content])
      #expect(consumers.map(\.kind) == [.app])
      #expect(consumers.map(\.id) == ["stock"])
      #expect(consumers.flatMap(\.links).map(\.reference?.spelling) == ["abc_StockDatabase"])
      #expect(consumers.flatMap(\.links).map(\.connector?.name) == ["shared_sql"])
      #expect(consumers.flatMap(\.links).map(\.line) == [7])
    }
  }

  @Test func `an app's properties hold the same as text`() throws {
    let (snapshot, problems) = FilesInMemory([
      "canvasapps/abc_stock_1a2b3/abc_stock_1a2b3_DocumentUri/Properties.json":
        properties(unpacked)
    ]).snapshot()
    #expect(problems.isEmpty)
    #expect(snapshot.instances.map(\.form) == [.canvasApp])
    let consumers = snapshot.instances.flatMap(\.consumers)
    #expect(consumers.map(\.id) == ["abc_stock_1a2b3"])
    #expect(consumers.flatMap(\.links).map(\.reference?.spelling) == ["abc_StockDatabase"])
    #expect(consumers.flatMap(\.links).map(\.line) == [2])
  }

  @Test func `an app whose metadata names the reference is one consumer`() throws {
    let consumers = try consumers([
      "Other/Customizations.xml": .text(declaration),
      "CanvasApps/abc_stock_1a2b3.meta.xml": .text(app(connections)),
      "CanvasApps/abc_stock_1a2b3_DocumentUri/Properties.json": .text(properties(unpacked)),
      "CanvasApps/abc_stock_1a2b3_DocumentUri/Connections/Connections.json": .text(unpacked),
    ])
    #expect(consumers.map(\.path) == ["CanvasApps/abc_stock_1a2b3.meta.xml"])
  }

  @Test(arguments: [
    "{}", #"{"LocalConnectionReferences": "{}"}"#,
    #"{"a": {"connectionRef": {"id": "/x/shared_sql", "sharedConnectionId": "/x/y"}}}"#,
  ])
  func `unpacked files that name no reference are nothing`(text: String) throws {
    let files = FilesInMemory(["a/Connections/Connections.json": text, "a/Properties.json": text])
    let (snapshot, problems) = files.snapshot()
    #expect(snapshot.instances.isEmpty)
    #expect(problems.isEmpty)
  }

  @Test func `beside a solution they are an app that uses no reference`() throws {
    let open = #"{"5b": {"connectionRef": {"id": "/apis/shared_sql"}, "dataSources": ["Users"]}}"#
    func apps(_ path: String, _ text: String) throws -> [Consumer] {
      try consumers(["Other/Customizations.xml": .text(declaration), path: .text(text)])
    }
    let listed = try apps("apps/Stock/Connections/Connections.json", open)
    #expect(listed.map(\.kind) == [.app] && listed.map(\.id) == ["stock"])
    #expect(listed.flatMap(\.openEntries).map(\.sources) == [["users"]])
    #expect(try apps("a/Stock/Properties.json", properties(open)).map(\.id) == ["stock"])
    // Of another program the same text is nothing, and so is an app without a connection.
    #expect(try apps("a/Stock/Properties.json", open) == [])
    #expect(try apps("a/Stock/Properties.json", properties("{}")) == [])
  }

  @Test(arguments: ["", "{not JSON", "version https://git-lfs.github.com/spec/v1\n"])
  func `of unpacked files that cannot be read one is an app's for certain`(text: String) {
    let files = FilesInMemory(["a/Connections/Connections.json": text, "a/Properties.json": text])
    let (snapshot, problems) = files.snapshot()
    #expect(snapshot.instances.isEmpty)
    #expect(problems.map(\.path) == ["a/Connections/Connections.json", "a/Properties.json"])
    #expect(problems.map(\.hidesContent) == [true, false])
    #expect(problems.map(\.mayHideContent) == [true, true])
  }

  @Test(arguments: [
    ("app/power.config.json", #"{"appId": "1", "connectionReferences": {"#),
    ("app/power.config.json", ""),
    ("Other/CanvasApps/abc_a.meta.xml", ""),
    ("Other/CanvasApps/abc_a.meta.xml", "<CanvasApp><Name>abc_a</Name><Conn"),
    ("solutions/A/canvasapps/abc_a/canvasapp.yml", "CanvasApp: ["),
  ])
  func `an app's file that was cut short may have named a reference`(path: String, text: String) {
    let (_, problems) = FilesInMemory([
      "Other/Customizations.xml": declaration,
      path.replacing("Other/CanvasApps", with: "CanvasApps"): text,
      "solutions/A/solutions/A/solution.yml": "ImportExportXml:\n  SolutionManifest: \n",
    ]).snapshot()
    #expect(problems.map(\.hidesContent) == [true])
  }

  @Test func `the configuration of another program is nothing with any content`() {
    let (snapshot, problems) = FilesInMemory(["app/ms.build.config.json": "{ // a comment"])
      .snapshot()
    #expect(snapshot.instances.isEmpty)
    #expect(problems.isEmpty)
  }

  @Test func `unpacked files that name a reference must be JSON`() {
    let (_, problems) = FilesInMemory([
      "a/Connections/Connections.json": #"{"x": {"xrmConnectionReferenceLogicalName": }}"#,
      "b/Properties.json": #"{"LocalConnectionReferences": "xrmConnectionReferenceLogicalName"}"#,
    ]).snapshot()
    #expect(problems.map(\.path) == ["a/Connections/Connections.json", "b/Properties.json"])
  }
}
