import TestSupport

/// A solution in each form on disk, with everything that can name a reference. One reference is
/// reported by its logical name; another, whose name begins with the same letters, is always there.
struct RepairFixture {
  enum Form: CaseIterable {
    case classic, plain, yaml, clone, workspace
  }

  static let old = "new_sharedsql_a1b2c"
  static let new = "new_sharedsql_9d8e7"
  /// Its name begins with those of the other two, as far as letters go.
  static let other = "new_sharedsql_9d8e7_audit"

  /// The files of the form, by path. The reference is called `name`.
  static func files(_ form: Form, _ name: String) -> [String: TestFile] {
    solution(form, name, in: "solutions/Sales").merging(
      settings(name).mapValues { TestFile($0) }
    ) { $1 }
  }

  /// A solution alone.
  static func solution(
    _ form: Form, _ name: String, in folder: String
  ) -> [String: TestFile] {
    let texts =
      switch form {
      case .classic: classic(name)
      case .plain: plain(name)
      case .yaml: yaml(name)
      case .clone: clone(name)
      case .workspace: workspace(name)
      }
    return Dictionary(
      uniqueKeysWithValues: texts.map { ("\(folder)/\($0.key)", TestFile($0.value)) })
  }

  /// Another solution that names the reference everywhere and does not declare it.
  static func neighbour(_ form: Form, _ name: String) -> [String: TestFile] {
    var files = solution(form, name, in: "solutions/Service")
    files["solutions/Service/connectionreferences/\(name)/connectionreference.yml"] = nil
    for path in files.keys {
      files[path] = files[path]?.rewritten { text in
        text.replacing(declaration(name, "SQL Stock-\(name.suffix(5))"), with: "")
          .replacing("  - '@path': /connectionreferences/\(name)\n", with: "")
          .replacing("UniqueName>Sales<", with: "UniqueName>Service<")
          .replacing("UniqueName: Sales", with: "UniqueName: Service")
          // Its consumers are its own.
          .replacing("7E1C2A40", with: "8E1C2A40").replacing("91d03b52", with: "a1d03b52")
          .replacing("new_stock_1", with: "new_stock_2").replacing("new_agent", with: "new_agent2")
          .utf8
      }
    }
    return Dictionary(
      uniqueKeysWithValues: files.map {
        (
          $0.key.replacing("7E1C2A40", with: "8E1C2A40").replacing("91D03B52", with: "A1D03B52")
            .replacing("new_stock_1", with: "new_stock_2")
            .replacing("new_agent", with: "new_agent2"), $0.value
        )
      })
  }

  private static func classic(_ name: String) -> [String: String] {
    [
      "Other/Customizations.xml": customizations(name),
      "Other/Solution.xml": manifest,
      "Workflows/\(flowName).json": flow(name),
      "Workflows/Desktop-\(desktopID).json.data.xml": """
      <?xml version="1.0" encoding="utf-8"?>
      \(desktopFlow(name))
      """,
      "Workflows/Desktop-\(desktopID).json": "{}",
      "CanvasApps/new_stock_1.meta.xml": "<?xml version=\"1.0\"?>\n\(canvasApp(name))\n",
      "botcomponents/new_agent.topic.orders/data": agentPart(name),
      "Assets/botcomponent_connectionreferenceset.xml": """
      <botcomponent_connectionreferenceset>
        <botcomponent_connectionreference botcomponentid.schemaname="new_agent.topic.orders" \
      connectionreferenceid.connectionreferencelogicalname="\(name)">
          <iscustomizable>1</iscustomizable>
        </botcomponent_connectionreference>
        <botcomponent_connectionreference botcomponentid.schemaname="new_agent.topic.other" \
      connectionreferenceid.connectionreferencelogicalname="\(other)" />
      </botcomponent_connectionreferenceset>
      """,
      "bots/new_agent/bot.xml": """
      <bot schemaname="new_agent">
        <name>\(new)</name>
        <providerconnectionreferenceid>
          <connectionreferencelogicalname>\(name)</connectionreferencelogicalname>
        </providerconnectionreferenceid>
      </bot>
      """,
      "fxexpressions/new_fx/fxexpression.json": """
      {
        "fxexpression": {
          "name": "\(new)",
          "context": "{\\"ConnectionReferences\\":[{\\"connectionReferenceLogicalName\\":\\"\(name)\\"}]}"
        }
      }
      """,
      "power.config.json": """
      {
        "appDisplayName": "Stock",
        "connectionReferences": {
          "2f8f5a3e-0000-4000-8000-000000000001": {
            "id": "/providers/Microsoft.PowerApps/apis/shared_sql",
            "xrmConnectionReferenceLogicalName": "\(name)"
          }
        }
      }

      """,
      "app/Properties.json": """
      {"Name": "\(new)", "LocalConnectionReferences": "{\\"1\\":{\\"id\\":\\"1\\",\\"connectionRef\\":\
      {\\"id\\":\\"/apis/shared_sql\\",\\"xrmConnectionReferenceLogicalName\\":\\"\(name)\\"}}}"}
      """,
    ]
  }

