import Detection
import Solution
import Testing

struct ConfigurationDraftTests {
  private static func row(_ owner: String?) -> SettingsRow {
    SettingsRow(
      reference: LogicalName("new_a"), connectionID: "x", connector: nil, owner: owner, line: 1)
  }

  private func draft(_ settings: [SettingsFile] = []) -> String {
    ConfigurationDraft(Snapshot(instances: [], settings: settings), mainBranch: "main").text
  }

  @Test func `a draft is a configuration that changes nothing but what was found`() throws {
    let configuration = try Configuration(file: Array(draft().utf8))
    #expect(configuration.mainBranch == "main")
    #expect(configuration.conventions.environments.isEmpty)
    #expect(configuration.rules.settings.isEmpty)
  }

  @Test func `each environment has its settings files`() throws {
    let text = draft([
      SettingsFile(path: "config/prod.json", rows: []),
      SettingsFile(path: "config/Sales-Production.json", rows: []),
      SettingsFile(path: "config/uat/settings.json", rows: []),
    ])
    let environments = try Configuration(file: Array(text.utf8)).conventions.environments
    #expect(environments.map(\.name) == ["prod", "uat"])
    #expect(environments[0].claims("config/Sales-Production.json"))
  }

  @Test func `accounts that are no addresses of people are shown`() {
    let text = draft([
      SettingsFile(
        path: "config/prod.json",
        rows: [Self.row("6f9619ff-8b86-d011-b42d-00c04fc964ff"), Self.row("ann@contoso.com")])
    ])
    #expect(text.contains("\"6f9619ff-8b86-d011-b42d-00c04fc964ff\""))
    #expect(!text.contains("ann@contoso.com"))
  }

  @Test(arguments: ["a\nrules: {}", "x\u{2028}y", "a: b # c", "\"", "*?[]", "off"])
  func `a name of a file cannot add a key`(name: String) throws {
    let text = draft([SettingsFile(path: "\(name).json", rows: [])])
    let configuration = try Configuration(file: Array(text.utf8))
    #expect(configuration.conventions.environments.count == 1)
    #expect(configuration.rules.settings.isEmpty)
  }
}
