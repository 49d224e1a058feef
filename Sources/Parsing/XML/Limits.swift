/// The limits of a document; one that exceeds them is refused, never truncated.
package struct Limits: Sendable {
  /// The whole document, in bytes.
  package var bytes: Int
  /// Elements open at one time.
  package var depth: Int
  /// Elements in all, kept or not.
  package var elements: Int

  /// Ten times and more of what was seen in public repositories: 4 MB, 30 levels, 100,000 elements.
  package init(bytes: Int = 64 << 20, depth: Int = 256, elements: Int = 4_000_000) {
    self.bytes = bytes
    self.depth = depth
    self.elements = elements
  }
}
