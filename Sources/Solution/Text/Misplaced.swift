/// Text that git leaves in place of a file's content. Checked only where a file could not be read,
/// or where its format would take anything for text: no valid JSON or XML holds such a line.
enum Misplaced {
  /// The better reason why `bytes` could not be read, if there is one.
  static func reason(in bytes: [UInt8]) -> Unreadable? {
    if let pointer = pointer(in: bytes) { return pointer }
    return conflictLine(in: bytes).map {
      Unreadable(line: $0, "holds conflict markers")
    }
  }

  /// The same of a binary file, which git never writes conflict markers into.
  static func pointer(in bytes: [UInt8]) -> Unreadable? {
    guard bytes.starts(with: pointer) else { return nil }
    return Unreadable(
      "is a Git LFS pointer, so its content is not in git\n"
        + "hint: keep such files out of Git LFS: add '\(Unreadable.ownPattern) -filter -diff -merge' to "
        + ".gitattributes, git lfs pull, then git add --renormalize \(Unreadable.ownPath)")
  }

  /// https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md: always the first line.
  private static let pointer = Array("version https://git-lfs.github.com/spec/v1".utf8)

  /// The first line of a conflict that is whole: `<<<<<<< `, `=======`, `>>>>>>> ` at the starts of
  /// three lines in this order.
  private static func conflictLine(in bytes: [UInt8]) -> Int? {
    var expected = markers[...]
    var found: Int?
    var line = 1
    var start = 0
    while let marker = expected.first {
      if bytes[start...].starts(with: marker) {
        if found == nil { found = line }
        expected = expected.dropFirst()
      }
      guard let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) else { break }
      start = end + 1
      line += 1
    }
    return expected.isEmpty ? found : nil
  }

  private static let markers = ["<<<<<<< ", "=======", ">>>>>>> "].map { Array($0.utf8) }
}
