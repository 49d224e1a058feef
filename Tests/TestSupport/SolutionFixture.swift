/// An invented solution, and its files in each form that is found on disk.
package struct SolutionFixture: Sendable {
  package struct Reference: Sendable {
    package var name: String
    package var displayName: String
    package var connector: String
    package var isStub = false

    package init(
      _ name: String, _ displayName: String, _ connector: String = "shared_sharepointonline"
    ) {
      self.name = name
      self.displayName = displayName
      self.connector = connector
    }

    /// A member of the solution that another one defines.
    package static func stub(_ name: String) -> Reference {
      var reference = Reference(name, "")
      reference.isStub = true
      return reference
    }
  }

  package struct Flow: Sendable {
    package var name: String
    package var id: String
    package var references: [Reference]
    /// Where a flow does not number its aliases from the connector's own name.
    package var alias: String?

    package init(_ name: String, id: String, _ references: Reference...) {
      self.name = name
      self.id = id
      self.references = references
    }
  }

  package enum Form: Sendable, CaseIterable {
    /// As SolutionPackager unpacks it.
    case classic
    /// The files of a solution zip as they are.
    case plain
    /// Dataverse's Git integration.
    case yaml
  }

  package var name: String
  package var version: String
  package var references: [Reference]
  package var flows: [Flow]
  /// Logical names that the manifest lists as missing, each with the solution that brings it.
  package var externals: [(name: String, solution: String)] = []

  package init(
    _ references: [Reference], _ flows: [Flow], name: String = "Sales", version: String = "1.0.0.0"
  ) {
    self.name = name
    self.version = version
    self.references = references
    self.flows = flows
  }

  /// The files of the solution by path, below `folder`; the empty one is the root.
  package func files(_ form: Form = .classic, in folder: String? = nil) -> [String: TestFile] {
    var files: [String: String] = [:]
    switch form {
    case .classic:
      files["Other/Customizations.xml"] = customizations(workflows: "")
      files["Other/Solution.xml"] = manifest
      for flow in flows { files["Workflows/\(flow.fileName).data.xml"] = metadata(of: flow) }
    case .plain:
      files["customizations.xml"] = customizations(workflows: flows.map(metadata).joined())
      files["solution.xml"] = manifest
    case .yaml:
      files["solutions/\(name)/solution.yml"] = yamlManifest
      files["solutions/\(name)/solutioncomponents.yml"] = yamlComponents
      for reference in references {
        files["connectionreferences/\(reference.name)/connectionreference.yml"] = yaml(reference)
      }
    }
    for flow in flows {
      let place = form == .yaml ? "modernflows" : "Workflows"
      files["\(place)/\(flow.fileName)"] = flow.definition
    }
    let folder = folder ?? "solutions/\(name)"
    return Dictionary(
      uniqueKeysWithValues: files.map {
        (folder.isEmpty ? $0.key : "\(folder)/\($0.key)", TestFile($0.value))
      })
  }

  /// A deployment settings file that binds these references.
  package static func settings(_ references: [Reference]) -> TestFile {
    let rows = references.map { reference in
      """
          {
            "LogicalName": "\(reference.name)",
            "ConnectionId": "0123456789abcdef0123456789abcdef",
            "ConnectorId": "/providers/Microsoft.PowerApps/apis/\(reference.connector)"
          }
      """
    }.joined(separator: ",\n")
    return TestFile(
      """
      {
        "EnvironmentVariables": [],
        "ConnectionReferences": [
      \(rows)
        ]
      }

      """)
  }
}

// The most frequent case: a reference that is re-created.
extension SolutionFixture {
  package static let old = Reference("new_sharedsharepointonline_a1b2c", "SharePoint Sales")
  package static let new = Reference("new_sharedsharepointonline_9d8e7", "SharePoint Sales")
  /// A second reference of the same connector, distinguished by all but that.
  package static let other = Reference("sales_Archive", "Archive of orders")

  package static let approveID = "7E1C2A40-5B1D-EF11-9F89-000D3A1F0001"
  package static let remindID = "91D03B52-6C2E-EF11-9F89-000D3A1F0002"
  package static let archiveID = "A5F44C63-7D3F-EF11-9F89-000D3A1F0003"

  /// One flow on `old`.
  package static let base = SolutionFixture([old], [approve(old)])
  /// The same after `old` was deleted and re-created as `new`.
  package static let recreated = SolutionFixture([new], [approve(new)], version: "1.0.0.1")

  package static func approve(_ references: Reference) -> Flow {
    Flow("Approve order", id: approveID, references)
  }
  package static func remind(_ references: Reference) -> Flow {
    Flow("Remind buyer", id: remindID, references)
  }
  package static func archive(_ references: Reference) -> Flow {
    Flow("Archive invoice", id: archiveID, references)
  }
}

extension SolutionFixture.Flow {
  package var fileName: String { "\(name.filter { $0 != " " && $0 != "\n" })-\(id).json" }

