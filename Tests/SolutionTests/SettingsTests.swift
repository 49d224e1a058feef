import Solution
import Testing

@Suite struct SettingsTests {
  private func read(_ content: FilesInMemory.Content, name: String = "config/prod.json")
    -> ([SettingsFile], [Problem])
  {
    let (snapshot, problems) = FilesInMemory(contents: [name: content]).snapshot()
    return (snapshot.settings, problems)
  }

  private let file = """
    {
      "EnvironmentVariables": [{"SchemaName": "a_v", "Value": ""}],
      "CopilotAgents": [],
      "ConnectionReferences": [
        {
          "LogicalName": "A_b",
          "ConnectionId": "#{connectionreference.A_b}#",
          "ConnectorId": "/providers/Microsoft.PowerApps/apis/shared_sql",
          "ConnectionOwner": "ann@example.com"
        },
        {"LogicalName": "a_c", "ConnectorId": "/providers/Microsoft.PowerApps/apis/shared_sql"}
      ]
    }
    """

  @Test func `rows keep tokens, owners and lines`() throws {
    for content: FilesInMemory.Content in [
      .text(file), .bytes(utf8WithMark(file)), .bytes(utf16(file)),
      .text(file.replacing("\n", with: "\r\n")),
    ] {
      let (settings, problems) = read(content)
      #expect(problems.isEmpty)
      let rows = try #require(settings.first?.rows)
      #expect(settings.map(\.path) == ["config/prod.json"])
      #expect(rows.map(\.reference.spelling) == ["A_b", "a_c"])
      #expect(rows.map(\.connectionID) == ["#{connectionreference.A_b}#", nil])
      #expect(rows.map(\.connector?.name) == ["shared_sql", "shared_sql"])
      #expect(rows.map(\.owner) == ["ann@example.com", nil])
      #expect(rows.map(\.line) == [6, 11])
    }
  }

  @Test func `the case of keys and the depth of the list do not matter`() {
    let (settings, _) = read(
      .text(
        """
        {"prod": {"connectionReferences": [{"logicalName": "a_b", "connectionid": ""}]},
         "test": {"CONNECTIONREFERENCES": [{"LOGICALNAME": "a_c"}]}}
        """))
    #expect(settings.first?.rows.map(\.reference.key) == ["a_b", "a_c"])
    #expect(settings.first?.rows.map(\.connectionID) == ["", nil])
  }

  @Test func `entries without a name are skipped with a line, if others have one`() {
    let (settings, problems) = read(
      .text("{\"ConnectionReferences\": [{\"LogicalName\": \"a_b\"},\n{\"ConnectionId\": \"x\"}]}"))
    #expect(settings.first?.rows.count == 1)
    #expect(problems.map(\.line) == [2])
    #expect(problems.map(\.hidesContent) == [false])
  }

