import Solution
import Testing

@Suite struct FlowTests {
  private let id = "0a1b2c3d-1111-2222-3333-444455556666"
  private let path = "Workflows/Approve-0A1B2C3D-1111-2222-3333-444455556666.json"

  private func read(_ content: FilesInMemory.Content) -> (Consumer?, [Problem]) {
    let (snapshot, problems) = FilesInMemory(contents: [
      "Other/Customizations.xml": .text("<ImportExportXml/>"), path: content,
    ]).snapshot()
    return (snapshot.instances.first?.consumers.first, problems)
  }

  private func link(_ entry: String) -> Link? {
    read(.text(#"{"properties":{"connectionReferences":{"a":\#(entry)}}}"#)).0?.links.first
  }

  private func uses(_ actions: String) -> (Int?, [String]?) {
    let consumer = read(.text(#"{"properties":{"definition":{"actions":\#(actions)}}}"#)).0
    return (consumer?.connectorUses, consumer?.usedAliases)
  }

  @Test func `an entry names a reference and a connector`() {
    let link = link(
      #"{"runtimeSource":"invoker","impersonation":{"source":"invoker"},"#
        + #""connection":{"connectionReferenceLogicalName":"A_b"},"api":{"name":"shared_sql"}}"#)
    #expect(link?.reference?.spelling == "A_b")
    #expect(link?.embeddedConnection == nil)
    #expect(link?.connector?.name == "shared_sql")
    #expect(link?.alias == "a")
    #expect(link?.isInvoker == true)
  }

  @Test func `an action says the connector, and which flow it runs`() {
    let consumer = read(
      .text(
        """
        {"properties":{"definition":{"actions":{
        "One":{"inputs":{"host":{"connectionName":"a","operationId":"GetRows","apiId":"/providers/Microsoft.PowerApps/apis/shared_sql"}}},
        "Two":{"inputs":{"host":{"connectionReferenceName":"a","apiId":"/providers/Microsoft.PowerApps/apis/shared_sql"}}},
        "Three":{"inputs":{"host":{"connectionName":"b"}}},
        "Four":{"type":"Workflow","inputs":{"host":{"workflowReferenceName":"{0A1B2C3D-0000-0000-0000-000000000001}"}}}
        }}}}
        """)
    ).0
    #expect(consumer?.uses.map(\.alias) == ["a", "b"])
    #expect(consumer?.uses.map(\.connector?.name) == ["shared_sql", nil])
    #expect(consumer?.uses.map(\.line) == [2, 4])
    #expect(consumer?.operations == ["GetRows"])
    #expect(consumer?.childFlows == ["0a1b2c3d-0000-0000-0000-000000000001"])
    #expect(consumer?.connectorUses == 3)
  }

  @Test func `a custom connector's entry has a stable name beside the internal one`() {
    let connector = link(
      #"{"connection":{"connectionReferenceLogicalName":"a_b"},"impersonation":{},"#
        + #""api":{"name":"shared_x-5fpay-5f0123456789abcdef","logicalName":"x_5Fpay"}}"#)?
      .connector
    #expect(connector?.stableName == "shared_x-5fpay")
    #expect(connector?.logicalName == "x_5fpay")
  }

  @Test func `an empty connection names neither reference nor connection`() {
    let link = link(#"{"runtimeSource":"embedded","connection":{},"api":{"name":"shared_sql"}}"#)
    #expect(link?.reference == nil)
    #expect(link?.embeddedConnection == nil)
    #expect(link?.connector?.name == "shared_sql")
  }

  @Test func `a package's entry names a connection`() {
    let link = link(
      #"{"connectionName":"shared-sql-1","source":"Embedded","tier":"NotSpecified","#
        + #""id":"/providers/Microsoft.PowerApps/apis/shared_sql"}"#)
    #expect(link?.reference == nil)
    #expect(link?.embeddedConnection == "shared-sql-1")
    #expect(link?.connector?.name == "shared_sql")
  }

  @Test(arguments: [
    #"{"connectionName":"live-1","connection":{"connectionReferenceLogicalName":"a_b"}}"#,
    #"{"connection":{"name":"live-1","connectionReferenceLogicalName":"a_b"}}"#,
  ])
  func `a connection beside a reference says nothing`(entry: String) {
    let link = link(entry)
    #expect(link?.reference?.spelling == "a_b")
    #expect(link?.embeddedConnection == nil)
  }

  @Test func `a connection named alone is embedded`() {
    #expect(link(#"{"connection":{"name":"live-1"}}"#)?.embeddedConnection == "live-1")
  }

  @Test(arguments: ["null", "1", "[]", "{}", #"{"connection":null,"api":[]}"#])
  func `an entry of another shape names nothing`(entry: String) {
    let link = link(entry)
    #expect(link?.alias == "a")
    #expect(link?.reference == nil)
    #expect(link?.connector == nil)
  }

  @Test(arguments: ["{}", "null", "[]"])
  func `no entries are no links`(entries: String) {
    let (consumer, problems) = read(
      .text(#"{"properties":{"connectionReferences":\#(entries),"definition":{}}}"#))
    #expect(consumer?.links.isEmpty == true)
    #expect(problems.isEmpty)
  }

  @Test func `a list of entries is read like a mapping`() {
    let consumer = read(
      .text(
        """
        {"properties": {"connectionReferences": [
          {"connection": {"connectionReferenceLogicalName": "a_b"}},
          {"connection": {"connectionReferenceLogicalName": "a_c"}}]}}
        """)
    ).0
    #expect(consumer?.links.map(\.reference?.key) == ["a_b", "a_c"])
    #expect(consumer?.links.map(\.line) == [2, 3])
  }

  @Test func `two aliases may name one reference`() {
    let consumer = read(
      .text(
        """
        {"properties":{"connectionReferences":{
        "a": {"connection": {"connectionReferenceLogicalName": "a_b"}},
        "a_1": {"connection": {
          "connectionReferenceLogicalName": "A_B"}}}}}
        """)
    ).0
    #expect(consumer?.links.map(\.alias) == ["a", "a_1"])
    #expect(consumer?.links.map(\.line) == [2, 4])
    #expect(Set(consumer?.links.map(\.reference) ?? []).count == 1)
  }

  @Test func `of one alias twice the last counts, and a line says so`() {
    let (consumer, problems) = read(
      .text(
        """
        {"properties":{"connectionReferences":{
        "a": {"connection": {"connectionReferenceLogicalName": "a_b"}},
        "a": {"connection": {"connectionReferenceLogicalName": "a_c"}}}}}
        """))
    #expect(consumer?.links.map(\.reference?.key) == ["a_c"])
    #expect(problems.map(\.message) == ["has two entries 'a'; the last one counts"])
    #expect(problems.map(\.hidesContent) == [false])
  }

  @Test func `uses are counted at any depth and in all three forms`() {
    let (count, aliases) = uses(
      #"""
      {"One": {"inputs": {"host": {"connectionName": "a", "apiId": "/x"}}},
       "Scope": {"actions": {"If": {"else": {"actions": {
         "Two": {"inputs": {"host": {"connectionReferenceName": "b"}}}}}}}},
       "Switch": {"cases": {"C": {"actions": {
         "Three": {"inputs": {"host": {"connection": {
           "name": "@parameters('$connections')['c']['connectionId']"}}}},
         "Four": {"inputs": {"host": {"api": {}, "connection": {"name":
           "@json(decodeBase64(triggerOutputs().headers['X']))['$connections']['d']['connectionId']"}}}}
       }}}},
       "Again": {"inputs": {"host": {"connectionName": "a"}}},
       "Compose": {"inputs": {"text": "connectionName", "host": "a"}},
       "Schema": {"inputs": {"schema": {"properties": {"host": {"connectionName": "no"}}}}},
       "Child": {"inputs": {"host": {"workflowReferenceName": "0a"}}}}
      """#)
    #expect(count == 5)
    #expect(aliases == ["a", "b", "c", "d"])
  }

  @Test func `UTF-16, a byte order mark and CRLF change nothing`() {
    let text =
      "{\"properties\":\r\n{\"connectionReferences\":\r\n{\"ł\":{\"connection\":"
      + "{\"connectionReferenceLogicalName\":\"a_b\"}}}}}"
    for content: FilesInMemory.Content in [
      .text(text), .bytes(utf8WithMark(text)), .bytes(utf16(text)),
      .bytes(utf16(text, bigEndian: true)),
    ] {
      let (consumer, problems) = read(content)
      #expect(problems.isEmpty)
      #expect(consumer?.links.map(\.alias) == ["ł"])
      #expect(consumer?.links.map(\.line) == [3])
    }
  }

  @Test(arguments: [
    ("", "is empty"),
    ("{\"properties\":\n{\"connectionReferences\":{},}}", "is not valid JSON: expected a key"),
    (
      "{\n<<<<<<< ours\n\"properties\":{}\n=======\n>>>>>>> theirs\n}",
      "holds conflict markers"
    ),
    ("{\"properties\":" + String(repeating: "[", count: 9999), "is nested deeper than 512 levels"),
    (
      "{\"properties\":{\"definition\":" + String(repeating: "[", count: 9999),
      "is nested deeper than 512 levels"
    ),
  ])
  func `a flow that cannot be read is a problem`(text: String, message: String) {
    let (consumer, problems) = read(.text(text))
    #expect(consumer == nil)
    #expect(problems.map(\.path) == [path])
    #expect(problems.map(\.message) == [message])
    #expect(problems.map(\.hidesContent) == [true])
  }

  @Test func `a Git LFS pointer in a flow's place is named as one`() {
    let (_, problems) = read(.text("version https://git-lfs.github.com/spec/v1\noid sha256:0\n"))
    #expect(problems.first?.message.hasPrefix("is a Git LFS pointer") == true)
  }

  @Test func `a symbolic link in a flow's place is a problem`() {
    let (consumer, problems) = read(.symbolicLink)
    #expect(consumer == nil)
    #expect(problems.map(\.hidesContent) == [true])
  }
}