  package var definition: String {
    let aliases = references.enumerated().map { index, reference in
      alias ?? (index == 0 ? reference.connector : "\(reference.connector)_\(index)")
    }
    let entries = zip(aliases, references).map { alias, reference in
      """
            "\(alias)": {
              "runtimeSource": "embedded",
              "connection": {
                "connectionReferenceLogicalName": "\(reference.name)"
              },
              "api": {
                "name": "\(reference.connector)"
              }
            }
      """
    }.joined(separator: ",\n")
    let actions = zip(aliases, references).map { alias, reference in
      """
              "Use_\(alias)": {
                "type": "OpenApiConnection",
                "inputs": {
                  "host": {
                    "connectionName": "\(alias)",
                    "operationId": "Run",
                    "apiId": "/providers/Microsoft.PowerApps/apis/\(reference.connector)"
                  }
                }
              }
      """
    }.joined(separator: ",\n")
    return """
      {
        "properties": {
          "connectionReferences": {
      \(entries)
          },
          "definition": {
            "contentVersion": "1.0.0.0",
            "triggers": {},
            "actions": {
      \(actions)
            }
          }
        },
        "schemaVersion": "1.0.0.0"
      }

      """
  }
}

extension SolutionFixture {
  private func customizations(workflows: String) -> String {
    let elements = references.map { reference in
      reference.isStub
        ? """
            <connectionreference connectionreferencelogicalname="\(reference.name)" />

        """
        : """
            <connectionreference connectionreferencelogicalname="\(reference.name)">
              <connectionreferencedisplayname>\(reference.displayName)</connectionreferencedisplayname>
              <connectorid>/providers/Microsoft.PowerApps/apis/\(reference.connector)</connectorid>
              <iscustomizable>1</iscustomizable>
              <statecode>0</statecode>
              <statuscode>1</statuscode>
            </connectionreference>

        """
    }.joined()
    return """
      <?xml version="1.0" encoding="utf-8"?>
      <ImportExportXml xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
        <Entities />
        <Workflows>\(workflows)</Workflows>
        <connectionreferences>
      \(elements)  </connectionreferences>
      </ImportExportXml>

      """
  }

  private var manifest: String {
    let missing = externals.map {
      """
      <MissingDependency><Required type="connectionreference" solution="\($0.solution)" \
      displayName="\($0.name)" id.connectionreferencelogicalname="\($0.name)" /><Dependent \
      type="29" /></MissingDependency>
      """
    }.joined()
    return """
      <?xml version="1.0" encoding="utf-8"?>
      <ImportExportXml version="9.2.25031.178" SolutionPackageVersion="9.2" languagecode="1033">
        <SolutionManifest>
          <UniqueName>\(name)</UniqueName>
          <Version>\(version)</Version>
          <Managed>0</Managed>
          <Publisher>
            <UniqueName>contoso</UniqueName>
            <CustomizationPrefix>new</CustomizationPrefix>
          </Publisher>
          <RootComponents /><MissingDependencies>\(missing)</MissingDependencies>
        </SolutionManifest>
      </ImportExportXml>

      """
  }

  private func metadata(of flow: Flow) -> String {
    """
    <Workflow WorkflowId="{\(flow.id.lowercased())}" Name="\(flow.name)">
      <JsonFileName>/Workflows/\(flow.fileName)</JsonFileName>
      <Category>5</Category>
    </Workflow>

    """
  }

  private var yamlManifest: String {
    """
    ImportExportXml:
      SolutionManifest:
        UniqueName: \(name)
        Version: \(version)
        Managed: 0
        Publisher:
          UniqueName: contoso

    """
  }

  private var yamlComponents: String {
    let paths =
      references.map { "/connectionreferences/\($0.name)" }
      + flows.map { "/modernflows/\($0.fileName.dropLast(5))" }
    return "SolutionComponents:\n  Component:\n"
      + paths.map { "    - '@path': \($0)\n" }.joined()
  }

  private func yaml(_ reference: Reference) -> String {
    var text = """
      connectionreference:
        '@connectionreferencelogicalname': \(reference.name)

      """
    if !reference.isStub {
      text += """
          connectionreferencedisplayname: \(reference.displayName)
          connectorid: /providers/Microsoft.PowerApps/apis/\(reference.connector)
          iscustomizable: 1

        """
    }
    return text
  }
}

extension TestFile {
  /// The same text in another encoding, with other line ends or indentation.
  package func rewritten(_ change: (String) -> some Sequence<UInt8>) -> TestFile {
    TestFile(bytes: change(String(decoding: bytes, as: UTF8.self)))
  }
}

extension TestRepository {
  /// Puts these files into the worktree, takes away those that are nil, and stages it all.
  package func stage(_ files: [String: TestFile?]) throws {
    try write(files)
    try git("add", "--all")
  }

  /// The same without staging.
  package func write(_ files: [String: TestFile?]) throws {
    for (path, file) in files {
      if let file {
        try write(file, to: path)
      } else {
        try command("rm", arguments: ["-f", "--", path]).succeed()
      }
    }
  }
}

extension [String: TestFile] {
  /// What leads from these files to `others`: those that are no more are nil.
  package func becoming(_ others: [String: TestFile]) -> [String: TestFile?] {
    var changes: [String: TestFile?] = others.mapValues { $0 }
    for path in keys where others[path] == nil { changes[path] = TestFile?.none }
    return changes
  }

  /// All of them taken away.
  package var removed: [String: TestFile?] { becoming([:]) }
}
