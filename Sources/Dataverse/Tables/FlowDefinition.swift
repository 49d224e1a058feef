import Platform

/// The definition of a flow, the column `clientdata`: JSON as text, in some rows compressed.
package enum FlowDefinition {
  /// Of a definition, the part that says which references the flow uses.
  private struct Links: Codable {
    struct Properties: Codable {
      let connectionReferences: AnyJSON?
    }
    let properties: Properties?
  }

  /// The row as an inventory holds it: with its links alone, or with the whole definition.
  ///
  /// An unreadable definition is reported in the column `connref.unreadable`, never omitted.
  package static func reduced(_ row: Row, isWhole: Bool) -> Row {
    var row = row
    defer { row.set("clientdataiscompressed", nil) }
    guard var text = row.text("clientdata"), !text.isEmpty else { return row }
    if row.flag("clientdataiscompressed"), !text.trimmed.hasPrefix("{") {
      guard let plain = expanded(text) else {
        row.set("clientdata", nil)
        row.set("connref.unreadable", "is compressed in a way that is not known")
        return row
      }
      text = plain
    }
    if isWhole {
      row.set("clientdata", text)
      return row
    }
    do {
      let links = try JSONDecoder().decode(Links.self, from: Data(text.utf8))
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      row.set("clientdata", String(decoding: try encoder.encode(links), as: UTF8.self))
    } catch {
      row.set("clientdata", nil)
      row.set("connref.unreadable", "is not the JSON of a flow")
    }
    return row
  }

  /// Base64 of what gzip, zlib or a bare deflate made of UTF-8 or UTF-16; nil for anything else.
  private static func expanded(_ text: String) -> String? {
    guard let data = Data(base64Encoded: text.trimmed),
      let bytes = Inflate.expanded([UInt8](data), limit: 64 << 20)
    else { return nil }
    let text: String? =
      if bytes.starts(with: [0xFF, 0xFE]) || bytes.dropFirst().first == 0 {
        String(data: Data(bytes), encoding: .utf16LittleEndian)
      } else {
        String(data: Data(bytes), encoding: .utf8)
      }
    guard var text else { return nil }
    if text.hasPrefix("\u{FEFF}") { text.removeFirst() }
    return text
  }
}

/// Any JSON value.
private enum AnyJSON: Codable {
  case object([String: AnyJSON])
  case array([AnyJSON])
  case value(Row.Value)
  case null

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
      // Each kind is tried in turn: the last one's failure is reported.
    } else if let object = try? container.decode([String: AnyJSON].self) {
      self = .object(object)
    } else if let array = try? container.decode([AnyJSON].self) {
      self = .array(array)
    } else {
      self = .value(try container.decode(Row.Value.self))
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .object(let object): try container.encode(object)
    case .array(let array): try container.encode(array)
    case .value(let value): try container.encode(value)
    case .null: try container.encodeNil()
    }
  }
}
