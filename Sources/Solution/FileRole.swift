/// What a file may be, judged by its own name and its folder's name alone: cheap enough to ask of
/// every entry of every tree.
package enum FileRole: UInt8, Hashable, Sendable {
  /// `Customizations.xml`: declares references (SolutionPackager and plain layouts).
  case customizations
  /// `Solution.xml`: unique name, publisher, MissingDependencies.
  case manifest
  /// `<Name>-<GUID>.json` in `Workflows` or `modernflows`.
  case flow
  /// `<Name>-<GUID>.json.data.xml`.
  case flowMetadata
  /// `connectionreferences/<name>/connectionreference.yml`; the server can be set to write `.xml` or
  /// `.json`, and `connectionreferences/<name>.yml` was seen made by hand.
  case yamlReference
  /// `solutions/<name>/solution.yml`.
  case yamlManifest
  /// `solutions/<name>/solutioncomponents.yml`.
  case yamlComponents
  /// `solutions/<name>/missingdependencies.yml`.
  case yamlMissingDependencies
  /// `publishers/<name>/publisher.yml`.
  case yamlPublisher
  /// `botcomponents/<schema name>/data`: a topic, action or trigger of an agent.
  case agentPart
  /// `botcomponent_connectionreferenceset.xml`, or `botcomponent_connectionreference.yml` in a folder
  /// for each row.
  case agentLinks
  /// `CanvasApps/<name>.meta.xml`, `canvasapps/<name>/canvasapp.yml`, `canvasapps/<name>.meta.yml`.
  case canvasApp
  /// `Connections/Connections.json` or `Properties.json` of an unpacked canvas app.
  case unpackedApp
  /// `power.config.json`, `ms.config.json`, `ms.<deployment>.config.json`.
  case codeApp
  /// A file of another component that has a column for a reference.
  case component
  /// `connectionreferences.mcs.yml`: what a cloned agent uses.
  case clone
  /// Any other `.mcs.yml`: a part of a cloned agent.
  case clonePart
  /// `Microsoft.Flow/flows/<GUID>/definition.json`: a flow exported as a package, outside any solution.
  case packagedFlow
  /// `workflow.json`: a flow of a cloned agent, in a folder named like a flow's file.
  case cloneFlow
  /// `metadata.yml` of a cloned agent's flow or custom connector.
  case cloneMetadata
  /// `Connectors/<name>.xml`: a custom connector.
  case connector
  /// A file that may list references of one environment with their GUIDs.
  case export
  /// `data_schema.xml`: the tables that a `data.xml` beside it holds.
  case exportSchema
  /// `.zip`: a solution if a manifest is inside.
  case archive
  /// Any other `.json`: a deployment settings file if its shape says so.
  case settingsCandidate

  /// True for a file that may bind references, by its shape.
  package var mayBeSettings: Bool {
    switch self {
    case .settingsCandidate, .unpackedApp, .export: true
    default: false
    }
  }

  /// True for a file that names references and declares none.
  package var isConsumer: Bool {
    switch self {
    case .flow, .agentPart, .agentLinks, .canvasApp, .unpackedApp, .codeApp, .component, .clonePart,
      .cloneFlow:
      true
    default: false
    }
  }
}
