/// Why a file's content could not be read, before anybody knows the file's path.
package struct Unreadable: Error, Hashable, Sendable {
  /// Counted from 1; nil where the whole file is meant.
  package let line: Int?
  /// A predicate of the file, `is empty`; a second line is a hint.
  package let message: String

  package init(line: Int? = nil, _ message: String) {
    self.line = line
    self.message = message
  }
}
