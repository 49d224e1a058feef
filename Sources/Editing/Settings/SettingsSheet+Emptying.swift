import Solution

/// Another environment's file, of which the shape is taken and nothing else.
extension SettingsSheet {
  /// A new file that nothing is bound in.
  package static func blank(_ shape: SettingsShape) -> [UInt8] {
    let unit = shape == .pac ? "  " : "    "
    return Array(
      """
      {
      \(unit)"EnvironmentVariables": [],
      \(unit)"ConnectionReferences": []
      }

      """.utf8)
  }

  /// The edits that empty the values of one environment: connections, their owners, the values of
  /// environment variables. A token made of the row's own name belongs to none and stays.
  package func emptying() -> [ByteEdit] {
    let ofRows = lists.flatMap(\.rows).flatMap { row in
      [(row.connection, row.row.connectionID), (row.owner, row.row.owner)]
        .filter { _, value in value.map { !isToken($0, of: row.row.reference.spelling) } ?? false }
        .compactMap(\.0)
    }
    return (ofRows + variables(in: tree)).map { text.replacing($0, with: "") }
  }

  /// Unknown sections, which cannot be emptied: they are copied as they are.
  package var unknownSections: [String] {
    let known = ["connectionreferences", "environmentvariables", "copilotagents"]
    let keys = lists.flatMap(\.holder.members).map(\.key).filter {
      !known.contains($0.lowercased())
    }
    return Set(keys).sorted()
  }

  private func variables(in tree: JSONTree) -> [Range<Int>] {
    let own = tree.members.filter { $0.key.lowercased() == "environmentvariables" }
      .flatMap(\.value.elements).compactMap { variable -> Range<Int>? in
        func member(_ key: String) -> JSONString? {
          variable.members.last { $0.key.lowercased() == key }?.value.string
        }
        guard let value = member("value"), !value.range.isEmpty else { return nil }
        let name = member("schemaname").map(text.value) ?? ""
        return isToken(text.value(of: value), of: name) ? nil : value.range
      }
    return own + (tree.members.map(\.value) + tree.elements).flatMap(variables)
  }

  private func isToken(_ value: String, of name: String) -> Bool {
    !name.isEmpty && value != name && value.contains(name)
      && value.contains { "#{($%".contains($0) }
  }
}
