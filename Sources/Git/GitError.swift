/// Why a repository, or something in it, cannot be read.
package struct GitError: Error, Hashable, Sendable, CustomStringConvertible {
  package enum Kind: Hashable, Sendable {
    case notARepository
    /// Another user owns it, and `safe.directory` does not name it.
    case notOwned
    /// A format that this program does not know.
    case unsupported
    case revisionNotFound
    /// Nothing is wrong with the repository: a partial clone, or a shallow one, lacks it.
    case missingObject
    case damagedObject
    case indexUnreadable
    /// A file or a folder of the repository may not be read by this user.
    case forbidden
    case other
  }

  package let kind: Kind
  /// In git's manner: lower case, what failed first, the subject in single quotes, no full stop.
  package let message: String
  /// The fix, to be pasted; nil where there is none.
  package let hint: String?

  package init(_ kind: Kind, _ message: String, hint: String? = nil) {
    self.kind = kind
    self.message = message
    self.hint = hint
  }

  /// The message, and the hint in a second line.
  package var description: String {
    hint.map { "\(message)\nhint: \($0)" } ?? message
  }
}
