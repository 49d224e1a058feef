import Solution
import Synchronization
import Testing

@Suite struct SnapshotReaderTests {
  /// Counts what is fetched.
  private final class Counting: FileTree, Sendable {
    let files: FilesInMemory
    private let fetches = Mutex(0)

    init(_ files: FilesInMemory) { self.files = files }
    var count: Int { fetches.withLock { $0 } }
    var root: Folder? { files.root }
    func contents(of id: ContentID, limit: Int) -> FileContents {
      fetches.withLock { $0 += 1 }
      return files.contents(of: id, limit: limit)
    }
  }

  private let customizations = "<ImportExportXml><connectionreferences/></ImportExportXml>"
  private func flow(_ name: String) -> String { #"{"properties":{"displayName":"\#(name)"}}"# }

  @Test func `nothing gives nothing`() {
    var reader = SnapshotReader()
    let (snapshot, problems) = reader.read(FilesInMemory([:]))
    #expect(snapshot.instances.isEmpty)
    #expect(problems.isEmpty)
  }

  @Test func `a second revision costs what differs in it`() {
    var pool = FolderPool()
    var files = [
      "a/Other/Customizations.xml": customizations, "a/Workflows/1.json": flow("one"),
      "b/Other/Customizations.xml": customizations + "<!-- b -->",
      "b/Workflows/2.json": flow("two"),
    ]
    var reader = SnapshotReader()
    let first = Counting(FilesInMemory(files, pool: &pool))
    _ = reader.read(first)
    #expect(first.count == 4)
    files["b/Workflows/2.json"] = flow("changed")
    let second = Counting(FilesInMemory(files, pool: &pool))
    let (snapshot, _) = reader.read(second)
    #expect(second.count == 1)
    #expect(snapshot.instances.flatMap(\.consumers).map(\.name) == ["one", "changed"])
    let again = Counting(FilesInMemory(files, pool: &pool))
    #expect(again.root === second.root)
    _ = reader.read(again)
    #expect(again.count == 0)
  }

  @Test func `of many solutions side by side those that differ are read`() {
    var pool = FolderPool()
    var files: [String: String] = [:]
    for number in 10..<30 {
      files["all/s\(number)/Other/Customizations.xml"] = customizations
      files["all/s\(number)/Workflows/1.json"] = flow("\(number)")
    }
    var reader = SnapshotReader()
    func check(_ files: [String: String], reads count: Int) {
      let tree = Counting(FilesInMemory(files, pool: &pool))
      let (snapshot, _) = reader.read(tree)
      var fresh = SnapshotReader()
      let (expected, _) = fresh.read(tree.files)
      #expect(
        snapshot.instances.flatMap(\.consumers).map { "\($0.path) \($0.name)" }
          == expected.instances.flatMap(\.consumers).map { "\($0.path) \($0.name)" })
      #expect(tree.count == count)
    }
    check(files, reads: 21)
    files["all/s17/Workflows/1.json"] = flow("changed")
    check(files, reads: 1)
    files["all/s10/Workflows/1.json"] = nil
    files["all/s10/Other/Customizations.xml"] = nil
    files["all/s135/Other/Customizations.xml"] = customizations
    files["all/s135/Workflows/1.json"] = flow("12")
    check(files, reads: 0)
  }

  @Test func `a moved solution is not parsed again, and has its new paths`() {
    var reader = SnapshotReader()
    _ = reader.read(
      FilesInMemory(["a/Other/Customizations.xml": customizations, "a/Workflows/1.json": flow("x")])
    )
    let moved = Counting(
      FilesInMemory(["b/Other/Customizations.xml": customizations, "b/Workflows/1.json": flow("x")])
    )
    let (snapshot, _) = reader.read(moved)
    #expect(moved.count == 0)
    #expect(snapshot.instances.map(\.folder) == ["b"])
    #expect(snapshot.instances.flatMap(\.consumers).map(\.path) == ["b/Workflows/1.json"])
  }

