/// A folder as an index has cached it: the tree that the next commit would have for it, as long as
/// nothing in the folder was staged since. The extension `TREE` of gitformat-index(5): a name that ends
/// with a zero, the number of entries, a space, the number of subfolders, a line feed, and, unless the
/// number of entries is negative, an id; then the subfolders.
struct CachedTree {
  let name: [UInt8]
  /// Nil where something in the folder was staged since.
  let id: ObjectID?
  let children: [CachedTree]

  /// Deeper folders than any file system has; a damaged index could exhaust the stack.
  private static let depthLimit = 256

  init(_ bytes: [UInt8]) throws(IndexFile.Malformed) {
    var reader = ByteReader(bytes)
    try self.init(&reader, depth: 0)
  }

  private init(_ reader: inout ByteReader, depth: Int) throws(IndexFile.Malformed) {
    guard depth < Self.depthLimit else {
      throw IndexFile.Malformed("its cached trees lie more than \(depth) folders deep")
    }
    name = Array(try reader.bytesToZero())
    let count = try reader.decimal(before: UInt8(ascii: " "))
    let folders = try reader.decimal(before: UInt8(ascii: "\n"))
    id = count < 0 ? nil : try reader.id()
    var children: [CachedTree] = []
    for _ in 0..<max(folders, 0) { children.append(try CachedTree(&reader, depth: depth + 1)) }
    self.children = children
  }
}
