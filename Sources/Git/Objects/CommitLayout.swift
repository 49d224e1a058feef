/// The places of the parts of a commit object. The object is text:
///
///     tree <40 digits>
///     parent <40 digits>        none, one or more
///     author <name> <<mail>> <seconds> <zone>
///     committer <the same>
///     encoding, gpgsig, …       optional; lines that begin with a space continue
///
///     <message>
struct CommitLayout: Sendable {
  private(set) var tree: ObjectID
  private(set) var parents: [ObjectID] = []
  private(set) var author = 0..<0
  private(set) var committer = 0..<0
  private(set) var message = 0..<0
  private(set) var commitDate: Int64 = 0

  /// Nil when the object is no commit as git would take it.
  init?(_ bytes: UnsafeBufferPointer<UInt8>) {
    var rest = 0
    guard let tree = Self.id(after: Self.treeWord, in: bytes, at: &rest) else { return nil }
    self.tree = tree
    while let parent = Self.id(after: Self.parentWord, in: bytes, at: &rest) {
      parents.append(parent)
    }
    guard let author = Self.line(after: Self.authorWord, in: bytes, at: &rest),
      let committer = Self.line(after: Self.committerWord, in: bytes, at: &rest)
    else { return nil }
    self.author = author
    self.committer = committer
    commitDate = Self.date(in: bytes, committer)
    message = Self.messageStart(in: bytes, from: rest)..<bytes.count
  }

  private static let treeWord = StaticString("tree ")
  private static let parentWord = StaticString("parent ")
  private static let authorWord = StaticString("author ")
  private static let committerWord = StaticString("committer ")

  private static func starts(
    _ word: StaticString, in bytes: UnsafeBufferPointer<UInt8>, at position: Int
  ) -> Bool {
    let count = word.utf8CodeUnitCount
    guard bytes.count - position >= count else { return false }
    for offset in 0..<count where bytes[position + offset] != word.utf8Start[offset] {
      return false
    }
    return true
  }

  private static func id(
    after word: StaticString, in bytes: UnsafeBufferPointer<UInt8>, at position: inout Int
  ) -> ObjectID? {
    let start = position + word.utf8CodeUnitCount
    guard starts(word, in: bytes, at: position), bytes.count - start > 40,
      bytes[start + 40] == UInt8(ascii: "\n"),
      let id = ObjectID(hexDigits: bytes[start..<start + 40])
    else { return nil }
    position = start + 41
    return id
  }

  private static func line(
    after word: StaticString, in bytes: UnsafeBufferPointer<UInt8>, at position: inout Int
  ) -> Range<Int>? {
    guard starts(word, in: bytes, at: position) else { return nil }
    let start = position + word.utf8CodeUnitCount
    let end = lineEnd(in: bytes, from: start)
    position = min(end + 1, bytes.count)
    return start..<end
  }

  private static func lineEnd(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    var end = start
    while end < bytes.count, bytes[end] != UInt8(ascii: "\n") { end += 1 }
    return end
  }

  /// An empty line ends the headers; a commit without a message may lack it.
  private static func messageStart(in bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    var position = start
    while position < bytes.count {
      let end = lineEnd(in: bytes, from: position)
      if end == position { return min(end + 1, bytes.count) }
      position = end + 1
    }
    return bytes.count
  }

  /// The digits after the last `>`; 0 where there are none, or more than a date can have.
  private static func date(in bytes: UnsafeBufferPointer<UInt8>, _ line: Range<Int>) -> Int64 {
    guard var position = line.last(where: { bytes[$0] == UInt8(ascii: ">") }) else { return 0 }
    position += 1
    while position < line.upperBound, bytes[position] == UInt8(ascii: " ") { position += 1 }
    let isNegative = position < line.upperBound && bytes[position] == UInt8(ascii: "-")
    if isNegative { position += 1 }
    var date: Int64 = 0
    while position < line.upperBound {
      let digit = bytes[position] &- UInt8(ascii: "0")
      guard digit < 10 else { break }
      guard date < Int64.max / 20 else { return 0 }
      date = date * 10 + Int64(digit)
      position += 1
    }
    return isNegative ? -date : date
  }
}

extension Repository {
  /// One read of the object store; whether the parents exist is not looked at.
  ///
  /// Throws `.missingObject` and `.damagedObject`.
  package func commit(_ id: ObjectID) throws(GitError) -> Commit {
    let isBoundary = shallowBoundary.contains(id)
    return try withObject(id, .commit) { (bytes) throws(GitError) in
      guard let layout = CommitLayout(bytes) else {
        throw GitError(
          .damagedObject, "could not read commit '\(id)': malformed header",
          hint: "git fsck --full")
      }
      return Commit(id, layout, bytes: Array(bytes), isBoundary: isBoundary)
    }
  }
}
