import Parsing

/// A topic, action or trigger of an agent: `botcomponents/<schema>/data`, or `*.mcs.yml` in a clone.
///
/// YAML, in which `connectionReference: <logical name>` is at any depth: under `action:` of a
/// connector, MCP or flow task, under `externalTriggerSource:`, in a topic's actions. Beside it
/// `connectionProperties.mode` selects the maker's or the user's connection.
/// `primaryConnectionReference:` holds a mapping and names nothing. A tool of the new workspace has
/// `connectionReference:` and `connectorId:` at its top level. Texts for the model are block
/// scalars and may say anything.
///
/// Read line by line, and by no YAML library: Power Fx and prompts in these files use signs that
/// YAML 1.1 gives a meaning (`!`, `&`, `@`), Copilot Studio's own reader accepts it, and a part
/// that cannot be read is a consumer lost.
///
/// Source: 114 occurrences in public agents; Microsoft's vscode-copilotstudio fixtures.
package struct AgentPart: Sendable {
  /// `mcs.metadata.componentName`, else `modelDisplayName`.
  private(set) var name: String?
  private(set) var links: [Link] = []
  /// Actions that need a connection and name no reference.
  private(set) var openEntries: [Link] = []

  /// True for a YAML document. Only for a file that has lost what it used: others may hold what YAML 1.1 does not
  /// allow.
  package static func isWellFormed(_ file: [UInt8]) -> Bool {
    // The reason does not matter: the part is called unreadable as a whole.
    (try? wholeness(of: file)) != nil
  }

  /// Fails for what is no YAML document. A plain key or value may begin with a sign that YAML reserves:
  /// Copilot Studio writes `@odata.type:`.
  static func wholeness(of file: [UInt8]) throws(Unreadable) -> Bool {
    do {
      _ = try Node(file: file)
    } catch {
      guard (try? Node(file: withoutReservedSigns(file))) != nil else { throw error }
    }
    return true
  }

  /// The same with a letter for `@`, `` ` `` and `%` where a key or a value begins.
  private static func withoutReservedSigns(_ file: [UInt8]) -> [UInt8] {
    let reserved = [UInt8(ascii: "@"), UInt8(ascii: "`"), UInt8(ascii: "%")]
    var copy = file
    // At the beginning of a line, or behind a dash or a colon and a space.
    var mayBegin = true
    for (index, byte) in file.enumerated() {
      switch byte {
      case UInt8(ascii: "\n"): mayBegin = true
      case UInt8(ascii: " "):
        let last = index > 0 ? file[index - 1] : UInt8(ascii: "\n")
        mayBegin = mayBegin || last == UInt8(ascii: "-") || last == UInt8(ascii: ":")
      default:
        if mayBegin, reserved.contains(byte) { copy[index] = UInt8(ascii: "x") }
        mayBegin = false
      }
    }
    return copy
  }

  /// Nil for a part that uses no connection.
  static func read(_ file: [UInt8]) throws(Unreadable) -> AgentPart? {
    // A file that is no text may have used any reference.
    if let reason = Misplaced.reason(in: file) { throw reason }
    let text = try Text(file)
    guard words.contains(where: { mentions($0, in: text.bytes) }) else { return nil }
    var part = AgentPart()
    var scan = YAMLLines()
    var modelName: String?
    var connector: Connector?
    var topLevel: LogicalName?
    var actions = Actions()
    for (index, line) in text.bytes.split(
      separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false
    ).enumerated() {
      guard let entry = scan.entry(in: line) else { continue }
      if entry.key.trimmingSpace == "connectionReference", entry.key.hasPrefix("\t") {
        throw Unreadable(line: index + 1, "is not YAML: a tab indents the line")
      }
      actions.add(entry, line: index + 1)
      switch entry.key {
      case "connectionReference":
        guard let name = entry.scalar, !name.hasPrefix("="), !name.contains(where: \.isWhitespace)
        else { continue }
        part.add(LogicalName(name), line: index + 1)
        if entry.indentation == 0 { topLevel = LogicalName(name) }
      case "connectorId" where entry.indentation == 0:
        connector = entry.scalar.map { Connector(path: $0) }
      case "componentName": part.name = part.name ?? entry.scalar
      case "modelDisplayName" where entry.indentation == 0: modelName = modelName ?? entry.scalar
      default: break
      }
    }
    if let line = scan.brokenQuote {
      throw Unreadable(line: line, "is not YAML: a quote is not closed")
    }
    part.name = part.name ?? modelName
    part.openEntries = actions.openLines().enumerated().map { number, line in
      Link(
        alias: String(number + 1), reference: nil, embeddedConnection: nil, connector: nil,
        line: line)
    }
    if let connector, let topLevel {
      for index in part.links.indices where part.links[index].reference == topLevel {
        part.links[index].connector = connector
      }
    }
    return part.links.isEmpty && part.openEntries.isEmpty ? nil : part
  }

  /// One of these is in every part that uses a connection.
  private static let words = [
    "connectionReference", "connectionProperties", "InvokeConnector", "connectorId",
  ]

  /// Finds the mappings of a part that need a connection, and have no name of a reference beside the key
  /// that says so.
  private struct Actions {
    private struct Mapping {
      let indentation: Int
      let line: Int
      var needsConnection = false
      var hasReference = false
    }

    /// Those that hold the line, the outermost first.
    private var mappings: [Mapping] = []
    private var found: [Int] = []

    mutating func add(_ entry: YAMLLines.Entry, line: Int) {
      let isNew = entry.key == "kind"
      close { $0.indentation > entry.indentation || isNew && $0.indentation == entry.indentation }
      if mappings.last?.indentation != entry.indentation {
        mappings.append(Mapping(indentation: entry.indentation, line: line))
      }
      let last = mappings.count - 1
      switch entry.key {
      case "connectionReference":
        mappings[last].needsConnection = true
        mappings[last].hasReference = mappings[last].hasReference || entry.scalar != nil
      case "connectionProperties": mappings[last].needsConnection = true
      case "connectorId" where entry.indentation == 0: mappings[last].needsConnection = true
      case "kind" where entry.scalar?.hasPrefix("InvokeConnector") ?? false:
        mappings[last].needsConnection = true
      default: break
      }
    }

    private mutating func close(_ isOver: (Mapping) -> Bool) {
      while let last = mappings.last, isOver(last) {
        mappings.removeLast()
        if last.needsConnection, !last.hasReference { found.append(last.line) }
      }
    }

    /// The first line of each, in order.
    mutating func openLines() -> [Int] {
      close { _ in true }
      return found.sorted()
    }
  }

  /// One link for each name: a part may use a reference in several actions.
  private mutating func add(_ name: LogicalName, line: Int) {
    guard !links.contains(where: { $0.reference == name }) else { return }
    links.append(
      Link(
        alias: String(links.count + 1), reference: name, embeddedConnection: nil,
        connector: name.agentConnector, line: line))
  }
}

extension LogicalName {
  /// The connector in an agent-made name: `<agent>.shared_<connector>.<connection id>`.
  package var agentConnector: Connector? {
    guard isAgentMade else { return nil }
    return spelling.split(separator: ".").first { $0.lowercased().hasPrefix("shared_") }
      .map { Connector(path: String($0)) }
  }
}

extension Reading {
  mutating func agentPart(in file: PlacedFile) -> Consumer? {
    let schema = file.path.split(separator: "/").dropLast().last.map(String.init) ?? ""
    return read(file, by: caches.agentParts).map {
      Consumer(
        kind: .agent, id: schema.lowercased(), name: $0.name ?? schema, path: file.path,
        links: $0.links, openEntries: $0.openEntries)
    }
  }
}
