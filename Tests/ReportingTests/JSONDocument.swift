import Foundation

/// A JSON text, read by Foundation and not by anything of ours.
enum JSONDocument: Hashable, Decodable {
  case null
  case boolean(Bool)
  case number(Double)
  case text(String)
  case array([JSONDocument])
  case object([String: JSONDocument])

  init(parsing text: String) throws {
    self = try JSONDecoder().decode(JSONDocument.self, from: Data(text.utf8))
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    // A mismatch says that it is one of the others; the last one throws what is wrong.
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .boolean(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode(String.self) {
      self = .text(value)
    } else if let value = try? container.decode([JSONDocument].self) {
      self = .array(value)
    } else {
      self = .object(try container.decode([String: JSONDocument].self))
    }
  }

  subscript(name: String) -> JSONDocument? {
    if case .object(let members) = self { members[name] } else { nil }
  }

  subscript(position: Int) -> JSONDocument? {
    if case .array(let values) = self, values.indices.contains(position) {
      values[position]
    } else {
      nil
    }
  }

  var text: String? {
    if case .text(let value) = self { value } else { nil }
  }

  var elements: [JSONDocument] {
    if case .array(let values) = self { values } else { [] }
  }

  var members: [String: JSONDocument] {
    if case .object(let members) = self { members } else { [:] }
  }
}
