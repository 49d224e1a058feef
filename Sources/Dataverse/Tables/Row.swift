import Platform

/// A row of a table: its columns by name, nulls left out.
package struct Row: Codable, Hashable, Sendable {
  package enum Value: Codable, Hashable, Sendable {
    case text(String)
    case number(Int64)
    case fraction(Double)
    case flag(Bool)

    package init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      // Of the three failures none says more than that the value is of the next kind.
      if let text = try? container.decode(String.self) {
        self = .text(text)
      } else if let flag = try? container.decode(Bool.self) {
        self = .flag(flag)
      } else if let number = try? container.decode(Int64.self) {
        self = .number(number)
      } else {
        self = .fraction(try container.decode(Double.self))
      }
    }

    package func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      switch self {
      case .text(let text): try container.encode(text)
      case .number(let number): try container.encode(number)
      case .fraction(let fraction): try container.encode(fraction)
      case .flag(let flag): try container.encode(flag)
      }
    }
  }

  package private(set) var values: [String: Value]

  package init(_ values: [String: Value]) { self.values = values }

  /// A column as text; nil where it is null or something else.
  package func text(_ column: String) -> String? {
    if case .text(let text) = values[column] { text } else { nil }
  }

  package func flag(_ column: String) -> Bool { values[column] == .flag(true) }

  /// Nil takes the column away.
  package mutating func set(_ column: String, _ text: String?) {
    values[column] = text.map { .text($0) }
  }

  package mutating func set(_ column: String, flag: Bool) { values[column] = .flag(flag) }

  package mutating func keep(only columns: Set<String>) {
    values = values.filter { columns.contains($0.key) }
  }

  /// In one line, its columns in order of their names.
  package func line() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }

  /// Annotations (`…@OData.Community.Display.V1.FormattedValue`), objects and lists are left out: no
  /// column of that kind is requested.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: ColumnName.self)
    values = [:]
    for key in container.allKeys where !key.stringValue.contains("@") {
      if try container.decodeNil(forKey: key) { continue }
      // An object fails; there is no other way to see that it is one.
      if let value = try? container.decode(Value.self, forKey: key) {
        values[key.stringValue] = value
      }
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: ColumnName.self)
    for (name, value) in values { try container.encode(value, forKey: ColumnName(name)) }
  }
}

private struct ColumnName: CodingKey {
  let stringValue: String
  var intValue: Int? { nil }

  init(_ name: String) { stringValue = name }
  init?(stringValue: String) { self.init(stringValue) }
  init?(intValue: Int) { nil }
}