  @Test func `an empty list beside environment variables is a settings file without rows`() {
    let (settings, _) = read(.text(#"{"EnvironmentVariables": [], "ConnectionReferences": []}"#))
    #expect(settings.map(\.rows.count) == [0])
  }

  @Test(arguments: [
    "", "[]", "{}", "{ // a comment\n}", #"{"ConnectionReferences": []}"#,
    #"{"connectionReferences": {"a": {"LogicalName": "x"}}}"#,
    #"{"connectionReferences": [{"connectionReferenceLogicalName": "x"}]}"#,
    #"{"ConnectionReferences": "LogicalName"}"#, "\u{0}\u{1}",
  ])
  func `other JSON is nothing, and no problem`(text: String) {
    let (settings, problems) = read(.text(text))
    #expect(settings.isEmpty)
    #expect(problems.isEmpty)
  }

  @Test func `user settings of ALM Accelerator are rows, each line its own`() throws {
    let file = """
      {"Environments": [{
        "DeploymentEnvironmentName": "Prod",
        "UserSettings": [
          {"Name": "environmentvariable.abc_Url", "Value": "https://example.com"},
          {"Name": "connectionreference.abc_sharedsql_1a2b3", "Value": "0123abcd"},
          {"Name": "ConnectionReference.user.abc_sharedsql_1a2b3", "Value": "ann@example.com"},
          {"Value": "x", "Name": "connectionreference.shared.abc_sharedsql_1a2b3"},
          {"Name": "connectionreference.abc_agent.shared_sql.0123", "Data": [], "Value": null},
          {"Name": "connectionreference."}, {"Name": 5}, "text"
        ]
      }]}
      """
    for content: FilesInMemory.Content in [.text(file), .bytes(utf16(file))] {
      let (settings, problems) = read(content)
      #expect(problems.isEmpty)
      let rows = try #require(settings.first?.rows)
      #expect(
        rows.map(\.reference.spelling) == [
          "abc_sharedsql_1a2b3", "abc_sharedsql_1a2b3", "abc_sharedsql_1a2b3",
          "abc_agent.shared_sql.0123",
        ])
      #expect(rows.map(\.connectionID) == ["0123abcd", nil, nil, nil])
      #expect(rows.map(\.owner) == [nil, "ann@example.com", nil, nil])
      #expect(rows.map(\.line) == [5, 6, 7, 8])
    }
  }

  @Test func `bindings keyed by logical name are rows`() throws {
    let (settings, problems) = read(
      .text(
        """
        {"connectionReferences": {
          "abc_SharedTeams": {
            "connectorId": "/providers/Microsoft.PowerApps/apis/shared_teams", "notes": {"a": [1]}},
          "abc_SharedSQL": {"ConnectionId": "0123", "ConnectorId": ""},
          "abc_Other": {"displayName": "no binding"},
          "prod": {"ConnectionReferences": [{"LogicalName": "abc_Deep"}]}
        }}
        """))
    #expect(problems.isEmpty)
    let rows = try #require(settings.first?.rows)
    #expect(rows.map(\.reference.spelling) == ["abc_SharedTeams", "abc_SharedSQL", "abc_Deep"])
    #expect(rows.map(\.connector?.name) == ["shared_teams", nil, nil])
    #expect(rows.map(\.connectionID) == [nil, "0123", nil])
    #expect(rows.map(\.line) == [2, 4, 6])
  }

  @Test(arguments: [
    #"{"connectionReferences": {"shared_sql": {"connectionId": "a"}}}"#,
    #"{"connectionReferences": {"shared_sql_1": {"connectorId": "a"}}}"#,
    #"{"connectionReferences": {"0a1b2c3d-1111-2222-3333-444455556666": {"connectorId": "a"}}}"#,
    #"{"connectionReferences": {"abc_x": {"connection": {"connectionId": "a"}}}}"#,
    #"{"connectionReferences": {"abc_x": "connectionId"}}"#,
    #"{"UserSettings": [{"Name": "connectionreference.shared_sql", "Value": "a"}]}"#,
    #"{"userSettings": {"Name": "connectionreference.abc_x"}}"#,
    "{\"userSettings\": [ // \"abc_x\"\n]}",
  ])
  func `objects keyed by alias or GUID are no settings`(text: String) {
    let (settings, problems) = read(.text(text))
    #expect(settings.isEmpty)
    #expect(problems.isEmpty)
  }

  @Test func `what looks like settings and is no JSON is a problem`() {
    let (settings, problems) = read(
      .text("{\"ConnectionReferences\": [{\"LogicalName\": \"a_b\"},\n]}"))
    #expect(settings.isEmpty)
    #expect(problems.map(\.line) == [2])
    #expect(problems.map(\.hidesContent) == [true])
  }

  @Test func `settings with conflict markers are named as such`() {
    let (_, problems) = read(
      .text(
        "{\"ConnectionReferences\": [\n<<<<<<< a\n{\"LogicalName\": \"a_b\"}\n=======\n"
          + ">>>>>>> b\n]}"))
    #expect(problems.map(\.message) == ["holds conflict markers"])
  }

  @Test func `a huge JSON file is named, and hides nothing`() {
    let (_, problems) = read(.bytes([UInt8](repeating: 0x20, count: 5 << 20)))
    #expect(
      problems.map(\.message) == [
        "is larger than the limit of 4 MB: 5242880 bytes\n"
          + "hint: name the folders to look at under 'solutions:' in .connref.yml"
      ])
    #expect(problems.map(\.hidesContent) == [false])
  }
}
