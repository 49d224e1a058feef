import Solution

/// How a list writes one row: which parts it has, in what order, with which white space around them.
struct RowStyle: Sendable {
  /// The parts of a row that are known, and may be written for another.
  enum Part: Hashable, Sendable {
    case name, connection, connector, owner, displayName

    init?(key: String, in shape: PlacedRow.Shape) {
      switch (shape, key.lowercased()) {
      case (.userSetting, "name"): self = .name
      case (.userSetting, "value"): self = .connection
      case (.userSetting, "data"): self = .connector
      case (.userSetting, _): return nil
      case (.listed, "logicalname"): self = .name
      case (_, "connectionid"): self = .connection
      case (_, "connectorid"): self = .connector
      case (_, "connectionowner"): self = .owner
      case (_, "displayname"): self = .displayName
      default: return nil
      }
    }
  }

  private struct Member: Sendable {
    let part: Part
    /// The text that separates it from the one before, comma included.
    let lead: String
    /// From the key's first quote to the value.
    let key: String
  }

  /// Between the key and the object, in a list that has keys.
  private let colon: String?
  private let opening: String
  private let members: [Member]
  private let closing: String

  var parts: [Part] { members.map(\.part) }

  /// As `entry` is written, without members whose values for another reference are unknown.
  init(of entry: JSONTree.Entry, _ shape: PlacedRow.Shape, in text: MappedText) {
    let object = entry.value
    var members: [Member] = []
    var end = object.inside.lowerBound
    for member in object.members {
      if let part = Part(key: member.key, in: shape) {
        members.append(
          Member(
            part: part, lead: text.string(end..<member.range.lowerBound),
            key: text.string(member.range.lowerBound..<member.value.range.lowerBound)))
      }
      end = member.range.upperBound
    }
    let first = object.members.first?.range.lowerBound ?? object.inside.upperBound
    opening = text.string(object.range.lowerBound..<first)
    closing = text.string(end..<object.range.upperBound)
    self.members = members
    colon = shape == .keyed ? entry.colon.map(text.string) : nil
  }

  /// The parts in this order, for a list that has no row yet.
  init(_ parts: [(Part, key: String)], as layout: RowLayout) {
    colon = nil
    opening = "{" + layout.firstLead
    closing = layout.lastTrail + "}"
    members = parts.enumerated().map { index, part in
      Member(
        part: part.0, lead: index == 0 ? layout.firstLead : layout.lead,
        key: "\"\(part.key)\"" + layout.colon)
    }
  }

  /// The row with these values; a part without one is left out.
  func text(_ name: String, _ values: [Part: String]) -> String {
    func quoted(_ text: String) -> String { "\"" + Escaping.json.escaped(text) + "\"" }
    var text = (colon.map { quoted(name) + $0 } ?? "") + opening
    var isFirst = true
    for member in members {
      guard let value = values[member.part] else { continue }
      text += (isFirst ? "" : member.lead) + member.key + quoted(value)
      isFirst = false
    }
    return text + closing
  }
}

/// White space of a row that is written where none is to be copied.
struct RowLayout: Sendable {
  /// Before the first part.
  let firstLead: String
  /// Before each other part, comma included.
  let lead: String
  /// After the last part.
  let lastTrail: String
  /// Between a key and its value.
  let colon: String
}