  private static func plain(_ name: String) -> [String: String] {
    [
      "customizations.xml": customizations(
        name,
        besides: "  <Workflows>\(desktopFlow(name))</Workflows>\n"
          + "  <CanvasApps>\(canvasApp(name).replacing("\"", with: "&quot;"))</CanvasApps>\n"
          + "  <msdyn_aiconfigurations><msdyn_aiconfiguration><msdyn_connectionreferenceid>"
          + "<connectionreferencelogicalname>\(name)</connectionreferencelogicalname>"
          + "</msdyn_connectionreferenceid></msdyn_aiconfiguration></msdyn_aiconfigurations>\n"),
      "solution.xml": manifest,
      "Workflows/\(flowName).json": flow(name),
    ]
  }

  private static func yaml(_ name: String) -> [String: String] {
    func declaration(_ name: String, _ displayName: String) -> String {
      """
      connectionreference:
        '@connectionreferencelogicalname': \(name)
        connectionreferencedisplayname: \(displayName)
        connectorid: /providers/Microsoft.PowerApps/apis/shared_sql
        iscustomizable: 1

      """
    }
    let row =
      "botcomponentid.schemaname=new_agent.topic.orders,connectionreferenceid."
      + "connectionreferencelogicalname=\(name)"
    return [
      "connectionreferences/\(name)/connectionreference.yml": declaration(name, "Stock"),
      "connectionreferences/\(other)/connectionreference.yml": declaration(other, "Audit"),
      "solutions/Sales/solution.yml": "SolutionManifest:\n  UniqueName: Sales\n  Version: 1.0\n",
      "solutions/Sales/missingdependencies.yml": "MissingDependencies: \n",
      "solutions/Sales/solutioncomponents.yml": """
      SolutionComponents:
        Component:
        - '@path': /botcomponent_connectionreferenceset/\(row)
        - '@path': /botcomponents/new_agent.topic.orders
        - '@path': /connectionreferences/\(other)
        - '@path': /connectionreferences/\(name)
        - '@path': /modernflows/\(flowName)

      """,
      "modernflows/\(flowName).json": flow(name),
      "botcomponents/new_agent.topic.orders/data": agentPart(name),
      "botcomponent_connectionreferenceset/\(row)/botcomponent_connectionreference.yml": """
      botcomponent_connectionreference:
        '@botcomponentid.schemaname': new_agent.topic.orders
        '@connectionreferenceid.connectionreferencelogicalname': \(name)
        iscustomizable: 1

      """,
      "canvasapps/new_stock_1/canvasapp.yml": """
      CanvasApp:
        Name: new_stock_1
        DisplayName: Stock
        ConnectionReferences: '{"1":{"id":"/apis/shared_sql","displayName":"\(new)",\
      "xrmConnectionReferenceLogicalName":"\(name)"}}'
        CdsDependencies: '{"cdsdependencies":[{"logicalname":"\(name)","componenttypeplatformname":\
      "ConnectionReference"}]}'

      """,
    ]
  }

  private static func clone(_ name: String) -> [String: String] {
    [
      "connectionreferences.mcs.yml": """
      connectionReferences:
        - connectionReferenceLogicalName: \(name)
          connectorId: /providers/Microsoft.PowerApps/apis/shared_sql
        - connectionReferenceLogicalName: \(other)
          connectorId: /providers/Microsoft.PowerApps/apis/shared_sql

      """,
      "actions/orders.mcs.yml": agentPart(name),
      "workflows/\(flowName)/workflow.json": flow(name),
    ]
  }

  private static func workspace(_ name: String) -> [String: String] {
    func declaration(_ name: String) -> String {
      """
      connectionReferences:
        - connectionReferenceLogicalName: \(name)
          connectorId: /providers/Microsoft.PowerApps/apis/shared_sql

      """
    }
    return [
      "agent.sync.yaml": "# Says how the files lie.\nlayoutVersion: 1\n",
      "infrastructure/connections/\(name).sync.yaml": declaration(name),
      "infrastructure/connections/\(other).sync.yaml": declaration(other),
      "capabilities/tools/Orders.mcs.yml": """
      mcs.metadata:
        componentName: Orders
      kind: ConnectorTool
      authMode: Invoker
      connectionReference: \(name)
      connectorId: /providers/Microsoft.PowerApps/apis/shared_sql
      operationId: GetItems

      """,
    ]
  }

  static let flowName = "TakeStock-7E1C2A40-5B1D-EF11-9F89-000D3A1F0001"
  private static let desktopID = "91D03B52-6C2E-EF11-9F89-000D3A1F0002"

  static func customizations(_ name: String, besides: String = "") -> String {
    // The order of an export is its own: what is restored may be last.
    let own = declaration(name, "SQL Stock-\(name.suffix(5))")
    let rest = declaration(other, "Audit")
    return """
      <?xml version="1.0" encoding="utf-8"?>
      <ImportExportXml xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
      \(besides)  <connectionreferences>
      \(name == old ? own + rest : rest + own)  </connectionreferences>
      </ImportExportXml>

      """
  }

  private static func declaration(_ name: String, _ displayName: String) -> String {
    """
        <connectionreference connectionreferencelogicalname="\(name)">
          <connectionreferencedisplayname>\(displayName)</connectionreferencedisplayname>
          <connectorid>/providers/Microsoft.PowerApps/apis/shared_sql</connectorid>
          <statecode>0</statecode>
        </connectionreference>

    """
  }

  private static let manifest = """
    <ImportExportXml><SolutionManifest>
      <UniqueName>Sales</UniqueName>
      <Publisher><UniqueName>contoso</UniqueName><CustomizationPrefix>new</CustomizationPrefix></Publisher>
      <MissingDependencies />
    </SolutionManifest></ImportExportXml>

    """

  static func flow(_ name: String) -> String {
    """
    {
      "properties": {
        "connectionReferences": {
          "shared_sql": {
            "runtimeSource": "embedded",
            "connection": {
              "connectionReferenceLogicalName": "\(name)"
            },
            "api": { "name": "shared_sql" }
          },
          "shared_sql_1": {
            "connection": { "connectionReferenceLogicalName": "\(other)" },
            "api": { "name": "shared_sql" }
          }
        },
        "definition": {
          "triggers": {},
          "actions": {
            "Take": { "inputs": { "host": { "connectionName": "shared_sql" } } },
            "Note": { "inputs": { "host": { "connectionName": "shared_sql_1" }, "parameters": {
              "item/connectionreferencelogicalname": "\(new)" } } }
          }
        }
      },
      "schemaVersion": "1.0.0.0"
    }

    """
  }

  private static func desktopFlow(_ name: String) -> String {
    """
    <Workflow WorkflowId="{\(desktopID.lowercased())}" Name="Desktop"><Category>6</Category>\
    <ConnectionReferences>[{"displayName":"\(new)","connectionReferenceLogicalName":"\(name)"}]\
    </ConnectionReferences></Workflow>
    """
  }

  private static func canvasApp(_ name: String) -> String {
    """
    <CanvasApp><Name>new_stock_1</Name><DisplayName>Stock</DisplayName><ConnectionReferences>{"1":\
    {"id":"/apis/shared_sql","displayName":"\(new)","xrmConnectionReferenceLogicalName":"\(name)"}}\
    </ConnectionReferences><CdsDependencies>{"cdsdependencies":[{"logicalname":"\(name)",\
    "componenttypeplatformname":"ConnectionReference"}]}</CdsDependencies></CanvasApp>
    """
  }

  private static func agentPart(_ name: String) -> String {
    """
    kind: TaskDialog
    modelDisplayName: Orders
    modelDescription: >
      connectionReference: \(new)
    action:
      kind: InvokeConnectorTaskAction
      connectionReference: \(name)
    """
  }

  private static func settings(_ name: String) -> [String: String] {
    func row(_ name: String, _ id: String) -> String {
      """
          {
            "LogicalName": "\(name)",
            "ConnectionId": "\(id)",
            "ConnectorId": "/providers/Microsoft.PowerApps/apis/shared_sql"
          }
      """
    }
    return [
      "config/prod.json": """
      {
        "EnvironmentVariables": [{ "SchemaName": "new_sharedsql", "Value": "\(new)" }],
        "ConnectionReferences": [
      \(row(name, "0123456789abcdef0123456789abcdef")),
      \(row(other, ""))
        ]
      }
      """,
      "config/test.json": """
      {"ConnectionReferences": [
      \(row(other, "#{connectionreference.\(other)}#")),
      \(row(name, "#{connectionreference.\(name)}#"))
      ]}

      """,
      "config/user.json": """
      {"UserSettings": [{"Name": "connectionreference.\(name)", "Value": "1"},
        {"Name": "connectionreference.user.\(name)", "Value": "a@example.com"}]}
      """,
      "config/keyed.json": """
      {"connectionReferences": {"\(name)": {"connectorId": "/apis/shared_sql", "connectionId": "2"}}}
      """,
    ]
  }
}

