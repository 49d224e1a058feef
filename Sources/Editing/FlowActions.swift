import Solution

/// The actions and triggers of a flow's file that use a connection by its alias.
struct FlowActions {
  private let text: MappedText
  private let definition: JSONTree?

  init(_ file: [UInt8]) throws(Unreadable) {
    text = try MappedText(file)
    definition = try JSONTree(text.bytes)["properties"]?["definition"]
  }

  /// The edits that write another alias wherever an action names `alias`.
  ///
  /// - Parameter connector: nil for actions of any.
  func renaming(
    _ alias: String, to other: String, of connector: Connector? = nil
  ) -> [ByteEdit] {
    var edits: [ByteEdit] = []
    definition?.visit { node in
      guard let host = node["inputs"]?["host"] else { return }
      if let connector {
        let stated = host["apiId"]?.string.map { Connector(path: text.string($0.range)) }
        guard stated.isSame(as: connector) else { return }
      }
      for member in host.members
      where member.key == "connectionName" || member.key == "connectionReferenceName" {
        guard let value = member.value.string, text.string(value.range) == alias else { continue }
        edits.append(text.replacing(value.range, with: Escaping.json.escaped(other)))
      }
    }
    return edits
  }
}
