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

extension FileRole {
  /// The role of a file by its name and its folder's name, empty for the root; nil
  /// when it concerns no solution. ASCII letter case is ignored. Allocates nothing.
  package static func role(
    ofFile name: Span<UInt8>, inFolder parent: Span<UInt8>
  ) -> FileRole? {
    guard name.count >= 4 else { return nil }
    // Nearly every file of a repository is out after this one byte.
    switch name[name.count - 1] | 0x20 {
    case UInt8(ascii: "n"): return ends(name, ".json") ? json(name, parent) : nil
    case UInt8(ascii: "l"):
      if ends(name, ".xml") { return xml(name, parent) }
      if ends(name, ".yml") { return yaml(name, parent) }
      return ends(name, ".sync.yaml") ? workspace(name, parent) : nil
    case UInt8(ascii: "a"): return isEqual(name, "data") && isSchemaName(parent) ? .agentPart : nil
    case UInt8(ascii: "p"): return ends(name, ".zip") ? .archive : nil
    default: return nil
    }
  }

  /// False for a file that has no role in any folder: a folder with nothing else in it
  /// need not be looked at again under another name.
  package static func mayHaveRole(_ name: Span<UInt8>) -> Bool {
    guard name.count >= 4 else { return false }
    // Nearly every file of a repository is out after this one byte.
    return switch name[name.count - 1] | 0x20 {
    case UInt8(ascii: "n"): ends(name, ".json")
    case UInt8(ascii: "l"): ends(name, ".xml") || ends(name, ".yml") || ends(name, ".sync.yaml")
    case UInt8(ascii: "p"): ends(name, ".zip")
    case UInt8(ascii: "a"): isEqual(name, "data")
    default: false
    }
  }

  /// The role of a file by its name and its folder's name, empty for the root.
  package static func role(ofFile name: String, inFolder parent: String) -> FileRole? {
    role(ofFile: name.utf8.span, inFolder: parent.utf8.span)
  }

  /// The same for a path.
  package static func role(ofPath path: String) -> FileRole? {
    let parts = path.split(separator: "/")
    guard let name = parts.last else { return nil }
    return role(ofFile: String(name), inFolder: parts.dropLast().last.map(String.init) ?? "")
  }

  /// False for a folder that is never worth descending into: what tools bring there is no source,
  /// and what an unpacked canvas app holds is neither a solution nor a settings file. Such apps are
  /// most of the JSON of a repository that has them: 155 MB in one of coe-starter-kit.
  package static func mayHoldSolutions(_ folder: Span<UInt8>) -> Bool {
    !(ends(folder, "_msapp_src") || isEqual(folder, "node_modules") || isEqual(folder, ".git")
      || isEqual(folder, ".vscode")
      || isEqual(folder, ".vs") || isEqual(folder, ".idea") || isEqual(folder, ".svn")
      || isEqual(folder, ".hg") || isEqual(folder, "bower_components")
      // The output of a build, with copies of sources.
      || isEqual(folder, "obj") || isEqual(folder, "bin"))
  }

  /// False for a folder that is never worth descending into.
  package static func mayHoldSolutions(_ folder: String) -> Bool {
    mayHoldSolutions(folder.utf8.span)
  }

  /// False for a folder of a solution whose JSON belongs to its components: a repository of solutions
  /// holds thousands of such files, and no settings file was ever seen among them.
  package static func mayHoldSettings(_ folder: String) -> Bool {
    let name = folder.utf8.span
    return
      !(isEqual(name, "canvasapps") || isEqual(name, "environmentvariabledefinitions")
      || isEqual(name, "webresources") || isEqual(name, "connectors")
      || isEqual(name, "botcomponents"))
  }

  private static func xml(_ name: Span<UInt8>, _ parent: Span<UInt8>) -> FileRole? {
    if isEqual(name, "customizations.xml") { return .customizations }
    if isEqual(name, "solution.xml") { return .manifest }
    if isEqual(name, "connectionreference.xml") { return .yamlReference }
    if ends(name, ".json.data.xml") { return holdsFlows(parent) ? .flowMetadata : nil }
    if ends(name, ".meta.xml") { return isEqual(parent, "canvasapps") ? .canvasApp : nil }
    if isEqual(name, "data.xml") { return .export }
    if isEqual(name, "data_schema.xml") { return .exportSchema }
    if isEqual(parent, "connectors") { return .connector }
    if isEqual(parent, "assets") {
      return isEqual(name, "botcomponent_connectionreferenceset.xml") ? .agentLinks : .component
    }
    return isComponent(name) ? .component : nil
  }

  private static func yaml(_ name: Span<UInt8>, _ parent: Span<UInt8>) -> FileRole? {
    if isEqual(name, "connectionreference.yml") { return .yamlReference }
    if isEqual(name, "solution.yml") { return .yamlManifest }
    if isEqual(name, "solutioncomponents.yml") { return .yamlComponents }
    if isEqual(name, "missingdependencies.yml") { return .yamlMissingDependencies }
    if isEqual(name, "publisher.yml") { return .yamlPublisher }
    if isEqual(name, "connectionreferences.mcs.yml") { return .clone }
    if ends(name, ".mcs.yml") { return .clonePart }
    if isEqual(name, "canvasapp.yml") { return .canvasApp }
    if ends(name, ".meta.yml") { return isEqual(parent, "canvasapps") ? .canvasApp : nil }
    if isEqual(name, "botcomponent_connectionreference.yml") { return .agentLinks }
    if isEqual(name, "metadata.yml") { return .cloneMetadata }
    if isEqual(parent, "connectionreferences") { return .yamlReference }
    return isComponent(name) ? .component : nil
  }

