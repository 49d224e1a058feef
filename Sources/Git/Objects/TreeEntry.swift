/// A line of a tree: a file or a folder in one folder of a revision.
package struct TreeEntry: Hashable, Sendable {
  package enum Kind: UInt8, Hashable, Sendable {
    case file
    case symbolicLink
    case folder
    case submodule
  }

  package let name: String
  /// False when the name is no UTF-8, and `name` a repaired one.
  package let nameIsExact: Bool
  package let id: ObjectID
  package let kind: Kind
}

extension TreeEntry.Kind {
  /// From the mode in a tree or in the index. Old git wrote more modes than 644 and 755; all of
  /// them are files.
  init(mode: UInt32) {
    switch mode & 0o170000 {
    case 0o040000: self = .folder
    case 0o120000: self = .symbolicLink
    case 0o160000: self = .submodule
    default: self = .file
    }
  }
}

extension String {
  /// Git's names are bytes: repairs invalid UTF-8, and says whether it was valid.
  static func repaired(_ bytes: some Collection<UInt8>) -> (text: String, isExact: Bool) {
    // `String(validating:as:)` says it in one step, and asks the runtime for metadata each time.
    let text = String(decoding: bytes, as: UTF8.self)
    // Comparing takes ten times as long as this look, which is enough for nearly every name.
    return (text, bytes.allSatisfy { $0 < 0x80 } || text.utf8.elementsEqual(bytes))
  }
}
