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

  private let told = [
    "warning link-unresolved: sales_Gone -> ", "note name-off-convention:  -> \(Sales.old.name)",
  ]

  @Test func `a revision is told by itself, and the worktree as it is`() throws {
    let fixture = try fixture()
    #expect(try audit(fixture.path).told == told)
    try fixture.write(TestFile(Sales.archive(Sales.old).definition), to: path(of: broken))
    #expect(try audit(fixture.path).told == [told[1]])
    let outcome = try audit(fixture.path, at: "HEAD")
    #expect(outcome.told == told)
    #expect(outcome.before == .revision("HEAD") && outcome.after == outcome.before)
    #expect(outcome.solutions == 1 && outcome.references == 1 && outcome.consumers == 2)
  }

  @Test func `a bare repository is looked at by its HEAD`() throws {
    let fixture = try fixture()
    try fixture.git("clone", "--quiet", "--bare", ".", "bare.git")
    #expect(try audit(fixture.path + "/bare.git").told == told)
  }

  @Test func `what cannot be read cannot be told, and nothing is called unused`() throws {
    let fixture = try fixture()
    try fixture.write(TestFile("{"), to: path(of: Sales.approve(Sales.old)))
    let outcome = try audit(fixture.path)
    #expect(outcome.unknown.count == 1)
    #expect(outcome.told == told)
  }

  @Test func `a build beside its solution is not judged, and alone it is`() throws {
    let files = Sales([Sales.old], [Sales.approve(Sales.old), broken]).files(.plain, in: "")
    let zip = storedZip(files.sorted { $0.key < $1.key }.map { ($0.key, $0.value.bytes) })
    let fixture = try TestRepository { Commit("base", ["Sales.zip": TestFile(bytes: zip)]) }
    #expect(try audit(fixture.path).told == told)
    try fixture.write(Sales([Sales.old], [Sales.approve(Sales.old)]).files())
    #expect(try audit(fixture.path).told == [told[1]])
  }

  private func path(of flow: Sales.Flow) -> String {
    "solutions/Sales/Workflows/\(flow.fileName)"
  }
}
