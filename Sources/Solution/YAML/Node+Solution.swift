package import Parsing

// The YAML of Dataverse's Git integration is a mechanical conversion of XML: one child element is a
// mapping, several are a sequence, none is an empty value; attributes are keys that begin with `@`;
// numbers and dates are unquoted. So scalars are taken as the strings they were written as.
extension Node {
  /// Larger than any file seen by far.
  package static let byteLimit = 4 << 20

  /// The root of a file. Depth is limited to 500 levels.
  init(file bytes: [UInt8]) throws(Unreadable) {
    guard let root = try Node.root(of: bytes) else { throw Unreadable("is empty") }
    self = root
  }

  /// The root of a file; nil where it holds comments and white space alone.
  package static func root(of bytes: [UInt8]) throws(Unreadable) -> Node? {
    // Conflict markers can be part of a plain scalar, so they are looked for before.
    if let reason = Misplaced.reason(in: bytes) { throw reason }
    let text = try Text(bytes)
    do throws(YAMLFailure) {
      return try Node(parsing: Array(text.bytes))
    } catch {
      throw Unreadable(line: error.line, error.message)
    }
  }

  /// The value of a key; nil where this is no mapping or has no such key.
  package func child(_ key: String) -> Node? {
    mapping?.first { $0.key.scalar == key }?.value
  }

  /// The value of a key as written; nil where there is none or it is empty.
  package func text(_ key: String) -> String? {
    child(key)?.scalar?.nonEmpty
  }

  /// The keys of a mapping.
  package var keys: [String] { mapping?.compactMap(\.key.scalar) ?? [] }

  /// The children of a key: none, one or several.
  package func children(_ key: String) -> [Node] {
    guard let child = child(key) else { return [] }
    switch child.content {
    case .sequence(let nodes): return nodes
    case .mapping: return [child]
    case .scalar: return []
    }
  }
}
