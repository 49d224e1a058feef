/// A file that could not be read as it should. Reading goes on; what it would have said is unknown.
package struct Problem: Hashable, Sendable {
  package let path: String
  /// Nil where the whole file is meant.
  package let line: Int?
  /// Lower case, no full stop, what failed first; a second line is a hint.
  package let message: String
  /// False for what is only worth a line: nothing that was needed is unknown because of it.
  package let hidesContent: Bool

  package init(path: String, line: Int? = nil, message: String, hidesContent: Bool = true) {
    self.path = path
    self.line = line
    self.message = message
    self.hidesContent = hidesContent
  }
}
