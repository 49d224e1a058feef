/// The change of one file.
package struct FileChange: Hashable, Sendable {
  /// From the root of the repository, with `/` between parts.
  package let path: String
  /// Nil for a file that is new.
  package let before: [UInt8]?
  /// Nil for a file that goes.
  package let after: [UInt8]?

  package init(path: String, before: [UInt8]?, after: [UInt8]?) {
    self.path = path
    self.before = before
    self.after = after
  }
}
