/// A solution of flows as SolutionPackager lays it out: invented, and the same for the same numbers.
struct InventedSolution {
  let folder: String
  let flows: Int
  /// What an export raises each time; every flow holds it.
  var version = 1
  var references = 40
  var name = "Bench"
  /// The number of its first flow: no two solutions share one.
  var firstFlow = 0
  /// The reference that was re-created, and how often.
  var generations: [Int: Int] = [:]

  var files: [(path: String, text: String)] {
    [
      ("\(folder)/Other/Customizations.xml", customizations),
      ("\(folder)/Other/Solution.xml", manifest),
    ] + (0..<flows).flatMap { [flowFile($0), metadata($0)] }
  }

  func flowFile(_ number: Int) -> (path: String, text: String) {
    ("\(folder)/Workflows/\(fileName(number))", flow(number))
  }

  private func metadata(_ number: Int) -> (path: String, text: String) {
    (
      "\(folder)/Workflows/\(fileName(number)).data.xml",
      """
      <?xml version="1.0" encoding="utf-8"?>
      <Workflow WorkflowId="{\(guid(number))}" Name="Flow \(number)">
        <JsonFileName>/Workflows/\(fileName(number))</JsonFileName>
        <Type>1</Type>
        <Category>5</Category>
        <StateCode>1</StateCode>
      </Workflow>
      """
    )
  }

  private func fileName(_ number: Int) -> String {
    "Flow\(number)-\(guid(number).uppercased()).json"
  }

  private func guid(_ number: Int) -> String {
    let digits = String(firstFlow + number)
    return "5f6a9c10-0000-4000-8000-" + String(repeating: "0", count: 12 - digits.count) + digits
  }

  private func reference(_ number: Int) -> String {
    let generation = generations[number % references] ?? 0
    return "\(name.lowercased())_shared_tables_\(number % references)_\(10_000 + generation)"
  }

  private func connector(_ reference: Int) -> String {
    "shared_tables\(reference % references % 7)"
  }

  /// The files that name a reference, once it was re-created.
  func filesNaming(_ reference: Int) -> [(path: String, text: String)] {
    let named = (0..<flows).filter {
      $0 % references == reference || ($0 + 1) % references == reference
    }
    return [("\(folder)/Other/Customizations.xml", customizations)] + named.map(flowFile)
  }

  /// The file that says which version it is.
  var manifestFile: (path: String, text: String) { ("\(folder)/Other/Solution.xml", manifest) }

  /// The settings file of an environment, with a row for each of some references.
  func settings(of numbers: Range<Int>, _ environment: Int) -> String {
    let rows = numbers.map { number in
      let id = String(environment * 100_000 + number)
      return """
            {
              "LogicalName": "\(reference(number))",
              "ConnectionId": "\(String(repeating: "0", count: 32 - id.count) + id)",
              "ConnectorId": "/providers/Microsoft.PowerApps/apis/\(connector(number))"
            }
        """
    }
    return """
      {
        "EnvironmentVariables": [],
        "ConnectionReferences": [
      \(rows.joined(separator: ",\n"))
        ]
      }

      """
  }

  private var manifest: String {
    """
    <?xml version="1.0" encoding="utf-8"?>
    <ImportExportXml version="9.2" SolutionPackageVersion="9.2">
      <SolutionManifest>
        <UniqueName>\(name)</UniqueName>
        <Version>1.0.0.\(version)</Version>
        <Publisher><CustomizationPrefix>bench</CustomizationPrefix></Publisher>
      </SolutionManifest>
    </ImportExportXml>
    """
  }

  private var customizations: String {
    let declarations = (0..<references).map { number in
      """
          <connectionreference connectionreferencelogicalname="\(reference(number))">
            <connectionreferencedisplayname>Tables \(number)</connectionreferencedisplayname>
            <connectorid>/providers/Microsoft.PowerApps/apis/\(connector(number))</connectorid>
            <iscustomizable>1</iscustomizable>
            <statecode>0</statecode>
            <statuscode>1</statuscode>
          </connectionreference>
      """
    }
    return """
      <?xml version="1.0" encoding="utf-8"?>
      <ImportExportXml>
        <Entities></Entities>
        <connectionreferences>
      \(declarations.joined(separator: "\n"))
        </connectionreferences>
      </ImportExportXml>
      """
  }

  /// About 12 KB in 20 actions, as an export indents it.
  private func flow(_ number: Int) -> String {
    let entries = (0..<2).map { slot in
      """
            "shared_tables_\(slot)": {
              "runtimeSource": "embedded",
              "connection": {
                "connectionReferenceLogicalName": "\(reference(number + slot))"
              },
              "api": { "name": "\(connector(number + slot))" }
            }
      """
    }
    return """
      {
        "properties": {
          "connectionReferences": {
      \(entries.joined(separator: ",\n"))
          },
          "definition": {
            "$schema": "https://example.com/workflowdefinition.json#",
            "contentVersion": "1.0.0.\(version)",
            "triggers": { "manual": { "type": "Request", "kind": "Button", "inputs": {} } },
            "actions": {
      \((0..<20).map { action($0, of: number) }.joined(separator: ",\n"))
            }
          }
        },
        "schemaVersion": "1.0.0.0"
      }
      """
  }

  private func action(_ number: Int, of flow: Int) -> String {
    """
            "Update_row_\(number)": {
              "runAfter": \(number == 0 ? "{}" : "{ \"Update_row_\(number - 1)\": [ \"Succeeded\" ] }"),
              "metadata": { "operationMetadataId": "\(guid(number))" },
              "type": "OpenApiConnection",
              "inputs": {
                "host": {
                  "connectionName": "shared_tables_\(number % 2)",
                  "operationId": "UpdateOnlyRecord",
                  "apiId": "/providers/Microsoft.PowerApps/apis/\(connector(flow + number % 2))"
                },
                "parameters": {
                  "entityName": "accounts",
                  "recordId": "@triggerOutputs()?['body/accountid']",
                  "item/name": "@concat('row ', string(\(number)), ' of ', variables('Total'))"
                },
                "authentication": "@parameters('$authentication')"
              }
            }
    """
  }
}

/// Files of no solution: what most of a repository is.
enum OtherFiles {
  static func files(_ count: Int) -> [(path: String, text: String)] {
    (0..<count).map {
      ("src/part\($0 / 100)/unit\($0 / 10 % 10)/file\($0).ts", "export const a = \($0)\n")
    }
  }
}
