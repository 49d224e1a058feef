/// The files of a revision, as far as they may concern a solution. A commit, the index, a folder on
/// disk and a test's dictionary conform, so every reader runs on all of them.
package protocol FileTree {
  /// Nil when nothing in the revision may concern a solution.
  var root: Folder? { get }
  /// The bytes of a file in `root`; at most `limit` of them are ever held.
  func contents(of id: ContentID, limit: Int) -> FileContents
  /// The result of `body` for the same bytes, which are valid during the call only.
  func withContents<Answer>(
    of id: ContentID, limit: Int, _ body: (Span<UInt8>) -> Answer
  ) -> FileReading<Answer>
  /// The result of `body` for the first bytes of a file: at least `count` of them, or all it has. Nil where
  /// to read them alone saves nothing.
  func withBeginning<Answer>(
    of id: ContentID, count: Int, _ body: (Span<UInt8>) -> Answer
  ) -> Answer?
}

extension FileTree {
  package func withBeginning<Answer>(
    of id: ContentID, count: Int, _ body: (Span<UInt8>) -> Answer
  ) -> Answer? { nil }

  package func withContents<Answer>(
    of id: ContentID, limit: Int, _ body: (Span<UInt8>) -> Answer
  ) -> FileReading<Answer> {
    contents(of: id, limit: limit).map { body($0.span) }
  }
}

package typealias FileContents = FileReading<[UInt8]>

/// The result of reading a file: its bytes, or what was made of them.
package enum FileReading<Content> {
  case bytes(Content)
  /// Larger than the limit; the size in bytes.
  case tooLarge(Int)
  /// Why the bytes cannot be read: a missing or damaged object, an unreadable file. With a hint in
  /// a second line where the user can fix it.
  case unavailable(String)
  /// Why a part of a file cannot be read, in any revision: a damaged entry of an archive.
  case damaged(String)
}

extension FileReading {
  package func map<Other>(_ body: (Content) -> Other) -> FileReading<Other> {
    switch self {
    case .bytes(let content): .bytes(body(content))
    case .tooLarge(let size): .tooLarge(size)
    case .unavailable(let reason): .unavailable(reason)
    case .damaged(let reason): .damaged(reason)
    }
  }
}

extension FileReading: Sendable where Content: Sendable {}

/// The identity of a file's content: git's blob id, 20 bytes. Equal ids mean equal bytes.
package struct ContentID: Hashable, Sendable {
  private let first: UInt64
  private let second: UInt64
  private let third: UInt32

  /// Takes the 20 bytes as numbers, most significant byte first.
  package init(words: (UInt64, UInt64, UInt32)) { (first, second, third) = words }

  /// The argument of `init(words:)`.
  package var words: (UInt64, UInt64, UInt32) { (first, second, third) }

  /// Takes 20 bytes.
  package init(_ bytes: some Collection<UInt8>) {
    self.init(Array(bytes).span)
  }

  /// Takes 20 bytes. Made for every entry of every tree, so it is not generic: across modules that
  /// costs a microsecond.
  package init(_ bytes: Span<UInt8>) {
    precondition(bytes.count == 20, "a content id has 20 bytes")
    var first: UInt64 = 0
    var second: UInt64 = 0
    var third: UInt32 = 0
    for position in 0..<8 { first = first << 8 | UInt64(bytes[position]) }
    for position in 8..<16 { second = second << 8 | UInt64(bytes[position]) }
    for position in 16..<20 { third = third << 8 | UInt32(bytes[position]) }
    self.first = first
    self.second = second
    self.third = third
  }

  /// The 20 bytes, in order.
  package var bytes: [UInt8] {
    (0..<8).map { UInt8(truncatingIfNeeded: first >> (56 - 8 * $0)) }
      + (0..<8).map { UInt8(truncatingIfNeeded: second >> (56 - 8 * $0)) }
      + (0..<4).map { UInt8(truncatingIfNeeded: third >> (24 - 8 * $0)) }
  }

  /// A SHA-1 is evenly spread already: 64 of its bits are hash enough.
  package func hash(into hasher: inout Hasher) { hasher.combine(first) }
}
