import Solution
import Testing

@Suite struct AgentTests {
  private let mail = "abc_Helper.shared_office365.0a1b2c3d4e5f60718293a4b5c6d7e8f9"
  private let customizations = """
    <ImportExportXml><connectionreferences>
    <connectionreference connectionreferencelogicalname="abc_x"><connectorid>/a/shared_x</connectorid>
    </connectionreference></connectionreferences></ImportExportXml>
    """

  private func part(_ reference: String) -> String {
    """
    kind: TaskDialog
    modelDisplayName: Send a mail
    modelDescription: |-
      Say it so:
        connectionReference: not_this_one
    action:
      kind: InvokeConnectorTaskAction
      connectionReference: \(reference)
      connectionProperties:
        mode: Maker

      operationId: SendEmailV2
    """
  }

  private func rows(_ pairs: (String, String)...) -> String {
    "<botcomponent_connectionreferenceset>\n"
      + pairs.map {
        """
        <botcomponent_connectionreference botcomponentid.schemaname="\($0)" \
        connectionreferenceid.connectionreferencelogicalname="\($1)"><iscustomizable>1</iscustomizable>\
        </botcomponent_connectionreference>

        """
      }.joined() + "</botcomponent_connectionreferenceset>"
  }

  private func consumers(_ files: [String: String]) -> [Consumer] {
    let (snapshot, problems) = FilesInMemory(files).snapshot()
    #expect(problems.isEmpty)
    return snapshot.instances.flatMap(\.consumers)
  }

  @Test func `a part of an agent names a reference at any depth`() throws {
    let consumers = consumers([
      "Other/Customizations.xml": customizations,
      "botcomponents/abc_Helper.topic.Mail/data": part(mail),
      "botcomponents/abc_Helper.topic.Greeting/data": "kind: AdaptiveDialog\n",
    ])
    let agent = try #require(consumers.first)
    #expect(consumers.count == 1)
    #expect(agent.kind == .agent)
    #expect(agent.id == "abc_helper.topic.mail")
    #expect(agent.name == "Send a mail")
    #expect(agent.links.map(\.reference?.spelling) == [mail])
    #expect(agent.links.map(\.connector?.name) == ["shared_office365"])
    #expect(agent.links.map(\.line) == [8])
  }

  @Test(arguments: [
    ("'abc_a'", "abc_a"), ("\"abc_a\"", "abc_a"), ("abc_a # the old one", "abc_a"),
    ("abc_a  ", "abc_a"),
  ])
  func `a value may be quoted or carry a comment`(value: String, name: String) {
    let consumers = consumers(["botcomponents/a.topic.B/data": part(value)])
    #expect(consumers.flatMap(\.links).map(\.reference?.spelling) == [name])
  }

  @Test(arguments: [
    "=Topic.Reference", "{ kind: X }", "", "|", "*anchor", "two words",
  ])
  func `what is no name is none`(value: String) {
    #expect(consumers(["botcomponents/a.topic.B/data": part(value)]).flatMap(\.links).isEmpty)
  }

  @Test func `a quoted text of several lines is passed over`() {
    let text = """
      description: "first
        connectionReference: not_this
        say \\"so\\" and end"
      actions:
        - kind: X
          connectionReference: abc_a
        - connectionReference: abc_b
      other: 'it''s
        connectionReference: nor_this'
      """
    let links = consumers(["botcomponents/a.topic.B/data": text]).flatMap(\.links)
    #expect(links.map(\.reference?.spelling) == ["abc_a", "abc_b"])
    #expect(links.map(\.line) == [6, 7])
  }

  @Test func `CRLF, a byte order mark and UTF-16 change nothing`() {
    let text = part(mail).replacing("\n", with: "\r\n")
    for bytes in [Array(text.utf8), utf8WithMark(text), utf16(text)] {
      let (snapshot, problems) = FilesInMemory(contents: [
        "botcomponents/a.topic.B/data": .bytes(bytes)
      ]).snapshot()
      #expect(problems.isEmpty)
      let links = snapshot.instances.flatMap(\.consumers).flatMap(\.links)
      #expect(links.map(\.reference?.spelling) == [mail])
      #expect(links.map(\.line) == [8])
    }
  }

  @Test func `a row that says what the part says is not reported again`() {
    let consumers = consumers([
      "Other/Customizations.xml": customizations,
      "Assets/botcomponent_connectionreferenceset.xml": rows(("abc_Helper.topic.Mail", mail)),
      "botcomponents/abc_Helper.topic.Mail/data": part(mail),
    ])
    #expect(consumers.map(\.path) == ["botcomponents/abc_Helper.topic.Mail/data"])
  }

  @Test func `a row that says something else is a consumer of its own`() throws {
    let consumers = consumers([
      "Other/Customizations.xml": customizations,
      "Assets/botcomponent_connectionreferenceset.xml": rows(
        ("abc_Helper.topic.Mail", "abc_old"), ("abc_Helper.topic.Other", mail)),
      "botcomponents/abc_Helper.topic.Mail/data": part(mail),
    ])
    let left = try #require(consumers.first { $0.id.hasPrefix("abc_helper.topic.mail/") })
    #expect(consumers.count == 3)
    #expect(left.path == "Assets/botcomponent_connectionreferenceset.xml")
    #expect(left.name == "abc_Helper.topic.Mail")
    #expect(left.links.map(\.reference?.spelling) == ["abc_old"])
    #expect(left.links.map(\.line) == [2])
  }

