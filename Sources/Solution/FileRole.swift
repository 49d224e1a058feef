/// The possible meaning of a file, by its own name and its folder's name alone: cheap enough to ask
/// of every entry of every tree.
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
  /// Any other `.mcs.yml`: a part of a cloned agent; in the workspace of the new kind a tool.
  case clonePart
  /// `connections/<logical name>.sync.yaml`: one reference of an agent's workspace of the new kind.
  case workspaceReference
  /// `agent.sync.yaml`: an agent's workspace of the new kind begins here.
  case workspaceMarker
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

  /// The kinds of content of a file of this role.
  package struct Content: OptionSet, Sendable {
    package let rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Declares references.
    package static let declarations = Content(rawValue: 1)
    /// Uses references by their names.
    package static let links = Content(rawValue: 2)
    /// Says what a solution or an environment is, so that a change of it may concern every link.
    package static let surroundings = Content(rawValue: 4)
    /// May bind references to connections: its shape decides.
    package static let bindings = Content(rawValue: 8)
  }

  package var content: Content {
    switch self {
    case .customizations: [.declarations, .links, .surroundings]
    case .yamlReference, .clone, .workspaceReference: [.declarations, .surroundings]
    case .manifest, .flowMetadata, .yamlComponents, .yamlMissingDependencies:
      [.links, .surroundings]
    case .yamlManifest, .yamlPublisher, .cloneMetadata, .connector, .archive, .exportSchema,
      .workspaceMarker:
      .surroundings
    case .export: [.surroundings, .bindings]
    case .flow, .agentPart, .agentLinks, .canvasApp, .codeApp, .component, .clonePart, .cloneFlow:
      .links
    case .unpackedApp: [.links, .bindings]
    case .settingsCandidate: .bindings
    case .packagedFlow: []
    }
  }

  /// True for a file that may bind references, by its shape.
  package var mayBeSettings: Bool { content.contains(.bindings) }

  /// True for a file that uses references and says nothing else of the solution.
  package var isConsumer: Bool {
    content.contains(.links) && !content.contains(.surroundings)
  }
}
