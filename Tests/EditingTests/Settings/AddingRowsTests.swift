import Editing
import Solution
import Testing

@Suite struct AddingRowsTests {
  @Test func `a row is written as its neighbour, behind the last one`() throws {
    let file = """
      {
      \t"ConnectionReferences" : [
      \t\t{ "ConnectorId":"/providers/microsoft.powerapps/apis/shared_teams", "logicalName":"b_y", "ConnectionId":"1" },
      \t\t{ "ConnectorId":"/providers/microsoft.powerapps/apis/shared_teams", "logicalName":"a_x", "ConnectionId":"2" }
      \t], "Other": {"Value":  1.50}
      }
      """
    let expected = file.replacing(
      "\"ConnectionId\":\"2\" }",
      with: """
        "ConnectionId":"2" },
        \t\t{ "ConnectorId":"/providers/microsoft.powerapps/apis/shared_sql", "logicalName":"a_c", "ConnectionId":"" },
        \t\t{ "ConnectorId":"/providers/microsoft.powerapps/apis/shared_sql", "logicalName":"c_c", "ConnectionId":"" }
        """)
    #expect(try adding("c_c", "a_c", to: file) == expected)
  }

  @Test func `rows that are sorted stay sorted`() throws {
    let rows = ["b_b", "c_c", "d_d"].map { #"{"LogicalName":"\#($0)","ConnectionId":"1"}"# }
    let file = #"{"ConnectionReferences":["# + rows.joined(separator: ", ") + "]}"
    let new = ["a_a", "b_z", "c_z", "z_z"].map { #"{"LogicalName":"\#($0)","ConnectionId":""}"# }
    let expected =
      #"{"ConnectionReferences":["#
      + [new[0], rows[0], new[1], rows[1], new[2], rows[2], new[3]].joined(separator: ", ") + "]}"
    #expect(try adding("z_z", "c_z", "a_a", "b_z", to: file) == expected)
  }

  @Test func `two orders count: by letters, and by letters without their case`() throws {
    func file(_ names: String...) -> String {
      #"{"ConnectionReferences":["#
        + names.map { #"{"LogicalName":"\#($0)"}"# }.joined(separator: ",") + "]}"
    }
    #expect(try adding("Ab_c", to: file("B_x", "a_x")) == file("Ab_c", "B_x", "a_x"))
    #expect(try adding("B_c", to: file("a_x", "C_x")) == file("a_x", "B_c", "C_x"))
    #expect(try adding("B_c", to: file("c_x", "a_x")) == file("c_x", "a_x", "B_c"))
  }

  @Test func `a row that says less than most is no model, nor are unknown keys`() throws {
    let file = """
      {"ConnectionReferences": [
        {"LogicalName": "b_b", "note": "mine", "ConnectionId": "1", "ConnectorId": "/providers/Microsoft.PowerApps/apis/shared_x"},
        {"LogicalName": "a_a", "ConnectionId": "2", "ConnectorId": "/providers/Microsoft.PowerApps/apis/shared_x", "tags": [1, {"a": null}]},
        {"LogicalName": "a_b"}
      ]}
      """
    let expected = file.replacing(
      #"{"LogicalName": "a_b"}"#,
      with: """
        {"LogicalName": "a_b"},
          {"LogicalName": "c_c", "ConnectionId": "", "ConnectorId": "/providers/Microsoft.PowerApps/apis/shared_sql"}
        """)
    #expect(try adding("c_c", to: file) == expected)
  }

  @Test func `tokens made of the name, and owners, are made for the new one`() throws {
    let file = """
      {
          "ConnectionReferences":  [
                                       {
                                           "LogicalName":  "a_a",
                                           "ConnectionId":  "#{connectionreference.a_a}#",
                                           "ConnectorId":  "/providers/Microsoft.PowerApps/apis/shared_x",
                                           "ConnectionOwner":  "#{connectionreference.user.a_a}#"
                                       }
                                   ]
      }
      """
    let expected = file.replacing(
      "user.a_a}#\"\n                                 }",
      with: """
        user.a_a}#"
                                         },
                                         {
                                             "LogicalName":  "b_b",
                                             "ConnectionId":  "#{connectionreference.b_b}#",
                                             "ConnectorId":  "/providers/Microsoft.PowerApps/apis/shared_sql",
                                             "ConnectionOwner":  "#{connectionreference.user.b_b}#"
                                         }
        """)
    #expect(try adding("b_b", to: file) == expected)
  }

  @Test(arguments: [
    ["#{connectionreference.a_a}#", "0123"], ["0123", "0123"], ["a_a", "b_b"],
    ["#{x.a_a}#", "#{y.b_b}#"], ["#{shared}#", "#{shared}#"],
  ])
  func `no connection is made up where not all rows have such a token`(ids: [String]) throws {
    let file = """
      {"ConnectionReferences": [{"LogicalName": "a_a", "ConnectionId": "\(ids[0])"}, \
      {"LogicalName": "b_b", "ConnectionId": "\(ids[1])"}]}
      """
    #expect(
      try adding("c_c", to: file)
        == file.replacing("\"}]}", with: #""}, {"LogicalName": "c_c", "ConnectionId": ""}]}"#))
  }

  @Test func `a keyed list gets a key`() throws {
    let file = """
      {
        "connectionReferences": {
          "abc_Teams": {
            "connectorId": "/providers/Microsoft.PowerApps/apis/shared_teams",
            "description": "tells",
            "connectionId": "0123"
          }
        }
      }
      """
    let expected = file.replacing(
      "\"0123\"\n    }",
      with: """
        "0123"
            },
            "abc_SQL": {
              "connectorId": "/providers/Microsoft.PowerApps/apis/shared_sql",
              "connectionId": ""
            }
        """)
    #expect(try adding("abc_SQL", to: file) == expected)
  }

  @Test func `user settings get every line that the others have`() throws {
    let file = """
      [{"DeploymentEnvironmentName": "Prod", "UserSettings": [
        {"Data": "/providers/Microsoft.PowerApps/apis/shared_teams", "Name": "connectionreference.abc_T", "Value": "0123"},
        {"Name": "connectionreference.user.abc_T", "Value": "ann@example.com"},
        {"Name": "connectionreference.shared.abc_T", "Value": "true"},
        {"Name": "environmentvariable.abc_V", "Value": "1"}
      ]}]
      """
    let expected = file.replacing(
      "shared.abc_T\", \"Value\": \"true\"}",
      with: """
        shared.abc_T", "Value": "true"},
          {"Data": "/providers/Microsoft.PowerApps/apis/shared_sql", "Name": "connectionreference.abc_S", "Value": ""},
          {"Name": "connectionreference.user.abc_S", "Value": ""},
          {"Name": "connectionreference.shared.abc_S", "Value": "true"}
        """)
    #expect(try adding("abc_S", to: file) == expected)
    #expect(try SettingsSheet(Array(file.utf8)).lists.map(\.labels) == [["Prod"]])
  }

  @Test func `byte order mark, line ends and encoding stay`() throws {
    let file =
      "{\r\n  \"ConnectionReferences\": [\r\n    {\"LogicalName\": \"a_a\"}\r\n  ]\r\n}\r\n"
    let wanted = file.replacing("}\r\n  ]", with: "},\r\n    {\"LogicalName\": \"b_b\"}\r\n  ]")
    for encode: (String) -> [UInt8] in [
      { Array($0.utf8) }, { [0xEF, 0xBB, 0xBF] + $0.utf8 },
      { [0xFF, 0xFE] + $0.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] } },
      { [0xFE, 0xFF] + $0.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] } },
    ] {
      let before = encode(file)
      let sheet = try SettingsSheet(before)
      let new = NewRow(
        name: LogicalName("b_b"), displayName: nil, connector: Connector(path: "shared_sql"))
      let edits = sheet.adding([new], to: try #require(sheet.lists.first))
      #expect(edits.applied(to: before) == encode(wanted))
    }
  }
}
