/// Changes of files, written down for `git apply`.
package struct Patch: Sendable {
  private let changes: [FileChange]
  private let blobID: @Sendable ([UInt8]) -> String

  /// - Parameter blobID: the id that git gives to a file with these bytes, in hexadecimal.
  package init(_ changes: [FileChange], blobID: @escaping @Sendable ([UInt8]) -> String) {
    self.changes = changes.filter { $0.before != $0.after }.sorted { $0.path < $1.path }
    self.blobID = blobID
  }

  /// The format of `git diff`, with whole object ids, so that a change of a binary file can be applied
  /// and `git apply --3way` finds its way.
  package var bytes: [UInt8] {
    changes.flatMap { change in
      header(of: change)
        + (change.isBinary
          ? BinaryPatch(change).bytes
          : labels(of: change)
            + UnifiedDiff(from: change.before ?? [], to: change.after ?? []).bytes)
    }
  }

  private func header(of change: FileChange) -> [UInt8] {
    var lines = [
      "diff --git \(QuotedPath("a/" + change.path)) \(QuotedPath("b/" + change.path))"
    ]
    // git takes the mode of an existing file from where it applies the patch.
    if change.before == nil { lines.append("new file mode 100644") }
    if change.after == nil { lines.append("deleted file mode 100644") }
    let nothing = String(repeating: "0", count: 40)
    lines.append(
      "index \(change.before.map(blobID) ?? nothing)..\(change.after.map(blobID) ?? nothing)")
    return Array((lines.joined(separator: "\n") + "\n").utf8)
  }

  private func labels(of change: FileChange) -> [UInt8] {
    // A file without a line has no hunk, and no labels.
    guard change.before?.isEmpty == false || change.after?.isEmpty == false else { return [] }
    func label(_ prefix: String, _ bytes: [UInt8]?) -> String {
      guard bytes != nil else { return "/dev/null" }
      // As git does: a tab ends a name that holds spaces.
      return "\(QuotedPath(prefix + change.path))" + (change.path.contains(" ") ? "\t" : "")
    }
    return Array("--- \(label("a/", change.before))\n+++ \(label("b/", change.after))\n".utf8)
  }
}

extension FileChange {
  /// As git decides it, but for the whole file: UTF-16 holds such bytes.
  fileprivate var isBinary: Bool {
    before?.contains(0) == true || after?.contains(0) == true
  }
}

/// A path as git writes it: between quotes where it holds what would be taken for something else.
struct QuotedPath: CustomStringConvertible {
  let description: String

  init(_ path: String) {
    guard path.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F || $0 == 0x22 || $0 == 0x5C }) else {
      description = path
      return
    }
    var quoted = "\""
    for byte in path.utf8 {
      switch byte {
      case UInt8(ascii: "\""): quoted += "\\\""
      case UInt8(ascii: "\\"): quoted += "\\\\"
      case 0..<0x20, 0x7F...:
        let digits = String(byte, radix: 8)
        quoted += "\\" + String(repeating: "0", count: 3 - digits.count) + digits
      default: quoted.unicodeScalars.append(Unicode.Scalar(byte))
      }
    }
    description = quoted + "\""
  }
}
