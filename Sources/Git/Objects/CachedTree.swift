/// The folders as an index has cached them: the tree that the next commit would have for each, as long as
/// nothing in it was staged since. The extension `TREE` of gitformat-index(5): a name that ends with a
/// zero, the number of entries, a space, the number of subfolders, a line feed, and, unless the number of
/// entries is negative, an id; then the subfolders.
///
/// A large repository has ten thousand of them, and one is looked at where its parent differs: they are
/// kept in one list, each before its subfolders.
struct CachedTree {
  private struct Node {
    let name: Range<Int>
    /// Nil where something in the folder was staged since.
    let id: ObjectID?
    /// Behind the last of its subfolders and theirs.
    var end: Int
  }

  /// A folder in the list.
  struct Folder {
    fileprivate let position: Int
  }

  private let bytes: [UInt8]
  private var nodes: [Node] = []

  /// Deeper folders than any file system has; a damaged index could exhaust the stack.
  private static let depthLimit = 256

  init(_ bytes: [UInt8]) throws(IndexFile.Malformed) {
    self.bytes = bytes
    var reader = ByteReader(bytes)
    try read(&reader, depth: 0)
  }

  private mutating func read(
    _ reader: inout ByteReader, depth: Int
  ) throws(IndexFile.Malformed) {
    guard depth < Self.depthLimit else {
      throw IndexFile.Malformed("its cached trees lie more than \(depth) folders deep")
    }
    let name = try reader.bytesToZero().indices
    let count = try reader.decimal(before: UInt8(ascii: " "))
    let folders = try reader.decimal(before: UInt8(ascii: "\n"))
    let position = nodes.count
    nodes.append(Node(name: name, id: count < 0 ? nil : try reader.id(), end: position))
    for _ in 0..<max(folders, 0) { try read(&reader, depth: depth + 1) }
    nodes[position].end = nodes.count
  }

  var root: Folder { Folder(position: 0) }

  func id(of folder: Folder) -> ObjectID? { nodes[folder.position].id }

  /// By name.
  func subfolders(of folder: Folder) -> [ArraySlice<UInt8>: Folder] {
    var found: [ArraySlice<UInt8>: Folder] = [:]
    var position = folder.position + 1
    while position < nodes[folder.position].end {
      found[bytes[nodes[position].name]] = Folder(position: position)
      position = nodes[position].end
    }
    return found
  }
}
