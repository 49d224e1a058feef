import Solution
import Testing

@Suite struct CustomizationsTests {
  private let path = "Other/Customizations.xml"

  private func instance(_ text: String) -> Instance? {
    instance(.text(text)).0
  }

  private func instance(_ content: FilesInMemory.Content) -> (Instance?, [Problem]) {
    let (snapshot, problems) = FilesInMemory(contents: [path: content]).snapshot()
    return (snapshot.instances.first, problems)
  }

  private func references(_ section: String) -> [Reference] {
    instance("<ImportExportXml>\(section)</ImportExportXml>")?.references ?? []
  }

  @Test func `every encoding gives the same reference`() {
    let text = """
      <?xml version="1.0" encoding="utf-8"?>\r
      <ImportExportXml xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\r
        <connectionreferences>\r
          <connectionreference connectionreferencelogicalname="abc_Łąka">\r
            <connectorid>/providers/Microsoft.PowerApps/apis/shared_sql</connectorid>\r
          </connectionreference>\r
        </connectionreferences>\r
      </ImportExportXml>
      """
    let declared16 = text.replacing("utf-8", with: "utf-16")
    for content: FilesInMemory.Content in [
      .text(text), .bytes(utf8WithMark(text)), .bytes(utf16(declared16)),
      .bytes(utf16(declared16, bigEndian: true)), .text(text.replacing("\r\n", with: "\n")),
    ] {
      let (instance, problems) = instance(content)
      #expect(problems.isEmpty)
      #expect(instance?.references.map(\.name.spelling) == ["abc_Łąka"])
      #expect(instance?.references.map(\.place.line) == [4])
    }
  }

