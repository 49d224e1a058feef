import Detection
import Review
import TestSupport
import Testing

/// Solutions that share a root share its files.
@Suite struct SharedRootTests {
  private func files(
    _ references: [Sales.Reference], listing claims: [Sales.Reference],
    _ other: [Sales.Reference]
  ) -> [String: TestFile] {
    let flows = [Sales.approve(Sales.old)]
    var files = Sales(references, flows, name: "Claims").files(.yaml, in: "")
    files.merge(Sales(references, flows, name: "Other").files(.yaml, in: "")) { $1 }
    for (name, listed) in [("Claims", claims), ("Other", other)] {
      let path = "solutions/\(name)/solutioncomponents.yml"
      files[path] = Sales(listed, flows, name: name).files(.yaml, in: "")[path]
    }
    return files
  }

  private func check(_ after: [String: TestFile]) throws -> [Finding] {
    let before = files([Sales.old, Sales.other], listing: [Sales.old], [Sales.old, Sales.other])
    let fixture = try TestRepository { Commit("base", before) }
    try fixture.stage(before.becoming(after))
    return try fixture.check().findings
  }

  @Test func `what all of them lost is one finding, with each flow once`() throws {
    let findings = try check(
      files([Sales.old, Sales.other], listing: [Sales.other], [Sales.other])
    )
    .filter { $0.severity == .error }
    #expect(findings.map(\.rule) == [.referenceRemoved])
    #expect(findings.first?.consumers.map(\.name) == ["Approveorder"])
    #expect(findings.first?.summary == "'SharePoint Sales' was removed while a flow still uses it")
  }

  @Test func `its fix names the list of each`() throws {
    let finding = try #require(
      try check(files([Sales.old, Sales.other], listing: [Sales.other], [Sales.other])).first)
    #expect(
      finding.fix.map(\.line)
        == ["Claims", "Other"].map {
          "add the line '- '@path': /connectionreferences/\(Sales.old.name)' to "
            + "'solutions/\($0)/solutioncomponents.yml' again"
        })
  }

  @Test func `what one of them still lists is not removed`() throws {
    let findings = try check(
      files([Sales.old, Sales.other], listing: [Sales.old], [Sales.other]))
    #expect(findings.allSatisfy { $0.severity == .note })
  }

  @Test func `a reference that solutions of two roots re-create is one finding`() throws {
    func files(_ reference: Sales.Reference) -> [String: TestFile] {
      ["Claims", "Other"].reduce(into: [:]) { files, name in
        files.merge(
          Sales([reference], [Sales.approve(reference)], name: name).files(.yaml)
        ) { $1 }
      }
    }
    let fixture = try TestRepository { Commit("base", files(Sales.old)) }
    try fixture.stage(files(Sales.old).becoming(files(Sales.new)))
    #expect(try fixture.check().reported == [recreatedError])
  }
}