  @Test func `Git integration has a folder for each row`() {
    let folder =
      "botcomponent_connectionreferenceset/botcomponentid.schemaname=abc_Helper.topic.Mail,"
      + "connectionreferenceid.connectionreferencelogicalname=\(mail)"
    let consumers = consumers([
      "solutions/Help/solution.yml": "ImportExportXml:\n  SolutionManifest: \n",
      "\(folder)/botcomponent_connectionreference.yml": """
      botcomponent_connectionreference:
        '@botcomponentid.schemaname': abc_Helper.topic.Mail
        '@connectionreferenceid.connectionreferencelogicalname': \(mail)
        iscustomizable: 1
      """,
    ])
    #expect(consumers.map(\.id) == ["abc_helper.topic.mail/connectionreference"])
    #expect(consumers.flatMap(\.links).map(\.line) == [3])
  }

  @Test func `component lists say whose agent and app it is`() {
    let (snapshot, _) = FilesInMemory([
      "solutions/A/solution.yml": "ImportExportXml:\n  SolutionManifest: \n    UniqueName: A\n",
      "solutions/A/solutioncomponents.yml": "SolutionComponents: \n",
      "solutions/B/solution.yml": "ImportExportXml:\n  SolutionManifest:\n    UniqueName: B\n",
      "solutions/B/solutioncomponents.yml":
        "SolutionComponents:\n  Component:\n    '@path': /botcomponents/abc_Helper.topic.Mail\n",
      "botcomponents/abc_Helper.topic.Mail/data": part(mail),
      "botcomponents/abc_Other.topic.Mail/data": part(mail),
    ]).snapshot()
    #expect(
      snapshot.instances.map { $0.consumers.map(\.id) } == [
        ["abc_other.topic.mail"], ["abc_helper.topic.mail"],
      ])
  }

  @Test func `conflict markers in a part are a problem`() {
    let (_, problems) = FilesInMemory([
      "botcomponents/a.topic.B/data":
        "<<<<<<< HEAD\nconnectionReference: a\n=======\nconnectionReference: b\n>>>>>>> x\n"
    ]).snapshot()
    #expect(problems.map(\.message) == ["holds conflict markers"])
  }

  @Test func `a nested lookup of any other component counts`() {
    let consumers = consumers([
      "Other/Customizations.xml": customizations,
      "bots/abc_Helper/bot.xml": """
      <bot schemaname="abc_Helper"><providerconnectionreferenceid>
      <connectionreferencelogicalname>abc_x</connectionreferencelogicalname>
      </providerconnectionreferenceid></bot>
      """,
      "fxexpressions/abc_f/fxexpression.json": #"""
      {"fxexpression": {"context": "{\"ConnectionReferences\":[{\"connectionReferenceLogicalName\":\"abc_x\"}]}"}}
      """#,
      "fxexpressions/abc_g/fxexpression.json":
        #"{"fxexpression": {"context": "{\"ConnectionReferences\":[]}"}}"#,
    ])
    #expect(consumers.map(\.kind) == [.component, .component])
    #expect(consumers.flatMap(\.links).map(\.reference?.spelling) == ["abc_x", "abc_x"])
    #expect(
      consumers.flatMap(\.links).map(\.alias) == [
        "providerconnectionreferenceid", "ConnectionReferences",
      ])
  }

  @Test func `a lookup in what is left in customizations counts, a declaration does not`() {
    let consumers = consumers([
      "Other/Customizations.xml": """
      <ImportExportXml><connectionreferences>
      <connectionreference connectionreferencelogicalname="abc_x"><connectorid>/a/shared_x</connectorid>
      </connectionreference></connectionreferences>
      <msdyn_aiconfigurations><msdyn_aiconfiguration><msdyn_connectionreferenceid>
      <connectionreferencelogicalname>abc_x</connectionreferencelogicalname>
      </msdyn_connectionreferenceid></msdyn_aiconfiguration></msdyn_aiconfigurations>
      </ImportExportXml>
      """
    ])
    #expect(consumers.map(\.kind) == [.component])
    #expect(consumers.flatMap(\.links).map(\.line) == [5])
  }

  @Test func `an action without a name is open, and one whose name is worked out is not`() {
    func open(_ text: String) -> [Int] {
      consumers(["botcomponents/a.topic.B/data": text]).flatMap(\.openEntries).map(\.line)
    }
    #expect(open(part("abc_a")) == [])
    #expect(open(part("=Topic.Reference")) == [])
    #expect(open(part("")) == [7])
    #expect(open("kind: ConnectorTool\nconnectorId: /apis/shared_x\noperationId: Get\n") == [1])
    #expect(
      open(
        """
        actions:
          - kind: InvokeConnectorAction
            connectionReference: abc_a
          - kind: InvokeConnectorAction
            operationId: Get
          - kind: SendActivity
        """) == [4])
  }

  @Test(arguments: [
    ("  connectionReference", "\t connectionReference", 8, "is not YAML: a tab indents the line"),
    ("kind: TaskDialog", "kind: \"TaskDialog", 1, "is not YAML: a quote is not closed"),
  ])
  func `a part that is not YAML is unknown`(
    text: String, broken: String, line: Int, message: String
  ) {
    let file = part(mail).replacing(text, with: broken)
    let (_, problems) = FilesInMemory(["botcomponents/a.topic.B/data": file]).snapshot()
    #expect(problems.map(\.message) == [message])
    #expect(problems.map(\.line) == [line])
    #expect(problems.map(\.hidesContent) == [true])
  }

  @Test func `a quoted text of several lines that ends is YAML`() {
    let file = part(mail).replacing(
      "modelDisplayName: Send a mail",
      with: "modelDisplayName: \"Send\n  \\\"a\\\" mail\" # all\nalias: 'it''s\n\tit'")
    #expect(consumers(["botcomponents/a.topic.B/data": file]).flatMap(\.links).count == 1)
  }
}
