import Editing
import Solution
import Testing

@Suite struct EmptyingTests {
  @Test func `what belongs to one environment is emptied, and tokens of the own name stay`() throws
  {
    let file = """
      {
        "EnvironmentVariables": [
          {"SchemaName": "a_v", "Value": "https://test.example", "DefaultValue": "d"},
          {"SchemaName": "a_w", "Value": "#{environmentvariable.a_w}#"},
          {"SchemaName": "a_n", "Value": 5}
        ],
        "CloudFlows": {"a": "b"},
        "ConnectionReferences": [
          {"LogicalName": "a_a", "ConnectionId": "0123", "ConnectionOwner": "ann@example.com"},
          {"LogicalName": "a_b", "ConnectionId": "#{connectionreference.a_b}#"},
          {"LogicalName": "a_c", "ConnectionId": "%TestConnection%"}
        ]
      }
      """
    let emptied = try edited(Array(file.utf8)) { sheet in
      #expect(sheet.unknownSections == ["CloudFlows"])
      return sheet.emptying()
    }
    #expect(
      emptied
        == file.replacing("https://test.example", with: "").replacing("0123", with: "")
        .replacing("ann@example.com", with: "").replacing("%TestConnection%", with: ""))
  }
}
