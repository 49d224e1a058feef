import Detection
import Git
import Review
import TestSupport
import Testing

@Suite struct AuditTests {
  private let broken = Sales.archive(Sales.Reference("sales_Gone", ""))

  private func fixture() throws -> TestRepository {
    try TestRepository {
      Commit("base", Sales([Sales.old], [Sales.approve(Sales.old), broken]).files())
    }
  }

  private func audit(_ path: String, at revision: String? = nil) throws -> CheckOutcome {
    try Audit(
      Repository(folder: path, environment: Command.closedWorld),
      options: Check.Options(today: .distantFuture)
    ).outcome(at: revision)
  }

  private let reported = [
    "warning link-unresolved: sales_Gone -> ", "note name-off-convention:  -> \(Sales.old.name)",
  ]

  @Test func `a revision is audited by itself, and the worktree as it is`() throws {
    let fixture = try fixture()
    #expect(try audit(fixture.path).reported == reported)
    try fixture.write(TestFile(Sales.archive(Sales.old).definition), to: path(of: broken))
    #expect(try audit(fixture.path).reported == [reported[1]])
    let outcome = try audit(fixture.path, at: "HEAD")
    #expect(outcome.reported == reported)
    #expect(outcome.before == .revision("HEAD") && outcome.after == outcome.before)
    #expect(
      outcome.scope.solutions == 1 && outcome.scope.references == 1 && outcome.scope.consumers == 2)
  }

  @Test func `a bare repository is looked at by its HEAD`() throws {
    let fixture = try fixture()
    try fixture.git("clone", "--quiet", "--bare", ".", "bare.git")
    #expect(try audit(fixture.path + "/bare.git").reported == reported)
  }

  @Test func `what cannot be read is unknown, and nothing is called unused`() throws {
    let fixture = try fixture()
    try fixture.write(TestFile("{"), to: path(of: Sales.approve(Sales.old)))
    let outcome = try audit(fixture.path)
    #expect(outcome.unknown.count == 1)
    #expect(outcome.reported == reported)
  }

  @Test func `a build beside its solution is not judged, and alone it is`() throws {
    let files = Sales([Sales.old], [Sales.approve(Sales.old), broken]).files(.plain, in: "")
    let zip = storedZip(files.sorted { $0.key < $1.key }.map { ($0.key, $0.value.bytes) })
    let fixture = try TestRepository { Commit("base", ["Sales.zip": TestFile(bytes: zip)]) }
    #expect(try audit(fixture.path).reported == reported)
    try fixture.write(Sales([Sales.old], [Sales.approve(Sales.old)]).files())
    #expect(try audit(fixture.path).reported == [reported[1]])
  }

  private func path(of flow: Sales.Flow) -> String {
    "solutions/Sales/Workflows/\(flow.fileName)"
  }
}
