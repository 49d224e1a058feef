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
    for (path, count) in [("\(name).json", 0), ("\(name)/prod.json", 1)] {
      let text = draft([SettingsFile(path: path, rows: [])])
      let configuration = try Configuration(file: Array(text.utf8))
      #expect(configuration.conventions.environments.count == count)
      #expect(configuration.rules.settings.isEmpty)
    }
  }

  @Test func `a file that names no environment is a comment to complete`() throws {
    let nameless = SettingsFile(path: "Theming/config/deploymentSettings.json", rows: [])
    let alone = draft([nameless])
    #expect(
      alone.contains(
        """
        # environments:
        #   NAME:
        #     settings: [Theming/config/deploymentSettings.json]
        """))
    let both = draft([nameless, SettingsFile(path: "config/prod.json", rows: [])])
    #expect(both.contains("environments:\n  prod:\n    settings: [config/prod.json]\n"))
    #expect(
      both.contains("\n#   NAME:\n#     settings: [Theming/config/deploymentSettings.json]\n"))
    // With the marks of the comment taken away, it is what it says.
    let completed = both.replacing("#   NAME:", with: "  NAME:").replacing(
      "#     settings: [Theming", with: "    settings: [Theming")
    let environments = try Configuration(file: Array(completed.utf8)).conventions.environments
    #expect(environments.map(\.name) == ["prod", "NAME"])
  }

  @Test func `a long list is on lines of 100 columns, and all of it is read`() throws {
    let paths = (1...20).map { "solutions/Sales/config/prod/settings-\($0).json" }
    let owners = (1...20).map { "#{connection.of.the.environment.variable_\($0)}#" }
    let text = draft(
      zip(paths, owners).map { SettingsFile(path: $0, rows: [Self.row($1)]) })
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 100 })
    let environments = try Configuration(file: Array(text.utf8)).conventions.environments
    #expect(environments.count == 1)
    #expect(paths.allSatisfy { environments[0].claims($0) })
    // The same where it is a comment.
    let active = text.replacing("\n# owners:", with: "\nowners:").replacing(
      "\n#   service-principals", with: "\n  service-principals"
    ).replacing("\n#     \"", with: "\n    \"")
    #expect(throws: Never.self) { try Configuration(file: Array(active.utf8)) }
    #expect(active.contains("\n  service-principals: ["))
  }
}
