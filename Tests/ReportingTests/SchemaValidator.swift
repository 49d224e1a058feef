/// Checks documents against the part of JSON Schema (2020-12) that the tool's schemas use. A keyword
/// that it does not know is a failure, so that no promise goes unchecked.
struct SchemaValidator {
  private static let annotations: Set = ["$schema", "$id", "$defs", "title", "description"]

  private let schema: JSONDocument

  init(_ text: String) throws {
    schema = try JSONDocument(parsing: text)
  }

  /// What is wrong with the document, a sentence each; empty for a valid one.
  func failures(of text: String) throws -> [String] {
    failures(of: try JSONDocument(parsing: text), by: schema, at: "$")
  }

  private func failures(
    of value: JSONDocument, by schema: JSONDocument, at path: String
  ) -> [String] {
    schema.members.sorted { $0.key < $1.key }.flatMap { keyword, rule -> [String] in
      switch keyword {
      case "$ref":
        guard let name = rule.text?.split(separator: "/").last,
          let target = self.schema["$defs"]?[String(name)]
        else { return ["\(path): unknown reference \(rule)"] }
        return failures(of: value, by: target, at: path)
      case "type":
        let types = (rule.text.map { [$0] } ?? rule.elements.compactMap(\.text))
        return types.contains { isOfType($0, value) } ? [] : ["\(path): not of type \(types)"]
      case "const": return value == rule ? [] : ["\(path): not \(rule)"]
      case "enum": return rule.elements.contains(value) ? [] : ["\(path): not in the closed set"]
      case "pattern":
        guard let pattern = rule.text, let regex = try? Regex(pattern) else {
          return ["\(path): the pattern cannot be read"]
        }
        return value.text?.contains(regex) ?? true ? [] : ["\(path): does not match \(pattern)"]
      case "minimum":
        guard case .number(let least) = rule, case .number(let number) = value else { return [] }
        return number >= least ? [] : ["\(path): below \(least)"]
      case "required":
        guard case .object = value else { return [] }
        return rule.elements.compactMap(\.text).filter { value[$0] == nil }
          .map { "\(path): lacks \($0)" }
      case "properties":
        return value.members.sorted { $0.key < $1.key }.flatMap { name, member in
          rule[name].map { failures(of: member, by: $0, at: "\(path).\(name)") } ?? []
        }
      case "additionalProperties":
        guard rule == .boolean(false) else { return ["\(path): only false is supported"] }
        let known = schema["properties"]?.members ?? [:]
        return value.members.keys.sorted().filter { known[$0] == nil }
          .map { "\(path): \($0) is not in the schema" }
      case "items":
        return value.elements.enumerated().flatMap { number, element in
          failures(of: element, by: rule, at: "\(path)[\(number)]")
        }
      default:
        return Self.annotations.contains(keyword) ? [] : ["\(path): unknown keyword \(keyword)"]
      }
    }
  }

  private func isOfType(_ type: String, _ value: JSONDocument) -> Bool {
    switch (type, value) {
    case ("null", .null), ("boolean", .boolean), ("string", .text), ("array", .array),
      ("object", .object), ("number", .number):
      true
    case ("integer", .number(let number)): number.rounded() == number
    default: false
    }
  }
}