  @Test func `a selection of flows still has every declaration`() {
    let files = FilesInMemory([
      "a/Other/Customizations.xml": customizations, "a/Workflows/1.json": flow("one"),
      "a/Workflows/2.json": flow("two"),
    ])
    let wanted = files.root?.children.first?.folder.children.last?.folder.files.last?.content
    var reader = SnapshotReader()
    let (none, _) = reader.read(files, flows: .only([]))
    #expect(none.instances.map(\.declarations) == [.read])
    #expect(none.instances.flatMap(\.consumers).isEmpty)
    let (one, _) = reader.read(files, flows: .only(Set([wanted].compactMap(\.self))))
    #expect(one.instances.flatMap(\.consumers).map(\.name) == ["two"])
    let (all, _) = reader.read(files)
    #expect(all.instances.flatMap(\.consumers).map(\.name) == ["one", "two"])
  }

  @Test func `instances are in order of folder, problems in order of path`() {
    let (snapshot, problems) = FilesInMemory([
      "b/Other/Customizations.xml": "", "a-b/Other/Customizations.xml": "",
      "a/z/Other/Customizations.xml": "", "a/customizations.xml": "",
    ]).snapshot()
    #expect(snapshot.instances.map(\.folder) == ["a", "a-b", "a/z", "b"])
    #expect(
      problems.map(\.path) == [
        "a-b/Other/Customizations.xml", "a/customizations.xml", "a/z/Other/Customizations.xml",
        "b/Other/Customizations.xml",
      ])
  }

  @Test func `one unique name in two folders is two instances`() {
    let manifest =
      "<ImportExportXml><SolutionManifest><UniqueName>S</UniqueName></SolutionManifest></ImportExportXml>"
    let (snapshot, problems) = FilesInMemory([
      "Managed/Other/Solution.xml": manifest, "Unmanaged/Other/Solution.xml": manifest,
    ]).snapshot()
    #expect(snapshot.instances.map(\.uniqueName) == ["S", "S"])
    #expect(problems.isEmpty)
  }

  @Test func `a submodule is named`() {
    let (_, problems) = FilesInMemory(contents: ["vendor/base": .submodule]).snapshot()
    #expect(problems.map(\.path) == ["vendor/base"])
    #expect(problems.map(\.message) == ["is a submodule, not looked into"])
    #expect(problems.map(\.hidesContent) == [false])
  }

  @Test func `a content that cannot be had is a problem with the tree's reason`() {
    struct Empty: FileTree {
      let root: Folder?
      func contents(of id: ContentID, limit: Int) -> FileContents {
        .unavailable("is missing\nhint: git fetch")
      }
    }
    let files = FilesInMemory(["Other/Customizations.xml": customizations])
    var reader = SnapshotReader()
    let (snapshot, problems) = reader.read(Empty(root: files.root))
    #expect(snapshot.instances.map(\.declarations) == [.unreadable])
    #expect(problems.map(\.message) == ["is missing\nhint: git fetch"])
    #expect(problems.map(\.hidesContent) == [true])
  }

  @Test func `folders of any depth and letter case are found`() {
    let (snapshot, _) = FilesInMemory([
      "x/y/z/OTHER/customizations.XML": customizations, "x/y/z/WORKFLOWS/1.JSON": flow("one"),
    ]).snapshot()
    #expect(snapshot.instances.map(\.folder) == ["x/y/z"])
    #expect(snapshot.instances.map(\.form) == [.unpacked])
    #expect(snapshot.instances.flatMap(\.consumers).count == 1)
  }

  @Test func `a plain file beside an unpacked layout is an instance of its own`() {
    let (snapshot, _) = FilesInMemory([
      "s/Other/Customizations.xml": customizations, "s/customizations.xml": customizations,
      "s/Workflows/1.json": flow("one"),
    ]).snapshot()
    #expect(Set(snapshot.instances.map(\.form)) == [.unpacked, .plain])
    #expect(snapshot.instances.flatMap(\.consumers).count == 1)
  }
}
