/// An invented solution as `pac solution unpack` writes it to disk.
struct DemoSolution {
  struct Reference {
    let name: String
    let displayName: String
    let connector: String
  }

  struct Flow {
    let name: String
    let id: String
    let references: [Reference]
  }

  let version: String
  let references: [Reference]
  let flows: [Flow]

  /// By path.
  var files: [String: String] {
    var files = [
      "solutions/Sales/Other/Customizations.xml": customizations,
      "solutions/Sales/Other/Solution.xml": manifest,
    ]
    for flow in flows {
      let name = flow.name.split(separator: " ").map { $0.prefix(1).uppercased() + $0.dropFirst() }
        .joined()
      files["solutions/Sales/Workflows/\(name)-\(flow.id).json"] = definition(of: flow)
      files["solutions/Sales/Workflows/\(name)-\(flow.id).json.data.xml"] = metadata(of: flow)
    }
    return files
  }

  private var customizations: String {
    let elements = references.map { reference in
      """
          <connectionreference connectionreferencelogicalname="\(reference.name)">
            <connectionreferencedisplayname>\(reference.displayName)</connectionreferencedisplayname>
            <connectorid>/providers/Microsoft.PowerApps/apis/\(reference.connector)</connectorid>
            <iscustomizable>1</iscustomizable>
            <promptingbehavior>0</promptingbehavior>
            <statecode>0</statecode>
            <statuscode>1</statuscode>
          </connectionreference>
      """
    }.joined(separator: "\n")
    return """
      \u{FEFF}<?xml version="1.0" encoding="utf-8"?>
      <ImportExportXml xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
        <Entities />
        <Roles />
        <Workflows />
        <connectionreferences>
      \(elements)
        </connectionreferences>
        <Languages>
          <Language>1033</Language>
        </Languages>
      </ImportExportXml>
      """
  }

  private var manifest: String {
    """
    \u{FEFF}<?xml version="1.0" encoding="utf-8"?>
    <ImportExportXml version="9.2.25031.178" SolutionPackageVersion="9.2" languagecode="1033">
      <SolutionManifest>
        <UniqueName>Sales</UniqueName>
        <LocalizedNames>
          <LocalizedName description="Sales" languagecode="1033" />
        </LocalizedNames>
        <Version>\(version)</Version>
        <Managed>0</Managed>
        <Publisher>
          <UniqueName>contoso</UniqueName>
          <CustomizationPrefix>new</CustomizationPrefix>
        </Publisher>
        <RootComponents>
    \(flows.map { #"      <RootComponent type="29" id="{\#($0.id.lowercased())}" behavior="0" />"# }.joined(separator: "\n"))
        </RootComponents>
        <MissingDependencies />
      </SolutionManifest>
    </ImportExportXml>
    """
  }

  private func definition(of flow: Flow) -> String {
    let entries = flow.references.map { reference in
      """
            "\(reference.connector)": {
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
    let actions = flow.references.map { reference in
      """
              "Use_\(reference.connector)": {
                "type": "OpenApiConnection",
                "inputs": {
                  "host": {
                    "connectionName": "\(reference.connector)",
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

  private func metadata(of flow: Flow) -> String {
    """
    \u{FEFF}<?xml version="1.0" encoding="utf-8"?>
    <Workflow WorkflowId="{\(flow.id.lowercased())}" Name="\(flow.name)">
      <Category>5</Category>
      <StateCode>1</StateCode>
      <StatusCode>2</StatusCode>
    </Workflow>
    """
  }
}
