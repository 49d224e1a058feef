import Editing
import Solution
import Testing

@Suite struct FirstRowsTests {
  @Test(arguments: [
    (
      "{\"EnvironmentVariables\": [], \"ConnectionReferences\": []}",
      "[{\"LogicalName\": \"a_a\", \"ConnectionId\": \"\", \"ConnectorId\": \"/providers/Microsoft.PowerApps/apis/shared_sql\"}]"
    ),
    (
      "{\"EnvironmentVariables\":[],\"ConnectionReferences\":[ ]}",
      "[{\"LogicalName\":\"a_a\",\"ConnectionId\":\"\",\"ConnectorId\":\"/providers/Microsoft.PowerApps/apis/shared_sql\"}]"
    ),
  ])
  func `in a file of one line they are on it`(file: String, list: String) throws {
    let before = file.contains("[ ]") ? "[ ]" : "[]}"
    let after = before == "[ ]" ? list : list + "}"
    #expect(try adding("a_a", to: file) == file.replacing(before, with: after))
  }

  @Test func `the indentation is the file's`() throws {
    let file = """
      {
          "EnvironmentVariables":  [

                                   ],
          "ConnectionReferences":  [

                                   ]
      }
      """
    let expected = """
      {
          "EnvironmentVariables":  [

                                   ],
          "ConnectionReferences":  [
                                       {
                                           "LogicalName":  "a_a",
                                           "ConnectionId":  "",
                                           "ConnectorId":  "/providers/Microsoft.PowerApps/apis/shared_sql"
                                       }
                                   ]
      }
      """
    #expect(try adding("a_a", to: file) == expected)
  }

  @Test func `environment variables show how objects are written, and whether values are tokens`()
    throws
  {
    let file = """
      {
        "EnvironmentVariables": [
          { "SchemaName": "a_v", "Value": "#{environmentvariable.a_v}#" }
        ],
        "ConnectionReferences": []
      }
      """
    let expected = file.replacing(
      "\"ConnectionReferences\": []",
      with: """
        "ConnectionReferences": [
            { "LogicalName": "a_a", "ConnectionId": "#{connectionreference.a_a}#", "ConnectorId": "/providers/Microsoft.PowerApps/apis/shared_sql", "ConnectionOwner": "#{connectionreference.user.a_a}#" },
            { "LogicalName": "b_b", "ConnectionId": "#{connectionreference.b_b}#", "ConnectorId": "/providers/Microsoft.PowerApps/apis/shared_sql", "ConnectionOwner": "#{connectionreference.user.b_b}#" }
          ]
        """)
    #expect(try adding("b_b", "a_a", to: file) == expected)
  }

  @Test func `a file with environment variables alone gets a list`() throws {
    let file = """
      {
        "environmentVariables": [],
        "AppInsights": {"key": "x"}
      }
      """
    let added = try edited(Array(file.utf8)) { sheet in
      #expect(sheet.lists.isEmpty)
      let new = NewRow(
        name: LogicalName("a_a"), displayName: nil, connector: Connector(path: "shared_sql"))
      return [try #require(sheet.addingList(of: [new]))]
    }
    let expected = file.replacing(
      "{\"key\": \"x\"}",
      with: """
        {"key": "x"},
          "connectionReferences": [
            {
              "LogicalName": "a_a",
              "ConnectionId": "",
              "ConnectorId": "/providers/Microsoft.PowerApps/apis/shared_sql"
            }
          ]
        """)
    #expect(added == expected)
  }

  @Test(arguments: SettingsShape.allCases)
  func `a blank file is filled in the shape that was asked for`(shape: SettingsShape) throws {
    let blank = String(decoding: SettingsSheet.blank(shape), as: UTF8.self)
    let text = try adding("a_a", to: blank, shape: shape)
    let rows = try #require(try PlacedRow.rows(in: Array(text.utf8)))
    #expect(rows.map(\.row.reference.spelling) == ["a_a"])
    #expect(
      rows.map(\.row.connectionID) == [
        shape == .pac ? "" : "#{connectionreference.a_a}#"
      ])
    #expect(
      rows.map(\.row.owner) == [shape == .pac ? nil : "#{connectionreference.user.a_a}#"])
  }
}
