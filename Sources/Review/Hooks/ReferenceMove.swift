import Git

/// A move of a branch or tag from one commit to another, as git reports it to hooks.
struct ReferenceMove {
  /// In full: `refs/heads/main`.
  let name: String
  /// Zero for one that is new.
  let before: ObjectID
  let after: ObjectID

  /// As people write it.
  var shortName: String { String(name.trimmingPrefix("refs/heads/")) }

  /// The moves to check, from lines with the given order of fields. Deletions are left out: nothing
  /// is there to be broken; notes as well: they hold no solution.
  ///
  /// Throws for a malformed line: its move would be missed otherwise.
  static func moves(
    in text: String, fields: Int, name: Int, before: Int, after: Int
  ) throws(GitError) -> [ReferenceMove] {
    var moves: [ReferenceMove] = []
    for line in text.split(separator: "\n") {
      let parts = line.split(separator: " ", omittingEmptySubsequences: false)
      guard parts.count == fields, let old = ObjectID(hex: parts[before]),
        let new = ObjectID(hex: parts[after])
      else { throw GitError(.other, "could not read the hook's input from git: '\(line)'") }
      guard new != .zero, !parts[name].hasPrefix("refs/notes/") else { continue }
      moves.append(ReferenceMove(name: String(parts[name]), before: old, after: new))
    }
    return moves
  }
}
