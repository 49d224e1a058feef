internal import Parsing

/// `connectionreferences/<logical name>/connectionreference.yml` of Dataverse's Git integration.
///
/// One `connectionreference:` with the XML's vocabulary. The server can be set to write the same as
/// `.xml` (root `connectionreference`) or `.json`, so the content decides, not the file name.
///
/// Source: public repositories; the documentation of the format does not mention the folder.
enum YAMLReference {
  /// Empty when the file is of another kind.
  static func read(_ bytes: [UInt8]) throws(Unreadable) -> [Declaration] {
    let isXML = bytes.first { $0 > UInt8(ascii: " ") && $0 < 0x80 } == UInt8(ascii: "<")
    if isXML, Misplaced.reason(in: bytes) == nil {
      let root = try Element(file: bytes, keeping: ["connectionreference": .everything])
      return root.name == "connectionreference" ? [try Declaration(root)] : []
    }
    var declarations: [Declaration] = []
    for node in try Node(file: bytes).children("connectionreference") {
      declarations.append(try Declaration(node))
    }
    return declarations
  }
}
