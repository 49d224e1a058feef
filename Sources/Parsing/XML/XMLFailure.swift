/// Why a document could not be read, and where.
package struct XMLFailure: Error, Hashable, Sendable {
  /// Counted from 1.
  package let line: Int
  /// In bytes from the start of the document, byte order mark included.
  package let offset: Int
  /// A predicate of the file: `is not well-formed XML: mismatched tag`.
  package let message: String

  package init(line: Int, offset: Int, message: String) {
    self.line = line
    self.offset = offset
    self.message = message
  }
}
