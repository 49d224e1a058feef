/// A value of a YAML document: a scalar, a sequence or a mapping.
///
/// A scalar is the text as it was written, without quotes and escapes: `off`, `1` and `2027-03-31` are
/// not turned into a boolean, a number and a date.
package struct Node: Sendable {
  package struct Entry: Sendable {
    package let key: Node
    package let value: Node
  }

  package enum Content: Sendable {
    /// Empty where nothing is written.
    case scalar(String)
    case sequence([Node])
    /// In the order of the document; no two scalar keys are equal.
    case mapping([Entry])
  }

  package let content: Content
  /// Of the first byte, counted from 1.
  package let line: Int

  /// Nil where this is no scalar.
  package var scalar: String? {
    if case .scalar(let text) = content { text } else { nil }
  }

  /// Nil where this is no sequence.
  package var sequence: [Node]? {
    if case .sequence(let nodes) = content { nodes } else { nil }
  }

  /// Nil where this is no mapping.
  package var mapping: [Entry]? {
    if case .mapping(let entries) = content { entries } else { nil }
  }
}
