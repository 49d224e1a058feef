internal import Cyaml

/// Builds a tree of nodes from libyaml's events.
struct NodeBuilder {
  private enum Kind {
    case sequence
    case mapping
  }

  /// A collection that has not ended.
  private struct Open {
    let kind: Kind
    let line: Int
    /// Of a mapping, keys and values in turn.
    var nodes: [Node] = []
  }

  /// No file of a solution is nested deeper than 20.
  private static let depthLimit = 500

  private(set) var root: Node?
  private var open: [Open] = []
  private var documents = 0

  mutating func take(_ event: yaml_event_t) throws(YAMLFailure) {
    let line = Int(event.start_mark.line) + 1
    switch event.type {
    case YAML_DOCUMENT_START_EVENT:
      documents += 1
      guard documents == 1 else {
        throw YAMLFailure(line: line, message: "is not valid YAML: holds more than one document")
      }
    case YAML_ALIAS_EVENT:
      throw Self.refusal(line)
    case YAML_SCALAR_EVENT:
      let scalar = event.data.scalar
      guard scalar.anchor == nil, scalar.tag == nil else { throw Self.refusal(line) }
      let text = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
      add(Node(content: .scalar(String(decoding: text, as: UTF8.self)), line: line))
    case YAML_SEQUENCE_START_EVENT:
      let start = event.data.sequence_start
      guard start.anchor == nil, start.tag == nil else { throw Self.refusal(line) }
      try begin(.sequence, at: line)
    case YAML_MAPPING_START_EVENT:
      let start = event.data.mapping_start
      guard start.anchor == nil, start.tag == nil else { throw Self.refusal(line) }
      try begin(.mapping, at: line)
    case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT:
      guard let closed = open.popLast() else { return }
      add(Node(content: try Self.content(of: closed), line: closed.line))
    default: break
    }
  }

  /// libyaml looks at every open collection for each token: without a limit, the time grows with the square of the
  /// depth.
  private mutating func begin(_ kind: Kind, at line: Int) throws(YAMLFailure) {
    guard open.count < Self.depthLimit else {
      throw YAMLFailure(
        line: line, message: "holds values nested deeper than \(Self.depthLimit) levels")
    }
    open.append(Open(kind: kind, line: line))
  }

  private mutating func add(_ node: Node) {
    if open.isEmpty { root = node } else { open[open.count - 1].nodes.append(node) }
  }

  private static func content(of closed: Open) throws(YAMLFailure) -> Node.Content {
    guard closed.kind == .mapping else { return .sequence(closed.nodes) }
    var entries: [Node.Entry] = []
    var keys: Set<String> = []
    for index in stride(from: 0, to: closed.nodes.count - 1, by: 2) {
      let key = closed.nodes[index]
      if let text = key.scalar, !keys.insert(text).inserted {
        throw YAMLFailure(line: key.line, message: "is not valid YAML: duplicate key '\(text)'")
      }
      entries.append(Node.Entry(key: key, value: closed.nodes[index + 1]))
    }
    return .mapping(entries)
  }

  private static func refusal(_ line: Int) -> YAMLFailure {
    YAMLFailure(line: line, message: "holds a YAML anchor, alias or tag, which is refused")
  }
}
