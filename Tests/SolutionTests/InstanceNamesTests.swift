import Solution
import Testing

/// What an instance finds by name in any order of its files.
@Suite struct InstanceNamesTests {
  private func instance() throws -> Instance {
    let names = ["new_b", "New_A", "new_c", "new_a"]
    let declarations = names.map { name in
      """
      <connectionreference connectionreferencelogicalname="\(name)">
      <connectionreferencedisplayname>\(name)</connectionreferencedisplayname>
      <connectorid>/a/shared_x</connectorid></connectionreference>
      """
    }
    let flows = ["new_c", "new_a", "NEW_C"].enumerated().map { number, name in
      (
        "src/Workflows/F\(number)-0A1B2C3D-1111-2222-3333-44445555666\(number).json",
        #"{"properties":{"connectionReferences":{"a":{"connection":{"connectionReferenceLogicalName":""#
          + name + #""}},"b":{"connection":{"connectionReferenceLogicalName":"new_c"}}}}}"#
      )
    }
    let (snapshot, _) = FilesInMemory(
      Dictionary(uniqueKeysWithValues: flows).merging([
        "src/Other/Solution.xml":
          "<ImportExportXml><SolutionManifest><UniqueName>S</UniqueName></SolutionManifest></ImportExportXml>",
        "src/Other/Customizations.xml":
          "<ImportExportXml><connectionreferences>\(declarations.joined())</connectionreferences></ImportExportXml>",
      ]) { $1 }
    ).snapshot()
    return try #require(snapshot.instances.first)
  }

  @Test func `references are found in any letter case, in the order of the file`() throws {
    let instance = try instance()
    let found = instance.references(named: LogicalName("NEW_A"))
    #expect(
      found.map(\.name.spelling)
        == instance.references.map(\.name.spelling).filter {
          $0.lowercased() == "new_a"
        })
    #expect(!found.isEmpty)
    #expect(instance.declares(LogicalName("new_b")))
    for other in ["new_", "new_bb", "new_d", ""] {
      #expect(!instance.declares(LogicalName(other)))
      #expect(instance.references(named: LogicalName(other)) == [])
    }
  }

  @Test func `consumers are found by what they use, each once`() throws {
    let instance = try instance()
    for name in ["new_a", "new_c", "new_x"] {
      let found = instance.consumers(naming: LogicalName(name)).map(\.path)
      let expected = instance.consumers.filter { consumer in
        consumer.links.contains { $0.reference == LogicalName(name) }
      }.map(\.path)
      #expect(found == expected)
    }
    #expect(instance.consumers(naming: LogicalName("new_c")).count == 3)
  }

  @Test func `consumers are found by their id`() throws {
    let instance = try instance()
    for consumer in instance.consumers {
      #expect(instance.consumers(withID: consumer.id) == [consumer])
    }
    #expect(instance.consumers(withID: "0") == [])
  }
}