  private static func workspace(_ name: Span<UInt8>, _ parent: Span<UInt8>) -> FileRole? {
    if isEqual(name, "agent.sync.yaml") { return .workspaceMarker }
    return isEqual(parent, "connections") ? .workspaceReference : nil
  }

  private static func json(_ name: Span<UInt8>, _ parent: Span<UInt8>) -> FileRole? {
    if holdsFlows(parent) { return .flow }
    if isEqual(name, "connectionreference.json") || isEqual(parent, "connectionreferences") {
      return .yamlReference
    }
    if isEqual(name, "workflow.json") { return .cloneFlow }
    if isEqual(name, "definition.json"), parent.count == 36 { return .packagedFlow }
    if isEqual(name, "botdefinition.json")
      || (isEqual(name, "conn.json") && isEqual(parent, ".mcs"))
    {
      return .export
    }
    if ends(name, ".config.json"), isEqual(name, "power.config.json") || starts(name, "ms.") {
      return .codeApp
    }
    if isEqual(name, "properties.json")
      || (isEqual(name, "connections.json") && isEqual(parent, "connections"))
    {
      return mayHoldSolutions(parent) ? .unpackedApp : nil
    }
    if isComponent(name) { return .component }
    // Files of other tools that are in many folders, change often and never are settings.
    if isEqual(name, "package.json") || isEqual(name, "package-lock.json")
      || isEqual(name, "composer.json") || starts(name, "tsconfig")
      || ends(name, ".eslintrc.json") || !mayHoldSolutions(parent) || isPartOfApp(parent)
    {
      return nil
    }
    return mentionsReferences(name) ? .export : .settingsCandidate
  }

  /// `<agent>.<kind>.<name>`: a schema name has a dot, or at least the publisher's underscore.
  private static func isSchemaName(_ folder: Span<UInt8>) -> Bool {
    for index in 0..<folder.count
    where folder[index] == UInt8(ascii: ".") || folder[index] == UInt8(ascii: "_") {
      return true
    }
    return false
  }

  /// Tables with a lookup to `connectionreference`, by the entity pages of Microsoft's documentation;
  /// a component's file is named for its table.
  private static func isComponent(_ name: Span<UInt8>) -> Bool {
    starts(name, "bot.") || starts(name, "dvtablesearch.") || starts(name, "fxexpression.")
      || starts(name, "connectioninstance.") || starts(name, "federatedknowledgeconfiguration.")
      || starts(name, "msdyn_aiconfiguration.") || starts(name, "msdyn_connectordatasource.")
      || starts(name, "msdyn_dataflowconnectionreference.")
  }

  /// `connectionreferences.json` and the like, `ConnectionReferences-dev.json`: what scripts name the
  /// answer of the Web API. Such a file may be a settings file as well.
  private static func mentionsReferences(_ name: Span<UInt8>) -> Bool {
    guard name.count >= 24 else { return false }
    for start in 0...(name.count - 24) where holds(name, "connection", at: start) {
      let rest = start + 10
      if holds(name, "reference", at: rest) { return true }
      if name[rest] == UInt8(ascii: "-") || name[rest] == UInt8(ascii: "_"),
        holds(name, "reference", at: rest + 1)
      {
        return true
      }
    }
    return false
  }

  /// Folders of an unpacked canvas app: three quarters of the JSON in repositories of solutions, and
  /// the largest of it.
  private static func isPartOfApp(_ folder: Span<UInt8>) -> Bool {
    isEqual(folder, "datasources") || isEqual(folder, "editorstate")
      || isEqual(folder, "tabledefinitions") || isEqual(folder, "entropy")
      || isEqual(folder, "pcfcontroltemplates") || isEqual(folder, "pcfconversions")
  }

  private static func holdsFlows(_ folder: Span<UInt8>) -> Bool {
    isEqual(folder, "workflows") || isEqual(folder, "modernflows")
  }
}

/// All compare with `text`, which is ASCII in lower case. A literal's UTF-8 is read in place.
private func isEqual(_ name: Span<UInt8>, _ text: String) -> Bool {
  name.count == text.utf8.count && holds(name, text, at: 0)
}

private func starts(_ name: Span<UInt8>, _ text: String) -> Bool {
  name.count >= text.utf8.count && holds(name, text, at: 0)
}

private func ends(_ name: Span<UInt8>, _ text: String) -> Bool {
  let count = text.utf8.count
  return name.count >= count && holds(name, text, at: name.count - count)
}

private func holds(_ name: Span<UInt8>, _ text: String, at start: Int) -> Bool {
  var index = start
  for byte in text.utf8 {
    let other = name[index]
    let isUpper = other &- UInt8(ascii: "A") < 26
    if byte != (isUpper ? other | 0x20 : other) { return false }
    index += 1
  }
  return true
}
