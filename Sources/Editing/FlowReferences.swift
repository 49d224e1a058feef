package import Solution

/// The `connectionReferences` of a flow's file, to be put back as another version of the file has them.
package struct FlowReferences: Sendable {
  private let text: MappedText
  private let properties: JSONTree?

  package init(_ file: [UInt8]) throws(Unreadable) {
    text = try MappedText(file)
    properties = try JSONTree(text.bytes)["properties"]
  }

  private static let key = "connectionReferences"

  private var references: JSONTree? { properties?[Self.key] }

  /// The keys of the entries.
  package var aliases: [String] { references?.members.map(\.key) ?? [] }

  /// The edit that puts the connection of one entry back; nil where one of the two has no such entry.
  ///
  /// - Parameter name: what it names then; nil for what it named.
  package func refilling(
    _ alias: String, from former: FlowReferences, as name: LogicalName? = nil
  ) -> ByteEdit? {
    guard let entry = references?[alias], let model = former.references?[alias] else { return nil }
    guard let own = entry["connection"], let foreign = model["connection"] else {
      return text.replacing(entry.range, with: taken(model, from: former, as: name))
    }
    return text.replacing(own.range, with: taken(foreign, from: former, as: name))
  }

  /// The edit that puts an entry back that was removed, behind the one that it followed, else as the first
  /// one; nil where the other version has none, or this one has it or no list.
  package func restoring(_ alias: String, from former: FlowReferences) -> ByteEdit? {
    func isSame(_ member: JSONTree.Member) -> Bool {
      member.key.lowercased() == alias.lowercased()
    }
    guard let references, let first = references.members.first,
      let models = former.references?.members, let position = models.firstIndex(where: isSame),
      !references.members.contains(where: isSame)
    else { return nil }
    let model = models[position]
    let key = text.adopting(
      model.range.lowerBound..<model.value.range.lowerBound, of: former.text)
    let entry = key + taken(model.value, from: former, as: nil)
    let space = text.string((references.range.lowerBound + 1)..<first.range.lowerBound)
    for model in models[..<position].reversed() {
      guard let own = references.members.last(where: { $0.key == model.key }) else { continue }
      let end = own.range.upperBound
      return text.replacing(end..<end, with: ",\(space)\(entry)")
    }
    let start = first.range.lowerBound
    return text.replacing(start..<start, with: "\(entry),\(space)")
  }

  /// The edit that puts all entries back; nil where the other version has none, or this one is no flow.
  package func restoring(from former: FlowReferences) -> ByteEdit? {
    guard let properties, let model = former.references else { return nil }
    let value = taken(model, from: former, as: nil)
    if let references { return text.replacing(references.range, with: value) }
    let start = properties.range.lowerBound + 1
    guard let first = properties.members.first else {
      return text.replacing(start..<start, with: "\"\(Self.key)\": \(value)")
    }
    let space = text.string(start..<first.range.lowerBound)
    return text.replacing(start..<start, with: "\(space)\"\(Self.key)\": \(value),")
  }

  /// A value of another version, written as this file is.
  private func taken(
    _ value: JSONTree, from former: FlowReferences, as name: LogicalName?
  ) -> String {
    var parts: [(Range<Int>, String)] = []
    if let name {
      value.visit { node in
        guard let written = node["connectionReferenceLogicalName"]?.string else { return }
        parts.append((written.range, Escaping.json.escaped(name.spelling)))
      }
    }
    var taken = ""
    var position = value.range.lowerBound
    for (range, replacement) in parts.sorted(by: { $0.0.lowerBound < $1.0.lowerBound }) {
      taken += text.adopting(position..<range.lowerBound, of: former.text) + replacement
      position = range.upperBound
    }
    taken += text.adopting(position..<value.range.upperBound, of: former.text)
    // A file of one line stays one.
    return text.lineEnding == nil ? Self.withoutSpace(taken) : taken
  }

  /// JSON without the white space between its parts.
  private static func withoutSpace(_ json: String) -> String {
    var isText = false
    var isEscaped = false
    let bytes = json.utf8.filter { byte in
      defer { isEscaped = isText && !isEscaped && byte == UInt8(ascii: "\\") }
      if byte == UInt8(ascii: "\""), !isEscaped { isText.toggle() }
      return isText || !isSpace(byte)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
