import Solution
import Testing

/// Which instances of a snapshot declare a name, where one reader reads revisions one after the other.
@Suite struct SnapshotDeclarersTests {
  private struct Root {
    var name: String
    var references: [String] = []
    var version = "1.0"
    var isManaged = false
    var flows = 0
  }

  private var reader = SnapshotReader()
  private var pool = FolderPool()

  /// Reads the roots, and says by folder which declare each name.
  private mutating func read(_ roots: [String: Root]) -> Snapshot {
    var files: [String: String] = [:]
    for (folder, root) in roots {
      files["\(folder)/Other/Solution.xml"] = """
        <ImportExportXml><SolutionManifest><UniqueName>\(root.name)</UniqueName>\
        <Version>\(root.version)</Version><Managed>\(root.isManaged ? 1 : 0)</Managed>\
        </SolutionManifest></ImportExportXml>
        """
      let declarations = root.references.map {
        #"<connectionreference connectionreferencelogicalname="\#($0)"/>"#
      }
      files["\(folder)/Other/Customizations.xml"] =
        "<ImportExportXml><connectionreferences>\(declarations.joined())</connectionreferences></ImportExportXml>"
      for number in 0..<root.flows {
        files["\(folder)/Workflows/F-0A1B2C3D-1111-2222-3333-44445555666\(number).json"] =
          #"{"properties":{"connectionReferences":{},"definition":{}}}"#
      }
    }
    return reader.read(FilesInMemory(files, pool: &pool)).0
  }

  private func declarers(_ name: String, in snapshot: Snapshot) -> [String] {
    snapshot.declarers(of: LogicalName(name)).map(\.folder)
  }

  @Test mutating func `each declares its own names, in any letter case`() {
    let snapshot = read([
      "a": Root(name: "A", references: ["new_x", "New_Y"]),
      "b": Root(name: "B", references: ["NEW_X", "new_x"]), "c": Root(name: "C"),
    ])
    #expect(declarers("new_X", in: snapshot) == ["a", "b"])
    #expect(declarers("new_y", in: snapshot) == ["a"])
    #expect(declarers("new_z", in: snapshot) == [])
    #expect(declarers("new_x", in: .empty) == [])
  }

  @Test mutating func `a changed flow changes no declaration`() {
    var roots = ["a": Root(name: "A", references: ["new_x"]), "b": Root(name: "B")]
    #expect(declarers("new_x", in: read(roots)) == ["a"])
    roots["a"]?.flows = 2
    let snapshot = read(roots)
    // The instance is the one of this revision.
    #expect(snapshot.declarers(of: LogicalName("new_x")).first?.consumers.count == 2)
  }

  @Test mutating func `a name that comes, goes or moves is seen at once`() {
    var roots = [
      "a": Root(name: "A", references: ["new_x"]), "b": Root(name: "B", references: ["new_y"]),
    ]
    #expect(declarers("new_x", in: read(roots)) == ["a"])
    roots["b"]?.references = ["new_y", "new_x"]
    #expect(declarers("new_x", in: read(roots)) == ["a", "b"])
    roots["a"]?.references = []
    #expect(declarers("new_x", in: read(roots)) == ["b"])
    roots["0"] = Root(name: "Z", references: ["new_x"])
    #expect(declarers("new_x", in: read(roots)) == ["0", "b"])
    roots["b"] = nil
    let snapshot = read(roots)
    #expect(declarers("new_x", in: snapshot) == ["0"])
    #expect(declarers("new_y", in: snapshot) == [])
  }

  @Test mutating func `two releases of one solution are seen as they come`() {
    var roots = [
      "a": Root(name: "A", version: "1.0.0.0"), "b": Root(name: "B", version: "2.0.0.0"),
    ]
    #expect(overtaken(in: read(roots)) == [])
    roots["b"]?.name = "a"
    #expect(overtaken(in: read(roots)) == ["a"])
    roots["b"]?.isManaged = true
    #expect(overtaken(in: read(roots)) == [])
    roots["a"]?.isManaged = true
    #expect(overtaken(in: read(roots)) == ["a"])
    roots["a"]?.version = "3.0.0.0"
    #expect(overtaken(in: read(roots)) == ["b"])
    roots["a"]?.version = "none"
    #expect(overtaken(in: read(roots)) == [])
  }

  private func overtaken(in snapshot: Snapshot) -> [String] {
    snapshot.overtakenReleases.map(\.folder)
  }
}
