import Solution
import Testing

@Suite struct FileRoleTests {
  @Test(arguments: [
    ("Customizations.xml", "Other", FileRole.customizations),
    ("customizations.xml", "", .customizations),
    ("SOLUTION.XML", "other", .manifest),
    ("Approve-0A1B.json", "Workflows", .flow),
    ("x.json", "WORKFLOWS", .flow),
    ("x.json", "modernflows", .flow),
    ("Approve-0A1B.json.data.xml", "Workflows", .flowMetadata),
    ("connectionreference.yml", "abc_sharedsql_1a2b3", .yamlReference),
    ("connectionreference.xml", "abc_sharedsql_1a2b3", .yamlReference),
    ("connectionreference.json", "abc_sharedsql_1a2b3", .yamlReference),
    ("abc_sharedsql_1a2b3.yml", "connectionreferences", .yamlReference),
    ("solution.yml", "Leave", .yamlManifest),
    ("solutioncomponents.yml", "Leave", .yamlComponents),
    ("missingdependencies.yml", "Leave", .yamlMissingDependencies),
    ("publisher.yml", "Acme", .yamlPublisher),
    ("prod.json", "config", .settingsCandidate),
    ("deploymentSettings.json", "", .settingsCandidate),
  ])
  func `a file of interest has a role`(name: String, folder: String, role: FileRole) {
    #expect(FileRole.role(ofFile: name, inFolder: folder) == role)
  }

  @Test(arguments: [
    ("Customizations.xml.bak", "Other"), ("xcustomizations.xml", ""), ("a.yml", ".github"),
    ("package.json", ""), ("package-lock.json", ""), ("tsconfig.app.json", ""),
    (".eslintrc.json", ""), ("composer.json", ""), ("settings.json", ".vscode"), ("json", ""),
    ("Users.json", "TableDefinitions"), ("Entropy.json", "Entropy"),
    (".json", ".git"), ("a.swift", "Workflows"), ("x.xaml.data.xml", "Workflows"),
    ("x.json.data.xml", "Assets"), ("", ""), ("README.md", ""),
  ])
  func `other files have none`(name: String, folder: String) {
    #expect(FileRole.role(ofFile: name, inFolder: folder) == nil)
  }

  @Test func `folders that tools fill are not worth a look`() {
    #expect(!FileRole.mayHoldSolutions("node_modules"))
    #expect(!FileRole.mayHoldSolutions(".git"))
    #expect(FileRole.mayHoldSolutions("Workflows"))
    #expect(FileRole.mayHoldSolutions(".github"))
  }

  @Test func `a content id keeps its bytes`() {
    let bytes = (1...20).map { UInt8($0) }
    #expect(ContentID(bytes).bytes == bytes)
    #expect(ContentID(bytes.span) == ContentID(bytes))
  }
}
