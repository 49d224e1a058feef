import Platform
import Solution
import Testing

/// Saved answers of the Web API, as received and as they should not.
@Suite struct LiveAnswerTests {
  private let context =
    #""@odata.context": "https://Contoso.crm4.dynamics.com/api/data/v9.2/$metadata#"#
  private let reference = """
    {"@odata.etag": "W/\\"1\\"", "connectionreferenceid": "0A0B0C0D-1111-2222-3333-444455556666",
     "connectionreferencelogicalname": "sales_A", "connectionid": null, "statecode": 0,
     "statecode@OData.Community.Display.V1.FormattedValue": "Active",
     "_ownerid_value": "AAAAAAAA-1111-2222-3333-444455556666",
     "createdon": "2026-05-02T08:00:00Z"}
    """

  private func environment(
    _ files: [UInt8]...
  ) -> (LiveEnvironment, [String]) {
    var answers = LiveAnswers()
    for (number, file) in files.enumerated() { answers.add(file, path: "prod/\(number + 1).json") }
    let (environment, problems) = answers.environment()
    return (environment, problems.filter(\.hidesContent).map { "\($0.path): \($0.message)" })
  }

  private func page(_ table: String, _ rows: [String], next: String? = nil) -> [UInt8] {
    let link = next.map { #", "@odata.nextLink": "\#($0)""# } ?? ""
    return Array(
      "{\(context)\(table)(a,b)\", \"value\": [\(rows.joined(separator: ","))]\(link)}".utf8)
  }

  @Test func `a page is read in any encoding`() {
    let text = String(decoding: page("connectionreferences", [reference]), as: UTF8.self)
    for bytes in [Array(text.utf8), utf8WithMark(text), utf16(text)] {
      let (environment, problems) = environment(bytes)
      #expect(problems == [])
      #expect(environment.host == "contoso.crm4.dynamics.com")
      let reference = environment.references.first
      #expect(reference?.name == LogicalName("sales_A"))
      #expect(reference?.connectionID == nil && reference?.isActive == true)
      #expect(reference?.ownerID == "aaaaaaaa-1111-2222-3333-444455556666")
      #expect(reference?.created != nil)
      #expect(reference?.place.path == "prod/1.json")
    }
  }

  @Test func `rows alone, and one row alone, are answers too`() {
    let (list, _) = environment(Array("[\(reference)]".utf8))
    #expect(list.references.count == 1 && list.host == nil)
    let (single, _) = environment(
      Array(#"{"systemuserid": "A1", "applicationid": "B2", "isdisabled": true}"#.utf8))
    #expect(single.users["a1"]?.applicationID == "B2")
    #expect(single.users["a1"]?.isDisabled == true)
  }

  @Test func `a flow's definition is read from its clientdata`() throws {
    let definition = #"""
      {\"properties\": {\"connectionReferences\": {\"shared_sql\": {\"connection\": \#
      {\"connectionReferenceLogicalName\": \"sales_A\"}, \"api\": {\"name\": \"shared_sql\"}}}, \#
      \"definition\": {}}}
      """#
    let (environment, problems) = environment(
      page(
        "workflows",
        [
          #"{"workflowid": "{F1}", "name": "Archive", "category": 5, "type": 1, "statecode": 2, "clientdata": "\#(definition)"}"#,
          #"{"workflowid": "F2", "name": "Classic", "category": 0, "type": 1, "statecode": 1}"#,
          #"{"workflowid": "F3", "name": "Activation", "category": 5, "type": 2, "statecode": 1}"#,
        ]))
    #expect(problems == [])
    #expect(environment.flows.map(\.consumer.name) == ["Archive"])
    let flow = try #require(environment.flows.first)
    #expect(flow.state == .suspended && flow.consumer.id == "f1")
    #expect(flow.consumer.links.map(\.reference) == [LogicalName("sales_A")])
  }

  @Test(arguments: [
    ("", "is empty"), ("\n", "is empty"),
    ("<!DOCTYPE html><html><title>Sign in to your account</title>", "is HTML, not JSON"),
    ("\u{FEFF}<html>", "is HTML, not JSON"),
    ("HTTP/1.1 401 Unauthorized", "is not an answer of the Web API"),
    (#"{"value": ["#, "is not valid JSON"),
    (
      #"{"error": {"code": "0x80040220", "message": "missing prvReadWorkflow"}}"#,
      "holds no rows: the environment answered with an error: missing prvReadWorkflow"
    ),
    (#"{"a": 1}"#, "is not an answer of the Web API: it has no list 'value'"),
    (#"{"value": [{"accountid": "1"}]}"#, "does not say of which table its rows are"),
  ])
  func `what is no answer says what it is instead`(text: String, message: String) {
    var answers = LiveAnswers()
    answers.add(Array(text.utf8), path: "prod/1.json")
    #expect(answers.isEmpty)
    #expect(answers.problems.count == 1)
    #expect(answers.problems.first?.message.hasPrefix(message) == true)
  }

  @Test func `another table is named`() {
    var answers = LiveAnswers()
    answers.add(page("accounts", []), path: "prod/1.json")
    #expect(answers.problems.first?.message.hasPrefix("holds rows of 'accounts'; ") == true)
  }

  @Test func `a page that was not followed is missing`() {
    let next = #"https://x/api?$skiptoken=%3Ccookie%20pagenumber=%222%22%20/%3E"#
    let (environment, problems) = environment(page("connectionreferences", [], next: next))
    #expect(!environment.knowsAll(.references))
    #expect(
      problems == [
        "prod/1.json: has a next page (@odata.nextLink) that was not saved: what follows is unknown"
      ])
  }

  @Test func `a page between others is missed`() {
    func link(_ number: Int) -> String {
      "https://x/api?$skiptoken=%3Ccookie%20pagenumber=%2522\(number)%2522%20/%3E"
    }
    let first = page("workflows", [], next: link(2))
    let second = page("workflows", [], next: link(3))
    let third = page("workflows", [], next: link(4))
    let last = page("workflows", [])
    #expect(environment(first, second, third, last).1 == [])
    #expect(
      environment(first, third, last).1 == [
        "prod/3.json: page 2 was not saved, though later ones were"
      ])
  }

  @Test func `the unbound ones alone are not all`() {
    let bound = reference.replacing("sales_A", with: "sales_B")
      .replacing("\"connectionid\": null", with: "\"connectionid\": \"1a\"")
      .replacing("0A0B0C0D", with: "0A0B0C0E")
    #expect(!environment(page("connectionreferences", [reference])).0.knowsAll(.references))
    let both = environment(
      page("connectionreferences", [reference]), page("connectionreferences", [reference, bound])
    ).0
    #expect(both.knowsAll(.references))
    #expect(both.references.map(\.name.spelling) == ["sales_A", "sales_B"])
  }

  @Test func `a definition that is no JSON is a problem of its file`() {
    let (environment, problems) = environment(
      page("workflows", [#"{"workflowid": "F1", "name": "Archive", "clientdata": "{"}"#]))
    #expect(environment.flows.count == 1)
    #expect(
      problems.first?.hasPrefix("prod/1.json: the clientdata of 'Archive' is not valid") == true)
  }

  @Test func `two rows with one id and different content are a problem`() {
    let other = reference.replacing("sales_A", with: "sales_B")
    let (_, problems) = environment(page("connectionreferences", [reference, other]))
    #expect(
      problems == [
        "prod/1.json: has another row than before with the id 0a0b0c0d-1111-2222-3333-444455556666: the answer is damaged"
      ])
    // The same row, asked for with other columns.
    let less = #"{"connectionreferenceid": "0A0B0C0D-1111-2222-3333-444455556666"}"#
    #expect(environment(page("connectionreferences", [reference, less])).1 == [])
  }

  @Test func `connections, teams and solutions are read`() {
    let (environment, problems) = environment(
      page(
        "connections",
        [
          #"{"connectionid": "Shared-SQL-1", "connectorid": "/providers/Microsoft.PowerApps/apis/shared_sql", "status": "Error", "statuscode": "Unauthorized", "statusreason": "AADSTS50173", "createdbyid": "A1", "createdbytype": "User"}"#
        ]), page("teams", [#"{"teamid": "T1", "name": "Service"}"#]),
      page("solutions", [#"{"solutionid": "S1", "uniquename": "Sales", "version": "1.4.0.0"}"#]),
      page(
        "solutioncomponents",
        [#"{"solutioncomponentid": "C1", "objectid": "F1", "_solutionid_value": "S1"}"#]))
    #expect(problems == [])
    let connection = environment.connections["shared-sql-1"]
    #expect(connection?.isBroken == true && connection?.reason == "Unauthorized: AADSTS50173")
    #expect(connection?.creator.directoryID == "a1")
    #expect(environment.teams == ["t1": "Service"])
    #expect(environment.solutions.map(\.uniqueName) == ["Sales"])
    #expect(environment.solutions.first?.flows == ["f1"])
  }

  @Test func `a definition that could not be read is a problem`() {
    let (_, problems) = environment(
      page(
        "workflows",
        [
          #"{"workflowid": "1", "name": "Approve", "connref.unreadable": "is not the JSON of a flow"}"#
        ]))
    #expect(problems == ["prod/1.json: the clientdata of 'Approve' is not the JSON of a flow"])
  }
}
