import Editing
import Solution
import Testing

/// A file in which every place that names `old` and nothing else has got `new`; nil where two edits
/// collide.
func renamed(
  _ file: [UInt8], as role: FileRole, from old: String, to new: String
) throws -> [UInt8]? {
  try NameSite.all(in: file, as: role).filter { $0.name == LogicalName(old) }
    .map { $0.renamed(to: LogicalName(new)) }.applied(to: file)
}

/// The same of a text.
func renamed(
  _ text: String, as role: FileRole, from old: String, to new: String
) throws -> String? {
  try renamed(Array(text.utf8), as: role, from: old, to: new)
    .map { String(decoding: $0, as: UTF8.self) }
}

func edited(_ text: String, _ edits: [ByteEdit]?) -> String? {
  edits?.applied(to: Array(text.utf8)).map { String(decoding: $0, as: UTF8.self) }
}

/// UTF-16 with byte order mark.
func utf16(_ text: String, bigEndian: Bool = false) -> [UInt8] {
  (bigEndian ? [0xFE, 0xFF] : [0xFF, 0xFE])
    + text.utf16.flatMap { unit -> [UInt8] in
      let bytes = [UInt8(unit >> 8), UInt8(unit & 0xFF)]
      return bigEndian ? bytes : bytes.reversed()
    }
}