/// How files may be written, with any content.
enum Writing: CaseIterable {
  case plain, mark, carriageReturns, utf16, oneLine, noLineEnd

  func write(_ path: String, _ file: TestFile) -> TestFile {
    let text = String(decoding: file.bytes, as: UTF8.self)
    let isJSON = path.hasSuffix(".json")
    let isXML = path.hasSuffix(".xml")
    switch self {
    case .plain: return file
    case .mark: return TestFile("\u{FEFF}" + text)
    case .carriageReturns: return TestFile(text.replacing("\n", with: "\r\n"))
    case .noLineEnd: return TestFile(String(text.reversed().drop { $0.isNewline }.reversed()))
    // The solutions' own texts hold no line feed within a string.
    case .oneLine: return isJSON ? TestFile(text.replacing("\n", with: "")) : file
    case .utf16:
      guard isJSON || isXML else { return file }
      let declared = text.replacing("encoding=\"utf-8\"", with: "encoding=\"utf-16\"")
      return TestFile(
        bytes: [0xFF, 0xFE] + declared.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] })
    }
  }

  func write(_ files: [String: TestFile]) -> [String: TestFile] {
    Dictionary(uniqueKeysWithValues: files.map { ($0.key, write($0.key, $0.value)) })
  }
}

/// A repository with one commit, and a change of it that is staged.
func repository(
  _ before: [String: TestFile], _ after: [String: TestFile]
) throws -> TestRepository {
  let fixture = try TestRepository { Commit("base", before) }
  try fixture.stage(before.becoming(after))
  return fixture
}
