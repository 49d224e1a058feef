import Solution

/// A revision as a dictionary from path to content.
struct FilesInMemory: FileTree {
  /// The content at a path.
  enum Content {
    case text(String)
    case bytes([UInt8])
    case symbolicLink
    case submodule
  }

  let root: Folder?
  private let contents: [ContentID: [UInt8]]
  /// False for a store that can only give a whole file.
  var givesBeginnings = false

  init(_ files: [String: String], pool: inout FolderPool) {
    self.init(contents: files.mapValues { .text($0) }, pool: &pool)
  }

  init(_ files: [String: String]) {
    self.init(contents: files.mapValues { .text($0) })
  }

  init(contents files: [String: Content]) {
    var pool = FolderPool()
    self.init(contents: files, pool: &pool)
  }

  init(contents files: [String: Content], pool: inout FolderPool) {
    var contents: [ContentID: [UInt8]] = [:]
    var parts: [([Substring], ContentID, Folder.Kind)] = []
    for (path, content) in files {
      let (bytes, kind): ([UInt8], Folder.Kind) =
        switch content {
        case .text(let text): (Array(text.utf8), .regular)
        case .bytes(let bytes): (bytes, .regular)
        case .symbolicLink: ([], .symbolicLink)
        case .submodule: ([], .submodule)
        }
      let id = Self.id(of: bytes)
      contents[id] = bytes
      parts.append((path.split(separator: "/"), id, kind))
    }
    self.contents = contents
    root = Self.folder(named: "", parts, &pool)
  }

  func withBeginning<Answer>(
    of id: ContentID, count: Int, _ body: (Span<UInt8>) -> Answer
  ) -> Answer? {
    guard givesBeginnings, let bytes = contents[id] else { return nil }
    return body(bytes.span.extracting(first: count))
  }

  func contents(of id: ContentID, limit: Int) -> FileContents {
    guard let bytes = contents[id] else { return .unavailable("is missing") }
    return bytes.count > limit ? .tooLarge(bytes.count) : .bytes(bytes)
  }

  private static func folder(
    named name: String, _ parts: [([Substring], ContentID, Folder.Kind)], _ pool: inout FolderPool
  ) -> Folder? {
    var files: [Folder.File] = []
    for (path, id, kind) in parts where path.count == 1 {
      let file = String(path[0])
      // A submodule has a folder's name; Review gives it some role to be seen at all.
      let role = FileRole.role(ofFile: file, inFolder: name)
      guard let role = kind == .submodule ? .settingsCandidate : role else { continue }
      files.append(Folder.File(name: file, content: id, kind: kind, role: role))
    }
    var children: [(name: String, folder: Folder)] = []
    for (child, parts) in Dictionary(grouping: parts.filter { $0.0.count > 1 }, by: { $0.0[0] }) {
      let inside = parts.map { (Array($0.0.dropFirst()), $0.1, $0.2) }
      if let folder = folder(named: String(child), inside, &pool) {
        children.append((String(child), folder))
      }
    }
    return pool.folder(files: files, children: children)
  }

  /// FNV-1a, stretched to 20 bytes: enough to distinguish a test's files.
  private static func id(of bytes: [UInt8]) -> ContentID {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    var id = (0..<8).map { UInt8(truncatingIfNeeded: hash >> (8 * $0)) }
    id += (0..<8).map { UInt8(truncatingIfNeeded: bytes.count >> (8 * $0)) } + [0, 0, 0, 0]
    return ContentID(id)
  }
}

extension FilesInMemory {
  /// The snapshot of these files, settings included.
  func snapshot() -> (snapshot: Snapshot, problems: [Problem]) {
    var reader = SnapshotReader()
    let (snapshot, problems) = reader.read(self)
    let (whole, more) = reader.addSettings(to: snapshot, from: self)
    return (whole, problems + more)
  }
}
