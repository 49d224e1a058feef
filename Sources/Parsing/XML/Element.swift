/// An element of a document, as far as the selection kept it.
package struct Element: Sendable {
  /// Names as written, prefix included; values with entities resolved.
  package struct Attribute: Hashable, Sendable {
    package let name: String
    package let value: String
  }

  /// As written, prefix included.
  package let name: String
  package let attributes: [Attribute]
  /// In the order of the document.
  package internal(set) var children: [Element] = []
  /// All text directly in the element, entities resolved, white space kept.
  package internal(set) var text = ""
  /// Of the start tag, counted from 1.
  package let line: Int
  /// The bytes of the document from the start tag to the end of the end tag.
  package internal(set) var range: Range<Int>

  /// The value of the attribute; nil when there is none.
  package func attribute(_ name: String) -> String? {
    attributes.first { $0.name == name }?.value
  }

  /// The first direct child with this name.
  package func child(_ name: String) -> Element? {
    children.first { $0.name == name }
  }

  /// The direct children with this name, in order.
  package func children(named name: String) -> [Element] {
    children.filter { $0.name == name }
  }
}
