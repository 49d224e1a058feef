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
    ("data", "abc_Helper.topic.Mail", .agentPart),
    ("botcomponent_connectionreferenceset.xml", "Assets", .agentLinks),
    ("botcomponent_connectionreference.yml", "a=b,c=d", .agentLinks),
    ("abc_app.meta.xml", "CanvasApps", .canvasApp),
    ("canvasapp.yml", "abc_app", .canvasApp),
    ("abc_app.meta.yml", "canvasapps", .canvasApp),
    ("Connections.json", "Connections", .unpackedApp),
    ("Properties.json", "abc_app_DocumentUri", .unpackedApp),
    ("power.config.json", "app", .codeApp),
    ("ms.config.json", "", .codeApp),
    ("ms.test.config.json", "", .codeApp),
    ("bot.xml", "abc_Helper", .component),
    ("fxexpression.json", "abc_f", .component),
    ("msdyn_aimodels.xml", "Assets", .component),
    ("connectionreferences.mcs.yml", "Helper", .clone),
    ("Mail.mcs.yml", "actions", .clonePart),
    ("abc_Helper.cr.shared_sql.1a2b.sync.yaml", "connections", .workspaceReference),
    ("agent.sync.yaml", "Helper", .workspaceMarker),
    ("Mail.mcs.yml", "tools", .clonePart),
    ("workflow.json", "Notify-0A1B", .cloneFlow),
    ("metadata.yml", "Notify-0A1B", .cloneMetadata),
    ("abc_5Fstock.xml", "Connectors", .connector),
    ("botdefinition.json", ".mcs", .export),
    ("conn.json", ".mcs", .export),
    ("data.xml", "Common", .export), ("Data_Schema.xml", "Common", .exportSchema),
    ("ConnectionReferences-dev.json", "inventory", .export),
    ("dev_connection_references.json", "", .export),
    ("Stock_1_0_0_0_managed.zip", "out", .archive),
    ("prod.json", "config", .settingsCandidate),
    ("connections.json", "config", .settingsCandidate),
    ("deploymentSettings.json", "", .settingsCandidate),
  ])
  func `a file of interest has a role`(name: String, folder: String, role: FileRole) {
    #expect(FileRole.role(ofFile: name, inFolder: folder) == role)
  }

  @Test(arguments: [
    ("stream.sync.yaml", "src"), ("a.yaml", "connections"), ("Customizations.xml.bak", "Other"),
    ("xcustomizations.xml", ""), ("a.yml", ".github"),
    ("package.json", ""), ("package-lock.json", ""), ("tsconfig.app.json", ""),
    (".eslintrc.json", ""), ("Properties.json", "abc_app_msapp_src"), ("composer.json", ""),
    ("settings.json", ".vscode"), ("json", ""),
    ("Users.json", "TableDefinitions"), ("Entropy.json", "Entropy"),
    ("data", ""), ("data", "src"), ("a.meta.xml", "src"), ("zip", ""),
    (".json", ".git"), ("a.swift", "Workflows"), ("x.xaml.data.xml", "Workflows"),
    ("x.json.data.xml", "Resources"), ("", ""), ("README.md", ""),
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
