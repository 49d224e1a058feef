import TestSupport
import Testing

/// The numbers in the last line of a run: all commands count alike.
@Suite struct CountingTests {
  private static let two = "2 solutions, 2 references, 2 flows"

  /// Two solutions, a zip of another one, and a file that only looks like a manifest.
  private func repository() throws -> TestRepository {
    let mail = Sales.Reference("service_Mail", "Mail", "shared_office365")
    let service = Sales([mail], [Sales.remind(mail)], name: "Service")
    let others = Sales(
      [Sales.other], [Sales.archive(Sales.other)], name: "Others"
    ).files(.plain, in: "").sorted { $0.key < $1.key }
    let files = Sales.base.files().merging(service.files()) { $1 }.merging([
      "dependencies/Others_1_0_0_0.zip": TestFile(
        bytes: storedZip(others.map { (path: $0.key, content: $0.value.bytes) })),
      "solutions/Sales/Other/Relationships/Solution.xml": "<EntityRelationships />",
    ]) { $1 }
    return try TestRepository {
      Commit("base", files)
      Commit("changed", Sales([Sales.old], [Sales.approve(Sales.old)], version: "1.0.0.1").files())
    }
  }

  @Test func `a check, an audit, a history and a list count the same`() throws {
    let fixture = try repository()
    #expect(
      try fixture.connref("check", "HEAD~1..HEAD").stderr.contains("checked \(Self.two) in 2"))
    #expect(try fixture.connref("audit").stderr.contains("audited \(Self.two)"))
    #expect(try fixture.connref("history").stderr.contains("checked \(Self.two) in 2 commits"))
    #expect(
      try fixture.connref("list").stderr.contains(
        "listed 2 solutions, 2 references, 0 settings files, not counted: 1 zip, clone or older release"
      ))
    #expect(try fixture.connref("config", "--init").stderr.contains("2 solutions, "))
  }

  @Test func `where no file of a solution differs, nothing was looked at`() throws {
    let outcome = try repository().connref("check", "--format", "json")
    for name in ["solutions", "references", "consumers"] {
      #expect(outcome.stdout.contains("\"\(name)\": 0"))
    }
    #expect(outcome.stderr.contains("checked 2 revisions, no file of a solution differs"))
  }

  @Test func `a repository of builds alone counts them`() throws {
    let build = Sales.base.files(.plain, in: "").sorted { $0.key < $1.key }
    let fixture = try TestRepository {
      Commit(
        "base",
        [
          "Sales.zip": TestFile(
            bytes: storedZip(build.map { (path: $0.key, content: $0.value.bytes) }))
        ])
    }
    let one = "1 solution, 1 reference, 1 flow"
    #expect(try fixture.connref("audit").stderr.contains("audited \(one)"))
    #expect(try fixture.connref("history").stderr.contains("checked \(one) in 1 commit"))
    #expect(
      try fixture.connref("list").stderr.contains(
        "listed 1 solution, 1 reference, 0 settings files"))
  }
}
