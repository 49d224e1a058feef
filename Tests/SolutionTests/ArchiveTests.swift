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

  @Test func `the same solution in a folder is the one that counts, and a line says so`() {
    let (snapshot, problems) = FilesInMemory(contents: [
      "out/Stock_1_0_0_0.zip": .bytes(archive),
      "src/Other/Solution.xml": .text(manifest),
      "src/Other/Customizations.xml": .text(customizations),
    ]).snapshot()
    #expect(snapshot.instances.map(\.folder) == ["src"])
    #expect(problems.map(\.message) == ["is 'Stock', which stands in 'src': not looked at"])
    #expect(problems.map(\.hidesContent) == [false])
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
