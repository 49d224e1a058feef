import Solution
import Testing

@Suite struct ManifestTests {
  private func instance(_ manifest: String) -> Instance? {
    FilesInMemory([
      "a/Other/Solution.xml":
        "<ImportExportXml><SolutionManifest>\n\(manifest)</SolutionManifest></ImportExportXml>"
    ]).snapshot().snapshot.instances.first
  }

  @Test func `without declarations absence says nothing`() {
    let instance = instance("<UniqueName>Leave</UniqueName>")
    #expect(instance?.uniqueName == "Leave")
    #expect(instance?.declarations == .absent)
    #expect(instance?.publisherPrefix == nil)
  }

  @Test func `the publisher's own unique name is not the solution's`() {
    let instance = instance(
      "<Publisher><UniqueName>Acme</UniqueName><CustomizationPrefix>pre_</CustomizationPrefix>"
        + "</Publisher>")
    #expect(instance?.uniqueName == "a")
    #expect(instance?.publisherPrefix == "pre_")
  }

  @Test func `required references are expected from elsewhere, each once`() {
    let required = #"<Required type="connectionreference" displayName="A_b" solution="#
    let name = #" id.connectionreferencelogicalname="A_b" />"#
    let dependent = #"<Dependent type="29" displayName="Flow" id="{0a}" />"#
    let instance = instance(
      """
      <MissingDependencies>
      <MissingDependency>\(required)"Active"\(name)\(dependent)</MissingDependency>
      <MissingDependency>\(required)"Active"\(name)\(dependent)</MissingDependency>
      <MissingDependency>\(required)"Base (1.2.0.4)"\(name)\(dependent)</MissingDependency>
      <MissingDependency><Required type="1" schemaName="account" solution="Active" /></MissingDependency>
      </MissingDependencies>
      """)
    #expect(instance?.externals.map(\.name.key) == ["a_b", "a_b"])
    #expect(instance?.externals.map(\.origin) == [.active, .solution("Base")])
    #expect(instance?.externals.map(\.place.line) == [3, 5])
  }

  /// A manifest as a large solution has it, most of which is searched and never parsed.
  private func large(_ required: String) -> String {
    """
    <UniqueName>Sales</UniqueName>
    <RootComponents>
      <RootComponent type="372" schemaName="a_pay" behavior="0" />
    </RootComponents>
    <MissingDependencies>
      <MissingDependency>
        <Required type="1" schemaName="connector" displayName="connectionreference" solution="Active" />
        <Dependent type="372" schemaName="a_pay" />
      </MissingDependency>
      <MissingDependency>
        \(required)
      </MissingDependency>
    </MissingDependencies>

    """
  }

  @Test func `what a large manifest needs is found among what it holds`() {
    let instance = instance(
      large(
        """
        <Required type="connectionreference" displayName="a &gt; b" solution="Base (1.0)"
          id.connectionreferencelogicalname="A_&#98;>" />
        <Dependent type="29" />
        <Required type='372' schemaName="Core_pay" id="{0A}"></Required>
        """))
    #expect(instance?.uniqueName == "Sales")
    #expect(instance?.externals.map(\.name.key) == ["a_b>"])
    #expect(instance?.externals.map(\.origin) == [.solution("Base")])
    #expect(instance?.externals.map(\.place.line) == [12])
    #expect(instance?.missingConnectors == ["0a", "core_pay"])
  }

  @Test func `a large manifest needs nothing that is only in a comment`() {
    let instance = instance(
      large(
        """
        <!-- <Required type="connectionreference" displayName="a_b" solution="Active" /> -->
        <Required type="connectionreference" displayName="a_c" solution="Active" />
        """))
    #expect(instance?.externals.map(\.name.key) == ["a_c"])
    #expect(instance?.externals.map(\.place.line) == [13])
  }

  @Test func `a reference that depends on a connector is not expected from elsewhere`() {
    let instance = instance(
      """
      <MissingDependencies><MissingDependency>
      <Required type="372" schemaName="a_pay" displayName="Pay" solution="Core (1.0)" id="{0a}" />
      <Dependent type="connectionreference" displayName="a_b" id.connectionreferencelogicalname="a_b" />
      </MissingDependency></MissingDependencies>
      """)
    #expect(instance?.externals.isEmpty == true)
    #expect(instance?.missingConnectors == ["0a", "a_pay", "pay"])
  }

