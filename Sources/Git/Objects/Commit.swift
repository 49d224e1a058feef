/// A commit, as its object says. Names and messages are taken out of it only when they are needed.
package struct Commit: Sendable {
  package let id: ObjectID
  package let tree: ObjectID
  /// In order; none for a root commit and at the boundary of a shallow clone.
  package let parents: [ObjectID]
  /// True where a shallow clone ends: there are parents, and they are not in the repository.
  package let isBoundary: Bool
  /// The committer's clock, in seconds since 1970.
  package let commitDate: Int64
  private let bytes: [UInt8]
  private let layout: CommitLayout

  init(_ id: ObjectID, _ layout: CommitLayout, bytes: [UInt8], isBoundary: Bool) {
    self.id = id
    self.tree = layout.tree
    self.parents = isBoundary ? [] : layout.parents
    self.isBoundary = isBoundary && !layout.parents.isEmpty
    self.commitDate = layout.commitDate
    self.bytes = bytes
    self.layout = layout
  }

  package var author: Signature { Signature(bytes[layout.author]) }
  package var committer: Signature { Signature(bytes[layout.committer]) }

  /// The first paragraph of the message in one line, as git shows it; repaired where no UTF-8.
  package var summary: String {
    let paragraph = message.drop { $0.isNewline }
      .split(separator: "\n", omittingEmptySubsequences: false)
      .prefix { line in line.contains { !$0.isWhitespace } }
    return paragraph.joined(separator: " ")
  }

  /// The whole message; repaired where it is no UTF-8.
  package var message: String { String(decoding: bytes[layout.message], as: UTF8.self) }
}

/// The person who did something, and when by their clock.
package struct Signature: Hashable, Sendable {
  /// Repaired where it is no UTF-8.
  package let name: String
  package let email: String
  /// Seconds since 1970; 0 where the commit gives no number.
  package let date: Int64
  /// East of Greenwich, in minutes.
  package let offset: Int
}

extension Signature {
  /// Takes `Name <mail> 1700000000 +0100`; real repositories hold lines that lack any part of it.
  init(_ line: ArraySlice<UInt8>) {
    let mailEnd = line.lastIndex(of: UInt8(ascii: ">")) ?? line.endIndex
    let mailStart = line[..<mailEnd].firstIndex(of: UInt8(ascii: "<")) ?? mailEnd
    name = Self.trimmed(line[..<mailStart])
    email = Self.trimmed(line[mailStart..<mailEnd].dropFirst())
    let numbers = line[mailEnd...].dropFirst().split(separator: UInt8(ascii: " "))
    date = numbers.first.flatMap { Int64(String(decoding: $0, as: UTF8.self)) } ?? 0
    let zone = numbers.dropFirst().first.flatMap { Int(String(decoding: $0, as: UTF8.self)) } ?? 0
    offset = abs(zone) < 10_000 ? zone / 100 * 60 + zone % 100 : 0
  }

  private static func trimmed(_ bytes: ArraySlice<UInt8>) -> String {
    let rest = bytes.drop { $0 == UInt8(ascii: " ") }
    let end = rest.lastIndex { $0 != UInt8(ascii: " ") }.map { $0 + 1 } ?? rest.startIndex
    return String(decoding: rest[..<end], as: UTF8.self)
  }
}
