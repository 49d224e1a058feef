/// What the files of one role say, by content: a file that moves, is listed in another revision or
/// stands in two folders is read once. Holds no bytes of a file. Copies share what they know.
struct FragmentCache<Fragment: Sendable>: Sendable {
  private let limit: Int
  private let parse: @Sendable ([UInt8]) throws(Unreadable) -> Fragment
  private let known = SharedTable<ContentID, Result<Fragment, Unreadable>>()

  /// `limit` in bytes.
  init(limit: Int, parse: @escaping @Sendable ([UInt8]) throws(Unreadable) -> Fragment) {
    self.limit = limit
    self.parse = parse
  }

  func fragment(
    of file: Folder.File, from tree: any FileTree
  ) -> Result<Fragment, Unreadable> {
    guard file.kind == .regular else {
      return .failure(Unreadable("is a symbolic link, which is never followed"))
    }
    if let fragment = known[file.content] { return fragment }
    let fragment: Result<Fragment, Unreadable>
    switch tree.contents(of: file.content, limit: limit) {
    case .bytes(let bytes):
      do throws(Unreadable) {
        fragment = .success(try parse(bytes))
      } catch {
        fragment = .failure(error)
      }
    case .tooLarge(let size):
      fragment = .failure(
        Unreadable("is larger than the limit of \(limit >> 20) MB: \(size) bytes"))
    case .unavailable(let reason):
      // Not kept: another tree may have the content.
      return .failure(Unreadable(reason))
    }
    known[file.content] = fragment
    return fragment
  }
}
