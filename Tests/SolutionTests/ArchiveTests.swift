import Solution
import TestSupport
import Testing

@Suite struct SolutionArchiveTests {
  private let manifest =
    "<ImportExportXml><SolutionManifest><UniqueName>Stock</UniqueName></SolutionManifest></ImportExportXml>"
  private let customizations = """
    <ImportExportXml><connectionreferences>
    <connectionreference connectionreferencelogicalname="abc_x"><connectorid>/a/shared_x</connectorid>
    </connectionreference></connectionreferences></ImportExportXml>
    """
  private let flow =
    #"{"properties":{"connectionReferences":{"a":{"connection":{"connectionReferenceLogicalName":"abc_x"}}}}}"#

  private var archive: [UInt8] {
    storedZip([
      ("[Content_Types].xml", "<Types/>"), ("solution.xml", manifest),
      ("customizations.xml", customizations),
      ("Workflows/Order-0A1B2C3D-1111-2222-3333-444455556666.json", flow),
      ("CanvasApps/abc_app_DocumentUri.msapp", "binary"),
    ])
  }

  @Test func `a committed solution zip is a solution`() throws {
    let (snapshot, problems) = FilesInMemory(contents: [
      "out/Stock_1_0_0_0.zip": .bytes(archive)
    ]).snapshot()
    #expect(problems.isEmpty)
    let instance = try #require(snapshot.instances.first)
    #expect(instance.form == .archive)
    #expect(instance.folder == "out/Stock_1_0_0_0.zip")
    #expect(instance.uniqueName == "Stock")
    #expect(instance.references.map(\.name.spelling) == ["abc_x"])
    #expect(
      instance.references.map(\.place.path) == ["out/Stock_1_0_0_0.zip/customizations.xml"])
    #expect(instance.consumers.map(\.id) == ["0a1b2c3d-1111-2222-3333-444455556666"])
  }

  @Test(arguments: ["Stock/", "a/b/"])
  func `a zip whose entries lie under one folder is a solution too`(folder: String) throws {
    let archive = storedZip([
      (folder + "solution.xml", manifest), (folder + "customizations.xml", customizations),
      (folder + "Workflows/Order-0A1B2C3D-1111-2222-3333-444455556666.json", flow),
      ("__MACOSX/._Stock", ""),
    ])
    let (snapshot, problems) = FilesInMemory(contents: ["Stock.zip": .bytes(archive)]).snapshot()
    #expect(problems.isEmpty)
    let instance = try #require(snapshot.instances.first)
    #expect(snapshot.instances.count == 1)
    #expect(instance.form == .archive)
    #expect(instance.uniqueName == "Stock")
    #expect(instance.references.map(\.name.spelling) == ["abc_x"])
    #expect(instance.consumers.count == 1)
  }

  @Test(arguments: ["", "Stock/"])
  func `a zip of an unpacked solution holds its flows`(folder: String) throws {
    let archive = storedZip([
      (folder + "Other/Solution.xml", manifest),
      (folder + "Other/Customizations.xml", customizations),
      (folder + "Workflows/Order-0A1B2C3D-1111-2222-3333-444455556666.json", flow),
    ])
    let (snapshot, problems) = FilesInMemory(contents: ["Stock.zip": .bytes(archive)]).snapshot()
    #expect(problems.isEmpty)
    let instance = try #require(snapshot.instances.first)
    #expect(snapshot.instances.count == 1)
    #expect(instance.form == .archive && instance.uniqueName == "Stock")
    #expect(instance.references.map(\.name.spelling) == ["abc_x"])
    #expect(instance.consumers.count == 1)
  }

  @Test func `a zip that holds solutions in several folders holds them all`() throws {
    func files(_ name: String) -> [(path: String, text: String)] {
      [
        ("\(name)/solution.xml", manifest.replacing("Stock", with: name)),
        ("\(name)/customizations.xml", customizations),
      ]
    }
    let (snapshot, problems) = FilesInMemory(contents: [
      "both.zip": .bytes(storedZip(files("Stock") + files("Order"))),
      "src/Other/Solution.xml": .text(manifest.replacing("Stock", with: "Order")),
      "src/Other/Customizations.xml": .text(customizations),
    ]).snapshot()
    #expect(snapshot.instances.map(\.folder) == ["both.zip/Stock", "src"])
    #expect(snapshot.instances.map(\.uniqueName) == ["Stock", "Order"])
    #expect(problems.map(\.message) == ["not read: its solution 'Order' is unpacked in src/"])
  }

  @Test func `a solution in a folder beside archives is named where it is not read`() {
    let (snapshot, problems) = FilesInMemory(contents: [
      "package.zip": .bytes(
        storedZip([
          (path: "PkgAssets/Stock.zip", content: archive),
          (path: "Order/solution.xml", content: Array(manifest.utf8)),
          (path: "Order/customizations.xml", content: Array(customizations.utf8)),
        ]))
    ]).snapshot()
    #expect(snapshot.instances.map(\.folder) == ["package.zip/PkgAssets/Stock.zip"])
    #expect(
      problems.map(\.message) == ["holds the solution 'Stock' in 'Order' beside archives: not read"]
    )
  }

  @Test func `an archive with a damaged entry is opened once in many revisions`() throws {
    var damaged = archive
    let text = Array("shared_x".utf8)
    let place = try #require(
      damaged.indices.first { Array(damaged[$0...].prefix(text.count)) == text })
    damaged[place] ^= 1
    let tree = CountedTree(FilesInMemory(contents: ["Stock.zip": .bytes(damaged)]))
    var reader = SnapshotReader()
    let (_, problems) = reader.read(tree)
    #expect(problems.map(\.message) == ["'customizations.xml' is damaged"])
    let asked = tree.asked
    let (_, same) = reader.read(tree)
    #expect(same == problems)
    #expect(tree.asked == asked)
  }

  @Test func `the same solution in a folder is the one that counts, and a line says so`() {
    let (snapshot, problems) = FilesInMemory(contents: [
      "out/Stock_1_0_0_0.zip": .bytes(archive),
      "src/Other/Solution.xml": .text(manifest),
      "src/Other/Customizations.xml": .text(customizations),
    ]).snapshot()
    #expect(snapshot.instances.map(\.folder) == ["src"])
    #expect(problems.map(\.message) == ["not read: its solution 'Stock' is unpacked in src/"])
    #expect(problems.map(\.hidesContent) == [false])
  }

  private func package(_ files: [(path: String, content: [UInt8])]) -> FilesInMemory {
    FilesInMemory(contents: [
      "packages/Stock.zip": .bytes(
        storedZip([(path: "PkgAssets/ImportConfig.xml", content: Array("<x/>".utf8))] + files))
    ])
  }

  @Test(arguments: ["PkgAssets/Stock_managed.zip", #"PackageAssets\Stock_managed.zip"#])
  func `a solution zip in a package is a solution`(path: String) throws {
    let (snapshot, problems) = package([(path, archive)]).snapshot()
    #expect(problems.isEmpty)
    let instance = try #require(snapshot.instances.first)
    #expect(snapshot.instances.count == 1)
    #expect(instance.form == .archive)
    #expect(instance.folder == "packages/Stock.zip/" + path.replacing("\\", with: "/"))
    #expect(instance.uniqueName == "Stock")
    #expect(instance.references.map(\.name.spelling) == ["abc_x"])
    #expect(instance.consumers.map(\.id) == ["0a1b2c3d-1111-2222-3333-444455556666"])
  }

  @Test func `files at one position of a package and of a zip in it are distinguished`() throws {
    // The package's own second entry is read, and so is the second one of the zip.
    let other = storedZip([
      ("a.txt", ""),
      ("solution.xml", manifest.replacing("Stock", with: "Other")),
      ("customizations.xml", customizations.replacing("abc_x", with: "abc_y")),
    ])
    let (snapshot, problems) = package([
      ("PkgAssets/Stock.zip", archive), ("PkgAssets/Other.zip", other),
      ("PkgAssets/Again.zip", archive),
    ]).snapshot()
    #expect(problems.isEmpty)
    #expect(
      snapshot.instances.map { [$0.folder.split(separator: "/").last ?? "", $0.uniqueName[...]] }
        == [["Again.zip", "Stock"], ["Other.zip", "Other"], ["Stock.zip", "Stock"]])
    #expect(
      snapshot.instances.flatMap { $0.references.map(\.name.spelling) }
        == ["abc_x", "abc_y", "abc_x"])
  }

  @Test func `a solution in a package that is in a folder too is looked at there`() {
    let (snapshot, problems) = FilesInMemory(contents: [
      "out/package.zip": .bytes(storedZip([(path: "PkgAssets/Stock.zip", content: archive)])),
      "src/Other/Solution.xml": .text(manifest),
      "src/Other/Customizations.xml": .text(customizations),
    ]).snapshot()
    #expect(snapshot.instances.map(\.folder) == ["src"])
    #expect(
      problems.map { "\($0.path) \($0.message)" }
        == [
          "out/package.zip/PkgAssets/Stock.zip not read: its solution 'Stock' is unpacked in src/"
        ])
  }

  @Test func `archives in archives are opened to the third, and deeper ones are named`() {
    let inner = storedZip([(path: "Stock.zip", content: archive)])
    let (snapshot, problems) = package([("PkgAssets/inner.zip", inner)]).snapshot()
    #expect(snapshot.instances.map(\.uniqueName) == ["Stock"])
    #expect(problems.isEmpty)
    let deep = storedZip([(path: "inner.zip", content: inner)])
    let (other, found) = package([("PkgAssets/deep.zip", deep)]).snapshot()
    #expect(other.instances.isEmpty)
    #expect(found.map(\.path) == ["packages/Stock.zip/PkgAssets/deep.zip/inner.zip"])
    #expect(found.map(\.message) == ["holds archives deeper in archives than connref looks"])
    #expect(found.map(\.mayHideContent) == [true])
  }

  @Test func `a damaged archive is known to have held a solution by the names that are left`() {
    let (snapshot, problems) = FilesInMemory(contents: [
      "Stock.zip": .bytes(archive.dropLast(60) + []),
      "pictures.zip": .bytes(storedZip([("one.txt", "one")]).dropLast(30) + []),
    ]).snapshot()
    #expect(snapshot.instances.isEmpty)
    #expect(problems.map(\.path) == ["Stock.zip", "pictures.zip"])
    #expect(problems.map(\.hidesContent) == [true, false])
    #expect(problems.map(\.mayHideContent) == [true, true])
  }

  @Test func `a damaged build of a solution that is in a folder hides nothing`() {
    let (_, problems) = FilesInMemory(contents: [
      "out/Stock_1_0_0_0.zip": .bytes(archive.dropLast(60) + []),
      "src/Other/Solution.xml": .text(manifest),
      "src/Other/Customizations.xml": .text(customizations),
    ]).snapshot()
    #expect(problems.map(\.hidesContent) == [false])
  }

  @Test func `an entry that leads out of the archive is not read, and is named`() {
    let (snapshot, problems) = FilesInMemory(contents: [
      "Stock.zip": .bytes(
        storedZip([
          ("solution.xml", manifest), ("customizations.xml", customizations),
          ("../Workflows/Order-0A1B2C3D-1111-2222-3333-444455556666.json", flow),
        ]))
    ]).snapshot()
    #expect(snapshot.instances.map(\.consumers.count) == [0])
    #expect(
      problems.map(\.message) == [
        "holds '../Workflows/Order-0A1B2C3D-1111-2222-3333-444455556666.json', which leads out of it: not read"
      ])
  }

  @Test func `no more than 64 archives of a package are read, and that is a problem`() {
    let many = (0..<65).map {
      (path: "PkgAssets/\($0).zip", content: storedZip([("readme.txt", "\($0)")]))
    }
    let (_, problems) = package(many).snapshot()
    #expect(problems.map(\.path) == ["packages/Stock.zip"])
    #expect(problems.map(\.message) == ["holds 65 archives, and only 64 of them were read"])
    #expect(problems.map(\.hidesContent) == [true])
  }

  @Test func `a broken archive in a package is named, and the others are read`() {
    let (snapshot, problems) = package([
      ("PkgAssets/Broken.zip", Array("no archive".utf8)), ("PkgAssets/Stock.zip", archive),
    ]).snapshot()
    #expect(snapshot.instances.map(\.uniqueName) == ["Stock"])
    #expect(problems.map(\.path) == ["packages/Stock.zip/PkgAssets/Broken.zip"])
    #expect(problems.map(\.hidesContent) == [false])
  }

  @Test func `of a build that is not looked at no more than its manifest is read`() {
    let damaged = storedZip([
      ("solution.xml", manifest), ("customizations.xml", "<ImportExportXml><broken"),
    ])
    let (snapshot, problems) = FilesInMemory(contents: [
      "out/Stock.zip": .bytes(damaged), "src/Other/Solution.xml": .text(manifest),
      "src/Other/Customizations.xml": .text(customizations),
    ]).snapshot()
    #expect(snapshot.instances.map(\.folder) == ["src"])
    #expect(problems.map(\.message) == ["not read: its solution 'Stock' is unpacked in src/"])
  }

  @Test func `an archive of another kind is nothing`() {
    let (snapshot, problems) = FilesInMemory(contents: [
      "flow.zip": .bytes(storedZip([("manifest.json", "{}"), ("deep/solution.xml", manifest)]))
    ]).snapshot()
    #expect(snapshot.instances.isEmpty)
    #expect(problems.isEmpty)
  }

  @Test func `what cannot be opened is named, and hides nothing that was sure to be there`() {
    let (_, problems) = FilesInMemory(["broken.zip": "no archive"]).snapshot()
    #expect(problems.map(\.path) == ["broken.zip"])
    #expect(problems.map(\.hidesContent) == [false])
  }

  @Test func `a damaged declaration file in it leaves them unknown`() throws {
    var bytes = archive
    let start = try #require(
      bytes.indices.first { bytes[$0...].starts(with: Array("<connectionreferences>".utf8)) })
    bytes[start + 1] = UInt8(ascii: "C")
    let (snapshot, problems) = FilesInMemory(contents: ["a.zip": .bytes(bytes)]).snapshot()
    #expect(snapshot.instances.map(\.declarations) == [.unreadable])
    #expect(problems.map(\.path) == ["a.zip/customizations.xml"])
  }

  @Test func `an archive that did not change is the same instance`() throws {
    var pool = FolderPool()
    var reader = SnapshotReader()
    let (before, _) = reader.read(
      FilesInMemory(contents: ["a.zip": .bytes(archive)], pool: &pool))
    let (after, _) = reader.read(
      FilesInMemory(contents: ["a.zip": .bytes(archive), "b.json": .text("{}")], pool: &pool))
    let left = try #require(before.instances.first?.source)
    let right = try #require(after.instances.first?.source)
    #expect(left === right)
  }
}

/// Counts how often the bytes of a file are asked for.
private final class CountedTree: FileTree {
  private let files: FilesInMemory
  private(set) var asked = 0

  init(_ files: FilesInMemory) { self.files = files }

  var root: Folder? { files.root }

  func contents(of id: ContentID, limit: Int) -> FileContents {
    asked += 1
    return files.contents(of: id, limit: limit)
  }
}