  @Test func `one line without XML declaration is enough`() {
    let found = references(
      #"<connectionreferences><connectionreference connectionreferencelogicalname="a_b"/>"#
        + #"<connectionreference connectionreferencelogicalname="a_c"/></connectionreferences>"#)
    #expect(found.map(\.name.key) == ["a_b", "a_c"])
    #expect(found.map(\.place.line) == [1, 1])
  }

  @Test func `a display name keeps entities, line breaks and its outer space`() {
    let found = references(
      """
      <connectionreferences><connectionreference connectionreferencelogicalname="a_b">
      <connectionreferencedisplayname>R&amp;D &lt;team&gt;
      Mail </connectionreferencedisplayname></connectionreference></connectionreferences>
      """)
    #expect(found.first?.displayName == "R&D <team>\nMail ")
  }

  @Test func `a custom connector's nested id is not the connector id`() {
    let found = references(
      """
      <connectionreferences><connectionreference connectionreferencelogicalname="a_b">
      <customconnectorid><connectorid>0A1B2C3D-1111-2222-3333-444455556666</connectorid>
      </customconnectorid>
      <connectorid>/providers/Microsoft.PowerApps/apis/shared_a-5fpay-5f0123456789abcdef</connectorid>
      </connectionreference></connectionreferences>
      """)
    let connector = found.first?.connector
    #expect(connector?.name == "shared_a-5fpay-5f0123456789abcdef")
    #expect(connector?.customID == "0a1b2c3d-1111-2222-3333-444455556666")
    #expect(connector?.stableName == "shared_a-5fpay")
  }

  @Test func `an element without children is a stub, whose fields are unknown`() {
    let found = references(
      """
      <connectionreferences>
      <connectionreference connectionreferencelogicalname="a_b"></connectionreference>
      <connectionreference connectionreferencelogicalname="a_c" />
      <connectionreference connectionreferencelogicalname="a_d"><statecode>0</statecode>
      </connectionreference></connectionreferences>
      """)
    #expect(found.map(\.isStub) == [true, true, false])
    #expect(found.map(\.displayName) == [nil, nil, nil])
    #expect(found.map(\.connector) == [nil, nil, nil])
  }

  @Test(arguments: [
    "", "<connectionreferences />", "<connectionreferences></connectionreferences>",
  ])
  func `no section and an empty one both declare nothing`(section: String) {
    let instance = instance("<ImportExportXml>\(section)</ImportExportXml>")
    #expect(instance?.declarations == .read)
    #expect(instance?.references.isEmpty == true)
  }

  @Test func `sections that look alike are not read`() {
    let found = references(
      """
      <ConnectionReferences><connectionreference connectionreferencelogicalname="x_1"/>
      </ConnectionReferences>
      <CanvasApps><CanvasApp><ConnectionReferences>{"connectionreference": 1}</ConnectionReferences>
      <connectionreferences><connectionreference connectionreferencelogicalname="x_2"/>
      </connectionreferences></CanvasApp></CanvasApps>
      <environmentvariabledefinition schemaname="x_shared_sharepointonline_f3b34deb01d2402392de"/>
      """)
    #expect(found.isEmpty)
  }

  @Test func `a prefix may end in an underscore`() {
    let found = references(
      #"<connectionreferences><connectionreference connectionreferencelogicalname="pre__sharedsql_3ed25"/>"#
        + "</connectionreferences>")
    #expect(found.first?.name.randomSuffix == "3ed25")
  }

  @Test func `an element without a name is a problem, and the others are read`() {
    let (instance, problems) = instance(
      .text(
        """
        <ImportExportXml><connectionreferences>
        <connectionreference><statecode>0</statecode></connectionreference>
        <connectionreference connectionreferencelogicalname="a_b"/>
        </connectionreferences></ImportExportXml>
        """))
    #expect(instance?.references.map(\.name.key) == ["a_b"])
    #expect(problems.map(\.line) == [2])
  }

  @Test(arguments: [
    ("", nil as Int?, "is empty"),
    ("<ImportExportXml>\n<connectionreferences>", 2, "is not well-formed XML: no element found"),
    (
      "<ImportExportXml>\n<<<<<<< HEAD\n<a/>\n=======\n<b/>\n>>>>>>> topic\n</ImportExportXml>", 2,
      "holds conflict markers"
    ),
    (
      "<!DOCTYPE a [<!ENTITY b \"c\">]><ImportExportXml/>", 1,
      "has a document type declaration, which is refused"
    ),
  ])
  func `a file that is no XML leaves the declarations unknown`(
    text: String, line: Int?, message: String
  ) throws {
    let (instance, problems) = instance(.text(text))
    #expect(instance?.declarations == .unreadable)
    let problem = try #require(problems.first)
    #expect(problem.path == path)
    #expect(text.isEmpty || problem.line == line)
    #expect(problem.message == message)
    #expect(problem.hidesContent)
    #expect(problem.content != nil)
  }

  @Test func `a Git LFS pointer is named as one`() {
    let (instance, problems) = instance(
      .text("version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 12\n"))
    #expect(instance?.declarations == .unreadable)
    #expect(problems.first?.message.hasPrefix("is a Git LFS pointer") == true)
    #expect(problems.first?.message.contains("\nhint: ") == true)
  }

  @Test func `a symbolic link is not followed and leaves the declarations unknown`() {
    let (instance, problems) = instance(.symbolicLink)
    #expect(instance?.declarations == .unreadable)
    #expect(problems.map(\.message) == ["is a symbolic link, which is never followed"])
    #expect(problems.map(\.hidesContent) == [true])
  }

  @Test func `a file over the cap is a problem that names the cap`() {
    let (_, problems) = instance(.bytes([UInt8](repeating: 0x20, count: 33 << 20)))
    #expect(
      problems.map(\.message) == [
        "is larger than the limit of 32 MB: 34603008 bytes\n"
          + "hint: name the folders to look at under 'solutions:' in .connref.yml"
      ])
  }

  @Test func `another root in Other is a problem, elsewhere another tool's file`() {
    let (_, problems) = instance(.text("<connectionreferences/>"))
    #expect(problems.isEmpty)
    let (snapshot, more) = FilesInMemory([
      path: "<connectionreferences/>",
      "Other/Solution.xml": "<ImportExportXml><SolutionManifest/></ImportExportXml>",
      "nant/solution.xml": "<project/>",
    ]).snapshot()
    #expect(snapshot.instances.map(\.folder) == [""])
    #expect(snapshot.instances.map(\.declarations) == [.unreadable])
    #expect(more.map(\.path) == [path])
  }

  @Test func `two files that differ by letter case are both read`() {
    func file(_ name: String) -> String {
      """
      <ImportExportXml><connectionreferences>
      <connectionreference connectionreferencelogicalname="\(name)"/>
      <connectionreference connectionreferencelogicalname="a_both"/>
      </connectionreferences></ImportExportXml>
      """
    }
    let (snapshot, problems) = FilesInMemory([
      "s/Other/Customizations.xml": file("a_1"), "s/Other/customizations.xml": file("a_2"),
    ]).snapshot()
    #expect(snapshot.instances.count == 1)
    #expect(snapshot.instances.first?.references.map(\.name.key) == ["a_1", "a_both", "a_2"])
    #expect(problems.map(\.path) == ["s/Other/customizations.xml"])
    #expect(problems.map(\.hidesContent) == [false])
  }
}