  @Test(arguments: [
    "</RootComponents>", "</RootComponents>\n<<<<<<< a\n=======\n>>>>>>> b\n</ImportExportXml>",
  ])
  func `a manifest that is damaged among its components is a problem`(rest: String) {
    let (_, problems) = FilesInMemory([
      "a/Other/Solution.xml":
        "<ImportExportXml><SolutionManifest><UniqueName>Leave</UniqueName>\n<RootComponents>\n"
        + rest
    ]).snapshot()
    #expect(problems.map(\.path) == ["a/Other/Solution.xml"])
    #expect(problems.map(\.hidesContent) == [true])
    #expect(problems.allSatisfy { $0.line != nil })
  }

  @Test func `a manifest with conflict markers is a problem, the folder gives the name`() {
    let (snapshot, problems) = FilesInMemory([
      "leave/Other/Solution.xml": "<ImportExportXml>\n<<<<<<< a\n=======\n>>>>>>> b\n",
      "leave/Other/Customizations.xml": "<ImportExportXml/>",
    ]).snapshot()
    #expect(snapshot.instances.map(\.uniqueName) == ["leave"])
    #expect(snapshot.instances.map(\.declarations) == [.read])
    #expect(problems.map(\.line) == [2])
  }

  private func outline(_ manifest: String, givesBeginnings: Bool) -> (Instance?, [Problem]) {
    var files = FilesInMemory(["Sales/Other/Solution.xml": manifest])
    files.givesBeginnings = givesBeginnings
    var reader = SnapshotReader().outlining
    let (snapshot, problems) = reader.read(files)
    return (snapshot.instances.first, problems)
  }

  private func manifest(head: String = "", rest: String = "", end: String = "") -> String {
    "<ImportExportXml><SolutionManifest><UniqueName>Sales</UniqueName><Version>1.2</Version>"
      + "\(head)<RootComponents /><MissingDependencies><MissingDependency>"
      + #"<Required type="connectionreference" displayName="a_b" solution="Active" />"#
      + "</MissingDependency></MissingDependencies>\(rest)</SolutionManifest></ImportExportXml>\(end)"
  }

  @Test func `an outline needs the head of a manifest alone`() {
    let text = manifest(
      rest: String(repeating: " ", count: 20_000), end: String(repeating: "x", count: 100))
    let (instance, problems) = outline(text, givesBeginnings: true)
    #expect(instance?.uniqueName == "Sales")
    #expect(instance?.version == SolutionVersion("1.2"))
    #expect(instance?.externals.isEmpty == true)
    #expect(problems.isEmpty)
    #expect(!outline(text, givesBeginnings: false).1.isEmpty)
  }

  @Test(arguments: [true, false])
  func `an outline needs no addresses, unless something wanted follows them`(isBefore: Bool) {
    let managed = "<Managed>1</Managed>"
    let publisher =
      "<Publisher><UniqueName>acme</UniqueName><CustomizationPrefix>ac</CustomizationPrefix>"
      + "<Addresses><Address><City>Oslo</City></Address></Addresses></Publisher>"
    let (instance, problems) = outline(
      manifest(head: isBefore ? managed + publisher : publisher + managed), givesBeginnings: true)
    #expect(instance?.uniqueName == "Sales")
    #expect(instance?.publisherPrefix == "ac")
    #expect(instance?.isManaged == true)
    #expect(instance?.externals.isEmpty == true)
    #expect(problems.isEmpty)
  }

  @Test func `a head that is longer, or no document, is read with the rest`() {
    for head in [String(repeating: " ", count: 20_000), "<!-- <RootComponents -->"] {
      let (instance, problems) = outline(manifest(head: head), givesBeginnings: true)
      #expect(instance?.uniqueName == "Sales")
      #expect(instance?.externals.map(\.name.key) == ["a_b"])
      #expect(problems.isEmpty)
    }
  }
}
