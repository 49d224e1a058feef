import Solution
import Testing

@Suite struct YAMLLayoutTests {
  private func reference(_ name: String, more: String = "") -> String {
    """
    connectionreference:
      '@connectionreferencelogicalname': \(name)
      connectionreferencedisplayname: 1.10
      connectorid: /providers/Microsoft.PowerApps/apis/shared_sql
      iscustomizable: 1
    \(more)
    """
  }

  private func manifest(_ name: String) -> String {
    """
    ImportExportXml:
      '@version': 9.2
      SolutionManifest:
        UniqueName: \(name)
        Descriptions: \n    Publisher:
          UniqueName: Acme
    """
  }

  private func components(_ paths: String...) -> String {
    "SolutionComponents:\n  Component:\n" + paths.map { "  - '@path': \($0)\n" }.joined()
  }

  private let flow =
    #"{"properties":{"connectionReferences":{"a":{"connection":{"connectionReferenceLogicalName":"a_b"}}}}}"#

  @Test func `a root with one solution is read`() throws {
    let (snapshot, problems) = FilesInMemory([
      "r/solutions/Leave/solution.yml": manifest("Leave"),
      "r/solutions/Leave/solutioncomponents.yml": components(
        "/publishers/Acme", "/connectionreferences/a_b"),
      "r/solutions/Leave/missingdependencies.yml": "MissingDependencies: \n",
      "r/publishers/Acme/publisher.yml":
        "Publisher:\n  UniqueName: Acme\n  CustomizationPrefix: abc\n",
      "r/connectionreferences/a_b/connectionreference.yml": reference("a_b"),
      "r/modernflows/Approve-0A1B2C3D-1111-2222-3333-444455556666.json": flow,
    ]).snapshot()
    #expect(problems.isEmpty)
    let instance = try #require(snapshot.instances.first)
    #expect(snapshot.instances.count == 1)
    #expect(instance.folder == "r")
    #expect(instance.form == .yaml)
    #expect(instance.uniqueName == "Leave")
    #expect(instance.publisherPrefix == "abc")
    #expect(instance.declarations == .read)
    #expect(instance.consumers.map(\.id) == ["0a1b2c3d-1111-2222-3333-444455556666"])
    let found = try #require(instance.references.first)
    #expect(found.name.spelling == "a_b")
    // A number as YAML types it would have lost the zero.
    #expect(found.displayName == "1.10")
    #expect(found.connector?.name == "shared_sql")
    #expect(
      found.place == Place(path: "r/connectionreferences/a_b/connectionreference.yml", line: 2))
  }

  @Test func `CRLF and a byte order mark change nothing`() {
    let text = reference("a_b").replacing("\n", with: "\r\n")
    for content: FilesInMemory.Content in [.text(text), .bytes(utf8WithMark(text))] {
      let (snapshot, problems) = FilesInMemory(contents: [
        "connectionreferences/a_b/connectionreference.yml": content
      ]).snapshot()
      #expect(problems.isEmpty)
      #expect(snapshot.instances.first?.references.map(\.displayName) == ["1.10"])
    }
  }

  @Test func `a nested custom connector, an empty value and a stub are distinguished`() {
    let (snapshot, _) = FilesInMemory([
      "connectionreferences/a_1/connectionreference.yml": reference(
        "a_1", more: "  customconnectorid:\n    connectorid: 0A1B2C3D-1111-2222-3333-444455556666"),
      "connectionreferences/a_2/connectionreference.yml":
        "connectionreference:\n  '@connectionreferencelogicalname': a_2\n  connectorid: \n",
      "connectionreferences/a_3/connectionreference.yml":
        "connectionreference:\n  '@connectionreferencelogicalname': a_3\n",
    ]).snapshot()
    let references = snapshot.instances.first?.references ?? []
    #expect(
      references.map(\.connector?.customID) == ["0a1b2c3d-1111-2222-3333-444455556666", nil, nil])
    #expect(references.map(\.connector?.name) == ["shared_sql", nil, nil])
    #expect(references.map(\.isStub) == [false, false, true])
  }

  @Test func `the server's other notations and hand-made names are read`() {
    let (snapshot, problems) = FilesInMemory([
      "connectionreferences/a_1/connectionreference.xml":
        #"<connectionreference connectionreferencelogicalname="a_1"><connectorid>/x/shared_sql</connectorid></connectionreference>"#,
      "connectionreferences/a_2/connectionreference.json":
        #"{"connectionreference": {"@connectionreferencelogicalname": "a_2", "connectorid": "shared_sql"}}"#,
      "connectionreferences/a_3.yml": reference("a_3"),
    ]).snapshot()
    #expect(problems.isEmpty)
    let references = (snapshot.instances.first?.references ?? []).sorted { $0.name < $1.name }
    #expect(references.map(\.name.key) == ["a_1", "a_2", "a_3"])
    #expect(references.map(\.connector?.name) == ["shared_sql", "shared_sql", "shared_sql"])
  }

  @Test func `several solutions share a root by their component lists`() {
    let (snapshot, problems) = FilesInMemory([
      "solutions/A/solution.yml": manifest("A"),
      // One component is a mapping, several are a list.
      "solutions/A/solutioncomponents.yml":
        "SolutionComponents:\n  Component:\n    '@path': /connectionreferences/a_1\n",
      "solutions/B/solution.yml": manifest("B"),
      "solutions/B/solutioncomponents.yml": components(
        "/connectionreferences/a_2", "/connectionreferences/A_1", "/modernflows/Two-\(guid)"),
      "connectionreferences/a_1/connectionreference.yml": reference("a_1"),
      "connectionreferences/a_2/connectionreference.yml": reference("a_2"),
      "connectionreferences/a_3/connectionreference.yml": reference("a_3"),
      "modernflows/One-00000000-1111-2222-3333-444455556666.json": flow,
      "modernflows/Two-\(guid).json": flow,
    ]).snapshot()
    #expect(snapshot.instances.map(\.uniqueName) == ["A", "B"])
    #expect(snapshot.instances.map { $0.references.map(\.name.key) } == [["a_1"], ["a_1", "a_2"]])
    #expect(snapshot.instances.map { $0.consumers.map(\.name) } == [["One"], ["Two"]])
    #expect(
      problems.map(\.message) == ["declares 'a_3', which no solutioncomponents.yml lists"])
    #expect(problems.map(\.hidesContent) == [false])
    #expect(snapshot.instances.map { $0.unlisted.map(\.name.key) } == [["a_3"], ["a_3"]])
    #expect(
      snapshot.instances.map(\.memberList)
        == ["solutions/A/solutioncomponents.yml", "solutions/B/solutioncomponents.yml"])
  }

  @Test func `a list of other components says that no reference belongs to the solution`() {
    let (snapshot, _) = FilesInMemory([
      "solutions/A/solution.yml": manifest("A"),
      "solutions/A/solutioncomponents.yml": components("/modernflows/Two-\(guid)"),
      "connectionreferences/a_1/connectionreference.yml": reference("a_1"),
    ]).snapshot()
    #expect(snapshot.instances.map { $0.references.count } == [0])
    #expect(snapshot.instances.map { $0.unlisted.map(\.name.key) } == [["a_1"]])
  }

  private let guid = "0A1B2C3D-1111-2222-3333-444455556666"

  @Test func `where no list names a reference all belong to the solution`() {
    let (snapshot, problems) = FilesInMemory([
      "solutions/A/solution.yml": manifest("A"),
      "solutions/A/solutioncomponents.yml": "SolutionComponents: \n",
      "connectionreferences/a_1/connectionreference.yml": reference("a_1"),
    ]).snapshot()
    #expect(problems.isEmpty)
    #expect(snapshot.instances.map { $0.references.count } == [1])
  }

  @Test func `a manifest without references declares none`() {
    let (snapshot, _) = FilesInMemory(["solutions/A/solution.yml": manifest("A")]).snapshot()
    #expect(snapshot.instances.map(\.declarations) == [.read])
  }

  @Test func `missing dependencies are read, one or several`() {
    let one = """
      MissingDependencies:
        MissingDependency:
          Required:
            '@type': connectionreference
            '@displayName': a_b
            '@solution': Active
            '@id.connectionreferencelogicalname': a_b
          Dependent:
            '@type': 29
      """
    let several = """
      MissingDependencies:
        MissingDependency:
        - Required:
            '@type': connectionreference
            '@solution': Base (1.0.0.1)
            '@id.connectionreferencelogicalname': a_c
        - Required:
            '@type': 1
            '@schemaName': account
      """
    for (text, names, origin) in [
      (one, ["a_b"], ExternalReference.Origin.active), (several, ["a_c"], .solution("Base")),
    ] {
      let (snapshot, _) = FilesInMemory([
        "solutions/A/solution.yml": manifest("A"), "solutions/A/missingdependencies.yml": text,
      ]).snapshot()
      #expect(snapshot.instances.first?.externals.map(\.name.key) == names)
      #expect(snapshot.instances.first?.externals.map(\.origin) == [origin])
    }
  }

  @Test(arguments: [
    ("", "is empty"),
    ("a: [1", "is not valid YAML: did not find expected ',' or ']'"),
    ("a: 1\na: 2", "is not valid YAML: duplicate key 'a'"),
    ("a: &x 1\nb: *x", "holds a YAML anchor, alias or tag, which is refused"),
    ("a: !!str &x 1", "holds a YAML anchor, alias or tag, which is refused"),
    ("a: [&x [1], *x]", "holds a YAML anchor, alias or tag, which is refused"),
    (
      "connectionreference:\n<<<<<<< a\n  x: 1\n=======\n  x: 2\n>>>>>>> b\n",
      "holds conflict markers"
    ),
    (
      "connectionreference:\n  statecode: 0", "declares a connection reference without logical name"
    ),
  ])
  func `a file that cannot be read leaves the declarations unknown`(text: String, message: String) {
    let (snapshot, problems) = FilesInMemory([
      "connectionreferences/a_1/connectionreference.yml": text,
      "connectionreferences/a_2/connectionreference.yml": reference("a_2"),
    ]).snapshot()
    #expect(snapshot.instances.map(\.declarations) == [.unreadable])
    #expect(snapshot.instances.map { $0.references.map(\.name.key) } == [["a_2"]])
    #expect(problems.map(\.message) == [message])
  }

  @Test func `a bomb of nesting is refused`() {
    let (snapshot, problems) = FilesInMemory([
      "connectionreferences/a_1/connectionreference.yml": String(repeating: "[", count: 100_000)
    ]).snapshot()
    #expect(snapshot.instances.map(\.declarations) == [.unreadable])
    #expect(problems.count == 1)
  }

  @Test func `an ampersand inside text is no anchor`() {
    let (snapshot, problems) = FilesInMemory([
      "connectionreferences/a_1/connectionreference.yml":
        "connectionreference:\n  '@connectionreferencelogicalname': a_1\n"
        + "  connectionreferencedisplayname: Sales & R&D Hi! *new*\n"
    ]).snapshot()
    #expect(problems.isEmpty)
    #expect(
      snapshot.instances.first?.references.map(\.displayName) == ["Sales & R&D Hi! *new*"])
  }
}
