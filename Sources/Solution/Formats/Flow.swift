/// A cloud flow: `Workflows/<Name>-<GUID>.json`, or in `modernflows` of the YAML form.
///
/// `{"properties": {"connectionReferences": {alias: entry}, "definition": {…}}, "schemaVersion": …}`.
/// `connectionReferences` may be missing, `{}`, null, or a list (seen in home-made exports). The
/// `definition` is a Logic Apps workflow: an action or trigger that uses a connector names the alias
/// in its `inputs.host`, in one of three ways, at any depth (scopes, conditions, cases, loops), and
/// mostly the connector beside it, `apiId`. An action that runs a child flow has the child's WorkflowId
/// there, `workflowReferenceName`.
///
/// Source: 6,600 versions of public flow files; UTF-16 and one-line files are common.
struct Flow: Sendable {
  private(set) var displayName: String?
  private(set) var links: [Link] = []
  private(set) var connectorUses = 0
  /// Each once, sorted.
  private(set) var usedAliases: [String] = []
  private(set) var uses: [ConnectorUse] = []
  /// Each once, sorted.
  private(set) var childFlows: [String] = []
  /// `operationId`, each once.
  private(set) var operations: [String] = []
  /// Oddities that lose no information, with their line.
  private(set) var notes: [Unreadable] = []

  /// Nil when this is JSON of another kind, which has no `properties`.
  static func read(_ file: [UInt8]) throws(Unreadable) -> Flow? {
    let text: Text
    do {
      text = try Text(file)
      var reader = JSONReader(text.bytes)
      return try read(&reader)
    } catch {
      throw Misplaced.reason(in: file) ?? error
    }
  }

  private static func read(_ reader: inout JSONReader) throws(Unreadable) -> Flow? {
    var flow: Flow?
    guard reader.kind() == .object else {
      try reader.skip()
      try reader.finish()
      return nil
    }
    try reader.enterObject()
    while let key = try reader.nextKey() {
      if reader.isEqual(key, "properties"), reader.kind() == .object {
        flow = Flow()
        try flow?.readProperties(&reader)
      } else {
        try reader.skip()
      }
    }
    try reader.finish()
    return flow
  }

  private mutating func readProperties(_ reader: inout JSONReader) throws(Unreadable) {
    try reader.enterObject()
    while let key = try reader.nextKey() {
      if reader.isEqual(key, "connectionReferences") {
        try readEntries(&reader)
      } else if reader.isEqual(key, "definition") {
        (connectorUses, usedAliases, uses, childFlows, operations) = (0, [], [], [], [])
        var lines = LineCounter(reader.bytes)
        for var host in try reader.skip(findingObjectsAt: "inputs", "host") {
          try readHost(&host, &lines)
        }
        usedAliases.sort()
        childFlows.sort()
      } else if reader.isEqual(key, "displayName") {
        displayName = try reader.stringIfAny().map(reader.value)?.nonEmpty
      } else {
        try reader.skip()
      }
    }
  }

  private mutating func readEntries(_ reader: inout JSONReader) throws(Unreadable) {
    links = []
    var lines = LineCounter(reader.bytes)
    switch reader.kind() {
    case .object:
      try reader.enterObject()
      while let key = try reader.nextKey() {
        let entry = try FlowEntry(&reader, start: key.range.lowerBound)
        let alias = reader.value(of: key)
        let line = lines.line(at: entry.position)
        if let earlier = links.firstIndex(where: { $0.alias == alias }) {
          // The last one counts, as for the services that read the flow.
          links.remove(at: earlier)
          notes.append(Unreadable(line: line, "has two entries '\(alias)'; the last one counts"))
        }
        links.append(entry.link(alias: alias, line: line))
      }
    case .array:
      try reader.enterArray()
      var index = 0
      while try reader.nextElement() {
        _ = reader.kind()
        let entry = try FlowEntry(&reader, start: reader.position)
        let line = lines.line(at: entry.position)
        links.append(entry.link(alias: String(index), line: line))
        index += 1
      }
    default:
      try reader.skip()
    }
  }

  private mutating func readHost(
    _ reader: inout JSONReader, _ lines: inout LineCounter
  ) throws(Unreadable) {
    var alias: String?
    var connector: String?
    var place = 0
    try reader.enterObject()
    while let key = try reader.nextKey() {
      if reader.isEqual(key, "connectionName") || reader.isEqual(key, "connectionReferenceName") {
        if let name = try reader.stringIfAny() {
          (alias, place) = (reader.value(of: name), name.range.lowerBound)
        }
      } else if reader.isEqual(key, "apiId") {
        connector = try reader.stringIfAny().map(reader.value)?.nonEmpty
      } else if reader.isEqual(key, "operationId") {
        if let operation = try reader.stringIfAny().map(reader.value),
          !operations.contains(operation)
        {
          operations.append(operation)
        }
      } else if reader.isEqual(key, "workflowReferenceName") {
        let child = try reader.stringIfAny().map(reader.value)?.trimmingSpace.nonEmpty
        if let id = child?.lowercased().trimmingBraces, !childFlows.contains(id) {
          childFlows.append(id)
        }
      } else if reader.isEqual(key, "connection"), reader.kind() == .object {
        try reader.enterObject()
        while let key = try reader.nextKey() {
          let name = try reader.stringIfAny()
          if reader.isEqual(key, "name"), let name {
            (alias, place) = (aliasNamed(in: reader.value(of: name)), name.range.lowerBound)
          }
        }
      } else {
        try reader.skip()
      }
    }
    guard let alias else { return }
    connectorUses += 1
    guard !alias.isEmpty else { return }
    if !usedAliases.contains(alias) { usedAliases.append(alias) }
    let connectorUsed = connector.map { Connector(path: $0) }
    if !uses.contains(where: { $0.alias == alias && $0.connector == connectorUsed }) {
      uses.append(ConnectorUse(alias: alias, connector: connectorUsed, line: lines.line(at: place)))
    }
  }
}

/// The alias in `@parameters('$connections')['<alias>']['connectionId']`, or in the form that begins
/// with `@json(decodeBase64(…))['$connections']`. Empty for another expression.
private func aliasNamed(in expression: String) -> String {
  let parts = expression.split(separator: "'", omittingEmptySubsequences: false)
  guard let index = parts.firstIndex(of: "$connections"), index + 2 < parts.count else { return "" }
  return String(parts[index + 2])
}
