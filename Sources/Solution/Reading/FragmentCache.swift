/// The parsed files of one role, by content: a file that moves, is listed in another revision or
/// is in two folders is read once. Holds no bytes of a file. Copies share what they know.
struct FragmentCache<Fragment: Sendable>: Sendable {
  private let limit: Int
  private let parse: Parser
  private let beginning: Beginning?
  private let known = SharedTable<ContentID, Result<Fragment, Unreadable>>()

  /// How to read a file by its first bytes.
  struct Beginning: Sendable {
    let count: Int
    /// Nil where the bytes do not suffice.
    let parse: @Sendable (Span<UInt8>) -> Fragment?
  }

  private enum Parser: Sendable {
    case ofBytes(@Sendable ([UInt8]) throws(Unreadable) -> Fragment)
    case ofLentBytes(@Sendable (Span<UInt8>) throws(Unreadable) -> Fragment)
  }

  /// `limit` in bytes.
  init(limit: Int, parse: @escaping @Sendable ([UInt8]) throws(Unreadable) -> Fragment) {
    self.limit = limit
    self.parse = .ofBytes(parse)
    beginning = nil
  }

  /// For files so large that even to copy them costs: `parse` gets the bytes in place.
  ///
  /// - Parameter beginning: is tried first.
  init(
    limit: Int, beginning: Beginning? = nil,
    parseLent: @escaping @Sendable (Span<UInt8>) throws(Unreadable) -> Fragment
  ) {
    self.limit = limit
    self.beginning = beginning
    parse = .ofLentBytes(parseLent)
  }

  /// True where the file was read.
  func knows(_ content: ContentID) -> Bool { known[content] != nil }

  func fragment(
    of file: Folder.File, from tree: any FileTree
  ) -> Result<Fragment, Unreadable> {
    guard file.kind == .regular else {
      return .failure(.symbolicLink)
    }
    if let fragment = known[file.content] { return fragment }
    if let beginning,
      let parsed = tree.withBeginning(of: file.content, count: beginning.count, beginning.parse),
      let parsed
    {
      known[file.content] = .success(parsed)
      return .success(parsed)
    }
    let fragment: Result<Fragment, Unreadable>
    switch read(file.content, from: tree) {
    case .bytes(let read): fragment = read
    case .tooLarge(let size):
      fragment = .failure(.tooLarge(size, limit: limit))
    case .unavailable(let reason):
      // Not kept: another tree may have the content.
      return .failure(Unreadable(reason))
    case .damaged(let reason): fragment = .failure(Unreadable(reason))
    }
    known[file.content] = fragment
    return fragment
  }

  private func read(
    _ content: ContentID, from tree: any FileTree
  ) -> FileReading<Result<Fragment, Unreadable>> {
    switch parse {
    case .ofLentBytes(let parse):
      tree.withContents(of: content, limit: limit) { bytes in
        Result { () throws(Unreadable) in try parse(bytes) }
      }
    case .ofBytes(let parse):
      tree.contents(of: content, limit: limit).map { bytes in
        Result { () throws(Unreadable) in try parse(bytes) }
      }
    }
  }
}
