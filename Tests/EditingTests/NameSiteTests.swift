import Editing
import Solution
import Testing

@Suite struct NameSiteTests {
  private let flow = """
    {"properties": {"connectionReferences": {
      "shared_sql": {"connection": {"connectionReferenceLogicalName": "new_sql"}, "api": {"name": "new_sql"}},
      "shared_sql_1": {"connection": {"connectionReferenceLogicalName": "new_sql_1a2b3"}}
    }, "definition": {"actions": {"Add": {"inputs": {"parameters":
      {"item/connectionreferencelogicalname": "new_sql"}}}}}}}
    """

  @Test func `a flow's links alone are renamed, not what its actions handle`() throws {
    let wanted = flow.replacing(
      "\"connectionReferenceLogicalName\": \"new_sql\"",
      with: "\"connectionReferenceLogicalName\": \"new_db\"")
    #expect(try renamed(flow, as: .flow, from: "new_sql", to: "new_db") == wanted)
  }

  @Test func `a name is renamed whatever its letter case, and only as a whole`() throws {
    let wanted = flow.replacing("\"new_sql_1a2b3\"", with: "\"new_db\"")
    #expect(try renamed(flow, as: .flow, from: "NEW_SQL_1a2b3", to: "new_db") == wanted)
  }

  @Test(arguments: [true, false])
  func `a UTF-16 file stays one, characters of two units included`(bigEndian: Bool) throws {
    let text =
      "{\"a\": \"\u{1F600}ä\", \"properties\": {\"connectionReferences\": [{\"connection\":"
      + " {\"connectionReferenceLogicalName\": \"new_a\"}}]}}"
    let wanted = text.replacing("new_a", with: "new_bcd")
    #expect(
      try renamed(utf16(text, bigEndian: bigEndian), as: .flow, from: "new_a", to: "new_bcd")
        == utf16(wanted, bigEndian: bigEndian))
  }

  @Test func `a byte order mark and CRLF stay`() throws {
    let text = "\u{FEFF}<a>\r\n  <b connectionreferencelogicalname=\"new_a\" />\r\n</a>\r\n"
    #expect(
      try renamed(text, as: .component, from: "new_a", to: "new_b")
        == text.replacing("new_a", with: "new_b"))
  }

  @Test func `an app's JSON is renamed inside the XML, escaped or not`() throws {
    for quote in ["\"", "&quot;", "&#34;"] {
      let text = """
        <CanvasApp><Name>new_a</Name><ConnectionReferences>{'1':{'displayName':'new_a',\
        'xrmConnectionReferenceLogicalName':'new_a'}}</ConnectionReferences>\
        <CdsDependencies>{'cdsdependencies':[{'logicalname':'new_a','componenttypeplatformname':\
        'ConnectionReference'},{'logicalname':'new_a'}]}</CdsDependencies></CanvasApp>
        """.replacing("'", with: quote)
      let wanted = """
        <CanvasApp><Name>new_a</Name><ConnectionReferences>{'1':{'displayName':'new_a',\
        'xrmConnectionReferenceLogicalName':'new_b'}}</ConnectionReferences>\
        <CdsDependencies>{'cdsdependencies':[{'logicalname':'new_b','componenttypeplatformname':\
        'ConnectionReference'},{'logicalname':'new_a'}]}</CdsDependencies></CanvasApp>
        """.replacing("'", with: quote)
      #expect(try renamed(text, as: .canvasApp, from: "new_a", to: "new_b") == wanted)
    }
  }

  @Test func `JSON text inside JSON and inside YAML is renamed at its place`() throws {
    let properties =
      #"{"LocalConnectionReferences": "{\"1\":{\"connectionRef\":{\"xrmConnectionReferenceLogicalName\":\"new_a\"}}}"}"#
    #expect(
      try renamed(properties, as: .unpackedApp, from: "new_a", to: "new_b")
        == properties.replacing("new_a", with: "new_b"))
    let yaml = """
      CanvasApp:
        Name: new_a
        ConnectionReferences: '{"1":{"displayName":"Bob''s","xrmConnectionReferenceLogicalName":"new_a"}}'

      """
    #expect(
      try renamed(yaml, as: .canvasApp, from: "new_a", to: "new_b")
        == yaml.replacing("\"new_a\"", with: "\"new_b\""))
  }

  @Test func `a name that a place must escape is escaped there`() throws {
    let text = "<a><b connectionreferencelogicalname=\"new_a\"/></a>"
    #expect(
      try renamed(text, as: .component, from: "new_a", to: "a&\"b")
        == text.replacing("new_a", with: "a&amp;&quot;b"))
  }

  @Test func `comments, CDATA and other markup around are no obstacle`() throws {
    let text = """
      <?xml version="1.0"?><!-- <connectionreferencelogicalname>new_a</connectionreferencelogicalname> -->
      <bot><providerconnectionreferenceid><connectionreferencelogicalname>
        new_a
      </connectionreferencelogicalname></providerconnectionreferenceid>
      <x><![CDATA[<connectionreferencelogicalname>new_a</connectionreferencelogicalname>]]></x>
      <context><![CDATA[{"connectionReferenceLogicalName":"new_a"}]]></context></bot>
      """
    let wanted = text.replacing("\n  new_a\n", with: "\n  new_b\n")
      .replacing("\":\"new_a", with: "\":\"new_b")
    #expect(try renamed(text, as: .component, from: "new_a", to: "new_b") == wanted)
  }

  @Test func `a manifest names a missing reference twice`() throws {
    let text = """
      <ImportExportXml><SolutionManifest><MissingDependencies><MissingDependency>
      <Required type="connectionreference" displayName="new_a" id.connectionreferencelogicalname="new_a" />
      <Dependent type="29" displayName="new_a" id="{1}" /></MissingDependency></MissingDependencies>
      </SolutionManifest></ImportExportXml>
      """
    let wanted = text.replacing(
      "displayName=\"new_a\" id.connectionreferencelogicalname=\"new_a\"",
      with: "displayName=\"new_b\" id.connectionreferencelogicalname=\"new_b\"")
    #expect(try renamed(text, as: .manifest, from: "new_a", to: "new_b") == wanted)
  }

  @Test func `an agent's part is renamed by its key, not in its texts`() throws {
    let text = """
      kind: TaskDialog
      modelDescription: |
        connectionReference: new_a
      action:
        connectionReference: new_a # the old one
        - connectionReference: 'new_a'
      """
    let wanted = """
      kind: TaskDialog
      modelDescription: |
        connectionReference: new_a
      action:
        connectionReference: new_b # the old one
        - connectionReference: 'new_b'
      """
    #expect(try renamed(text, as: .agentPart, from: "new_a", to: "new_b") == wanted)
  }

  @Test func `a list of components names references in paths`() throws {
    let text = """
      SolutionComponents:
        Component:
        - '@path': /connectionreferences/new_a
        - '@path': /connectionreferences/new_a_1a2b3
        - '@path': /botcomponent_connectionreferenceset/botcomponentid.schemaname=x.topic.y,connectionreferenceid.connectionreferencelogicalname=new_a
        - '@path': /modernflows/new_a

      """
    let wanted = text.replacing(
      "/connectionreferences/new_a\n", with: "/connectionreferences/new_b\n"
    )
    .replacing("logicalname=new_a", with: "logicalname=new_b")
    #expect(try renamed(text, as: .yamlComponents, from: "new_a", to: "new_b") == wanted)
  }

  @Test func `a file that cannot be read fails`() {
    #expect(throws: Unreadable.self) {
      try NameSite.all(in: Array("{\"properties\": ".utf8), as: .flow)
    }
    #expect(throws: Unreadable.self) {
      try NameSite.all(in: Array("<a><b></a>".utf8), as: .customizations)
    }
    #expect(throws: Unreadable.self) {
      try NameSite.all(in: Array("<!DOCTYPE a><a/>".utf8), as: .customizations)
    }
  }
}
