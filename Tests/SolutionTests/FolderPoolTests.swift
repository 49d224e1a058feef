import Solution
import Testing

@Suite struct FolderPoolTests {
  private func file(_ name: String, _ content: UInt8 = 0) -> Folder.File {
    Folder.File(
      name: name, content: ContentID([UInt8](repeating: content, count: 20)), kind: .regular,
      role: .settingsCandidate)
  }

  @Test func `a folder made of a former one is the one that is made of all its files`() {
    var pool = FolderPool()
    let sub = pool.folder(files: [file("x")], children: [])
    let children = sub.map { [(name: "sub", folder: $0)] } ?? []
    let former = pool.folder(files: [file("a"), file("b"), file("d")], children: [])
    let whole = pool.folder(
      files: [file("a"), file("b", 1), file("c"), file("e")], children: children)
    let changed = former.flatMap {
      pool.folder(
        like: $0,
        changing: [("e", file("e")), ("b", file("b", 1)), ("d", nil), ("c", file("c"))],
        children: [("sub", sub)])
    }
    #expect(changed === whole)
    #expect(whole != nil)
    let back = changed.flatMap {
      pool.folder(
        like: $0, changing: [("b", file("b")), ("c", nil), ("d", file("d")), ("e", nil)],
        children: [("sub", nil)])
    }
    #expect(back === former)
  }

  @Test func `a folder of which nothing is left is none`() {
    var pool = FolderPool()
    let former = pool.folder(files: [file("a")], children: [])
    #expect(former != nil)
    #expect(
      former.flatMap { pool.folder(like: $0, changing: [("a", nil)], children: []) } == nil)
  }

  @Test func `a folder lives as long as it is referenced`() {
    var pool = FolderPool()
    weak var folder: Folder?
    func make() {
      let made = pool.folder(files: [file("a")], children: [])
      folder = made
      #expect(pool.folder(files: [file("a")], children: []) === made)
    }
    make()
    #expect(folder == nil)
    #expect(pool.folder(files: [file("a")], children: [])?.files == [file("a")])
  }

  @Test func `a recent table forgets what was not asked for while twice its limit came in`() {
    var table = RecentTable<Int, String>(limit: 3)
    table.keep("kept", of: 0, weight: 1)
    table.keep("lost", of: -1, weight: 1)
    for number in 1...20 {
      table.keep("\(number)", of: number, weight: 1)
      #expect(table.value(of: 0) == "kept")
    }
    #expect(table.value(of: -1) == nil)
    #expect(table.value(of: 20) == "20")
  }
}
