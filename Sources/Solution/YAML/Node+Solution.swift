package import Yams

// The YAML of Dataverse's Git integration is a mechanical conversion of XML: one child element is a
// mapping, several are a sequence, none is an empty value; attributes are keys that begin with `@`;
// numbers and dates stand unquoted. So scalars are taken as the strings they were written as.
extension Node {
  /// Larger than any file seen by far; Yams reads 5 to 28 MB/s.
  package static let byteLimit = 4 << 20

  /// The root of a file. Depth is capped at 1,000 levels by libYAML.
  init(file bytes: [UInt8]) throws(Unreadable) {
    guard let root = try Node.root(of: bytes) else { throw Unreadable("is empty") }
    self = root
  }

  /// The root of a file; nil where it holds comments and white space alone.
  package static func root(of bytes: [UInt8]) throws(Unreadable) -> Node? {
    // Conflict markers can be part of a plain scalar, so they are looked for before.
    if let reason = Misplaced.reason(in: bytes) { throw reason }
    let text = try Text(bytes)
    if let offset = firstAnchor(in: text.bytes) {
      throw Unreadable(
        line: Solution.line(at: offset, in: text.bytes),
        "holds a YAML anchor or tag, which is refused")
    }
    do {
      return try compose(yaml: String(decoding: text.bytes, as: UTF8.self))
    } catch let error as YamlError {
      throw Unreadable(line: error.line, "is no valid YAML: \(error.reason)")
    } catch {
      throw Unreadable("is no valid YAML")
    }
  }

  /// Counted from 1.
  package var line: Int { mark?.line ?? 1 }

  /// The value of a key; nil where this is no mapping or has no such key.
  package func child(_ key: String) -> Node? {
    mapping?.first { $0.key.scalar?.string == key }?.value
  }

  /// The value of a key as written; nil where there is none or it is empty.
  package func text(_ key: String) -> String? {
    child(key)?.scalar?.string.nonEmpty
  }

  /// The keys of a mapping.
  package var keys: [String] { mapping?.keys.compactMap { $0.scalar?.string } ?? [] }

  /// What stands below a key, be it one, several or nothing.
  package func children(_ key: String) -> [Node] {
    guard let child = child(key) else { return [] }
    switch child {
    case .sequence(let nodes): return Array(nodes)
    case .mapping: return [child]
    case .scalar, .alias: return []
    }
  }
}

/// Where a value begins with `&` (an anchor) or `!` (a tag, which an anchor may follow). Refused, since
/// Yams expands aliases while it reads, and a few lines then stand for billions of values. The
/// exporter writes neither; it quotes text that begins so.
private func firstAnchor(in bytes: [UInt8]) -> Int? {
  var previous = UInt8(ascii: "\n")
  for (offset, byte) in bytes.enumerated() {
    if byte == UInt8(ascii: "&") || byte == UInt8(ascii: "!"), starters.contains(previous),
      offset + 1 < bytes.count, bytes[offset + 1] > UInt8(ascii: " ")
    {
      return offset
    }
    if byte != UInt8(ascii: " "), byte != UInt8(ascii: "\t") { previous = byte }
  }
  return nil
}

/// After these, and white space, a value may begin.
private let starters = Array("\n\r:-?[{,".utf8)
