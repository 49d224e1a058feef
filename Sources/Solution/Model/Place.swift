/// Where in a revision something is written.
package struct Place: Hashable, Sendable, Comparable {
  /// From the root of the repository, with `/` between parts.
  package let path: String
  /// Counted from 1.
  package let line: Int

  package init(path: String, line: Int) {
    self.path = path
    self.line = line
  }

  package static func < (left: Place, right: Place) -> Bool {
    (left.path, left.line) < (right.path, right.line)
  }
}
