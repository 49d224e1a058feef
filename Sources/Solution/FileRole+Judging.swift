extension FileRole {
  /// The role of a file by its name and the name of the folder it stands in, empty for the root; nil
  /// when it concerns no solution. ASCII letter case is ignored. Allocates nothing.
  package static func role(
    ofFile name: Span<UInt8>, inFolder parent: Span<UInt8>
  ) -> FileRole? {
    // Nearly every file of a repository is out after this one byte.
    guard name.count >= 5 else { return nil }
    switch name[name.count - 1] | 0x20 {
    case UInt8(ascii: "n"): return ends(name, ".json") ? json(name, parent) : nil
    case UInt8(ascii: "l"):
      if ends(name, ".xml") { return xml(name, parent) }
      if ends(name, ".yml") { return yaml(name, parent) }
      return nil
    default: return nil
    }
  }

  /// False for a file that has no role in whatever folder it stands: a folder with nothing else in it
  /// need not be looked at again under another name.
  package static func mayHaveRole(_ name: Span<UInt8>) -> Bool {
    guard name.count >= 4 else { return false }
    // Nearly every file of a repository is out after this one byte.
    return switch name[name.count - 1] | 0x20 {
    case UInt8(ascii: "n"): ends(name, ".json")
    case UInt8(ascii: "l"): ends(name, ".xml") || ends(name, ".yml")
    case UInt8(ascii: "p"): ends(name, ".zip")
    case UInt8(ascii: "a"): isEqual(name, "data")
    default: false
    }
  }

  /// The role of a file by its name and the name of the folder it stands in, empty for the root.
  package static func role(ofFile name: String, inFolder parent: String) -> FileRole? {
    role(ofFile: name.utf8.span, inFolder: parent.utf8.span)
  }

  /// False for a folder that is never worth descending into: what tools bring there is no source,
  /// and what an unpacked canvas app holds is neither a solution nor a settings file. Such apps are
  /// most of the JSON of a repository that has them: 155 MB in one of coe-starter-kit.
  package static func mayHoldSolutions(_ folder: Span<UInt8>) -> Bool {
    !(ends(folder, "_msapp_src") || isEqual(folder, "node_modules") || isEqual(folder, ".git")
      || isEqual(folder, ".vscode")
      || isEqual(folder, ".vs") || isEqual(folder, ".idea") || isEqual(folder, ".svn")
      || isEqual(folder, ".hg") || isEqual(folder, "bower_components")
      // What a build writes, copies of sources among it.
      || isEqual(folder, "obj") || isEqual(folder, "bin"))
  }

  /// False for a folder that is never worth descending into.
  package static func mayHoldSolutions(_ folder: String) -> Bool {
    mayHoldSolutions(folder.utf8.span)
  }

  /// False for a folder of a solution whose JSON belongs to its components: a repository of solutions
  /// holds thousands of such files, and no settings file was ever seen among them.
  static func mayHoldSettings(_ folder: String) -> Bool {
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
    return ends(name, ".json.data.xml") && holdsFlows(parent) ? .flowMetadata : nil
  }

  private static func yaml(_ name: Span<UInt8>, _ parent: Span<UInt8>) -> FileRole? {
    if isEqual(name, "connectionreference.yml") { return .yamlReference }
    if isEqual(name, "solution.yml") { return .yamlManifest }
    if isEqual(name, "solutioncomponents.yml") { return .yamlComponents }
    if isEqual(name, "missingdependencies.yml") { return .yamlMissingDependencies }
    if isEqual(name, "publisher.yml") { return .yamlPublisher }
    return isEqual(parent, "connectionreferences") ? .yamlReference : nil
  }

  private static func json(_ name: Span<UInt8>, _ parent: Span<UInt8>) -> FileRole? {
    if holdsFlows(parent) { return .flow }
    if isEqual(name, "connectionreference.json") || isEqual(parent, "connectionreferences") {
      return .yamlReference
    }
    // Files of other tools that stand in many folders, change often and never are settings.
    if isEqual(name, "package.json") || isEqual(name, "package-lock.json")
      || isEqual(name, "composer.json") || starts(name, "tsconfig")
      || ends(name, ".eslintrc.json") || !mayHoldSolutions(parent) || isPartOfApp(parent)
    {
      return nil
    }
    return .settingsCandidate
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
