/// A file that could not be read as it should. Reading continues; what it would have said is unknown.
package struct Problem: Hashable, Sendable {
  package let path: String
  /// Nil where the whole file is meant.
  package let line: Int?
  /// Lower case, no full stop, what failed first; a second line is a hint.
  package let message: String
  /// False for what is only worth a line: nothing that was needed is unknown because of it.
  package let hidesContent: Bool
  /// True for what may well hold nothing of a solution, as most archives do: it matters where the other
  /// side of a comparison knows that it did.
  package let mayHideContent: Bool
  /// The content that has the problem: if both sides of a comparison have it, the problem is
  /// pre-existing.
  package internal(set) var content: ContentID?

  package init(
    path: String, line: Int? = nil, message: String, hidesContent: Bool = true,
    mayHideContent: Bool = false, content: ContentID? = nil
  ) {
    self.path = path
    self.line = line
    self.message = Unreadable.naming(path, in: message)
    self.hidesContent = hidesContent
    self.mayHideContent = mayHideContent
    self.content = content
  }
}
