import Solution

/// A revision as files.
struct MemoryTree: FileTree {
  let root: Folder?
  private let contents: [ContentID: [UInt8]]

  init(_ files: [(path: String, bytes: [UInt8])]) {
    var contents: [ContentID: [UInt8]] = [:]
    var entries: [(parts: [Substring], id: ContentID)] = []
    for (number, file) in files.enumerated() {
      let id = ContentID([UInt8](repeating: 0, count: 12) + Self.digest(file.bytes, number))
      contents[id] = file.bytes
      entries.append((file.path.split(separator: "/"), id))
    }
    self.contents = contents
    var pool = FolderPool()
    root = Self.folder(named: "", entries, &pool)
  }

  /// Enough to distinguish the files of one input.
  private static func digest(_ bytes: [UInt8], _ number: Int) -> [UInt8] {
    var hash = 0xCBF2_9CE4_8422_2325 &+ UInt64(number)
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return (0..<8).map { UInt8(truncatingIfNeeded: hash >> (8 * $0)) }
  }

  func contents(of id: ContentID, limit: Int) -> FileContents {
    guard let bytes = contents[id] else { return .unavailable("is missing") }
    return bytes.count > limit ? .tooLarge(bytes.count) : .bytes(bytes)
  }

  private static func folder(
    named name: String, _ entries: [(parts: [Substring], id: ContentID)], _ pool: inout FolderPool
  ) -> Folder? {
    let files = entries.filter { $0.parts.count == 1 }.compactMap { entry -> Folder.File? in
      let file = String(entry.parts[0])
      return FileRole.role(ofFile: file, inFolder: name).map {
        Folder.File(name: file, content: entry.id, kind: .regular, role: $0)
      }
    }
    let below = Dictionary(grouping: entries.filter { $0.parts.count > 1 }) { $0.parts[0] }
    var children: [(name: String, folder: Folder)] = []
    for (child, entries) in below.sorted(by: { $0.key < $1.key }) {
      let inside = entries.map { (Array($0.parts.dropFirst()), $0.id) }
      if let folder = folder(named: String(child), inside, &pool) {
        children.append((String(child), folder))
      }
    }
    return pool.folder(files: files, children: children)
  }

  /// With the settings files.
  func snapshot() -> (Snapshot, [Problem]) {
    var reader = SnapshotReader()
    let (snapshot, problems) = reader.read(self)
    let (whole, more) = reader.addSettings(to: snapshot, from: self)
    return (whole, problems + more)
  }
}
