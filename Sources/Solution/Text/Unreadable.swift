/// Why a file's content could not be read, without the file's path.
package struct Unreadable: Error, Hashable, Sendable {
  /// Counted from 1; nil where the whole file is meant.
  package let line: Int?
  /// A predicate of the file, `is empty`; a second line is a hint.
  package let message: String

  package init(line: Int? = nil, _ message: String) {
    self.line = line
    self.message = message
  }

  /// The placeholders for a file's path in a hint, quoted for a shell and for `.gitattributes`: where the reason is
  /// found, only the content is known.
  static let ownPath = "<path>"
  static let ownPattern = "<pattern>"

  /// A message for the file at a path.
  package static func naming(_ path: String, in message: String) -> String {
    guard message.contains(ownPath) else { return message }
    let isPlain = path.allSatisfy { $0.isLetter || $0.isNumber || "/._-".contains($0) }
    let quoted = isPlain ? path : "'" + path.replacing("'", with: "'\\''") + "'"
    // A space ends the pattern, and these have a meaning in it.
    let pattern = String(path.map { " *[]\\\"".contains($0) ? "?" : $0 })
    return message.replacing(ownPattern, with: pattern).replacing(ownPath, with: quoted)
  }

  package static let symbolicLink = Unreadable("is a symbolic link, which is never followed")

  /// Of a file, or a part of one, that is more than this program reads.
  package static func overLimit(_ message: String) -> Unreadable {
    Unreadable(
      message + "\nhint: name the folders to look at under 'solutions:' in .connref.yml")
  }

  /// Of a file with so many bytes.
  package static func tooLarge(_ size: Int, limit: Int) -> Unreadable {
    overLimit("is larger than the limit of \(limit >> 20) MB: \(size) bytes")
  }
}
