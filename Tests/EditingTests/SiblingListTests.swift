import Editing
import Solution
import Testing

@Suite struct SiblingListTests {
  private func customizations(_ names: String..., lineEnd: String = "\n") -> String {
    let elements = names.map { name in
      "    <connectionreference connectionreferencelogicalname=\"\(name)\">\n"
        + "      <connectorid>/apis/shared_\(name)</connectorid>\n    </connectionreference>\n"
    }
    return
      ("<ImportExportXml>\n  <Roles />\n  <connectionreferences>\n" + elements.joined()
      + "  </connectionreferences>\n  <Languages />\n</ImportExportXml>\n")
      .replacing("\n", with: lineEnd)
  }

  private func restored(
    _ returning: [String], in text: String, from former: String, takingOut leaving: [String] = []
  ) throws -> String? {
    let (own, other) = (
      try XMLSection(Array(text.utf8)), try XMLSection(Array(former.utf8))
    )
    guard let list = own.declarations, let formerList = other.declarations else {
      return edited(text, own.opening(with: returning, of: other).map { [$0] })
    }
    return edited(text, list.restoring(returning, from: formerList, takingOut: leaving))
  }

  @Test(arguments: [["a", "b", "c"], ["b", "a", "c"], ["b", "c", "a"]])
  func `an element returns to its old place`(order: [String]) throws {
    let former = customizations(order[0], order[1], order[2])
    for leaving in [["b", "c", "x"], ["x", "b", "c"], ["b", "x", "c"]] {
      let text = customizations(leaving[0], leaving[1], leaving[2])
      #expect(try restored(["a"], in: text, from: former, takingOut: ["x"]) == former)
    }
  }

  @Test func `one that was only removed is restored, and others stay as they are`() throws {
    let text = customizations("b", "new")
    #expect(
      try restored(["a"], in: text, from: customizations("a", "b"))
        == customizations("a", "b", "new"))
  }

  @Test func `two are restored for one, and one for two`() throws {
    #expect(
      try restored(
        ["a", "b"], in: customizations("x"), from: customizations("a", "b"), takingOut: ["x"])
        == customizations("a", "b"))
    #expect(
      try restored(
        ["a"], in: customizations("x", "c", "y"), from: customizations("a", "c"),
        takingOut: ["x", "y"]) == customizations("a", "c"))
  }

  @Test func `restored text is written with the line ends of the file`() throws {
    let text = customizations("x", lineEnd: "\r\n")
    #expect(
      try restored(["a"], in: text, from: customizations("a"), takingOut: ["x"])
        == customizations("a", lineEnd: "\r\n"))
  }

  @Test func `a section that was emptied, closed or taken away is opened again`() throws {
    let former = customizations("a")
    let section = "  <connectionreferences>\n  </connectionreferences>\n"
    for rest in [
      section, "  <connectionreferences></connectionreferences>\n", "  <connectionreferences />\n",
      "",
    ] {
      let text = customizations().replacing(section, with: rest)
      let restored = try #require(try restored(["a"], in: text, from: former))
      let again = try XMLSection(Array(restored.utf8))
      #expect(again.declarations?.keys == ["a"])
      if rest != section { #expect(restored == former) }
    }
  }

  @Test func `only the requested part is restored with a section`() throws {
    let text = customizations().replacing(
      "  <connectionreferences>\n  </connectionreferences>\n", with: "  <connectionreferences />\n")
    #expect(
      try restored(["b"], in: text, from: customizations("a", "b", "c")) == customizations("b"))
  }

  @Test func `a missing dependency goes with who depends on it`() throws {
    func manifest(_ entries: String) -> String {
      """
      <ImportExportXml><SolutionManifest>
        <MissingDependencies>\(entries)
        </MissingDependencies>
      </SolutionManifest></ImportExportXml>
      """
    }
    func entry(_ name: String) -> String {
      """

          <MissingDependency>
            <Required type="connectionreference" id.connectionreferencelogicalname="\(name)" />
            <Dependent type="29" />
          </MissingDependency>
      """
    }
    let text = manifest(entry("a_b") + entry("a") + entry("a"))
    let edits = try XMLSection(Array(text.utf8)).removingDependencies(on: LogicalName("A"))
    #expect(edited(text, edits) == manifest(entry("a_b")))
  }

  @Test func `items of a YAML list return to their places`() throws {
    func list(_ names: String...) -> String {
      "\u{FEFF}connectionReferences:\r\n"
        + names.map {
          "  - connectionReferenceLogicalName: \($0)\r\n    connectorId: /apis/\($0)"
        }.joined(separator: "\r\n")
    }
    let former = list("a", "b")
    for text in [list("x", "b"), list("b", "x"), list("b")] {
      let own = try #require(try YAMLList(Array(text.utf8)).declarations)
      let other = try #require(try YAMLList(Array(former.utf8)).declarations)
      #expect(
        edited(text, own.restoring(["a"], from: other, takingOut: ["x"])) == former)
    }
  }

  @Test func `a list at the indentation of its key is a list, a mapping is none`() throws {
    let text = "SolutionComponents:\n  Component:\n  - '@path': /a/b\n  - '@path': /c\nOther: 1\n"
    #expect(try YAMLList(Array(text.utf8)).components?.keys == ["/a/b", "/c"])
    let single = "SolutionComponents:\n  Component:\n    '@path': /a/b\n"
    #expect(try YAMLList(Array(single.utf8)).components == nil)
  }

  @Test func `the connector of a declaration is restored, what else it says stays`() throws {
    func declaration(_ name: String, _ connector: String) -> String {
      "connectionreference:\n  '@connectionreferencelogicalname': a\n"
        + "  connectionreferencedisplayname: \(name)\n\(connector)  statecode: 0\n"
    }
    let custom = "  connectorid: /apis/shared_a\n  customconnectorid:\n    connectorid: 1\n"
    let text = declaration("New name", "  connectorid: /apis/shared_b\n")
    let own = try #require(try YAMLList(Array(text.utf8)).parts)
    let other = try #require(try YAMLList(Array(declaration("Old", custom).utf8)).parts)
    let parts = ["connectorid", "customconnectorid"]
    #expect(
      edited(text, own.restoring(parts, from: other, takingOut: parts))
        == declaration("New name", custom))
  }
}
