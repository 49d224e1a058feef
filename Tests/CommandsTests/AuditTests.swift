import TestSupport
import Testing

/// An environment's saved answers beside a revision, as a user runs it.
@Suite struct AuditCommandTests {
  private func answer(_ table: String, _ rows: String) -> TestFile {
    TestFile(
      #"""
      {"@odata.context": "https://contoso.crm4.dynamics.com/api/data/v9.2/$metadata#\#(table)",
       "value": [\#(rows)]}
      """#)
  }

  private func fixture() throws -> TestRepository {
    let flows = [Sales.approve(Sales.old), Sales.archive(Sales.other)]
    let fixture = try TestRepository {
      Commit("base", Sales([Sales.old, Sales.other], flows).files())
    }
    try fixture.write([
      "prod/connectionreferences-1.json": answer(
        "connectionreferences",
        """
        {"connectionreferenceid": "1", "connectionreferencelogicalname": "\(Sales.old.name)",
         "connectorid": "/providers/Microsoft.PowerApps/apis/shared_sharepointonline",
         "connectionid": "", "statecode": 0, "_ownerid_value": "u1"},
        {"connectionreferenceid": "2", "connectionreferencelogicalname": "\(Sales.other.name)",
         "connectorid": "/providers/Microsoft.PowerApps/apis/shared_sharepointonline",
         "connectionid": "4f8c0d2e91b74a6c8e15d3a7b60f9c21", "statecode": 0, "_ownerid_value": "u2"}
        """),
      "prod/workflows-1.json": answer(
        "workflows",
        """
        {"workflowid": "\(Sales.approveID)", "name": "Approve order", "category": 5, "type": 1,
         "statecode": 0, "clientdata":
         "{\\"properties\\": {\\"connectionReferences\\": {\\"a\\": {\\"connection\\": {\\"connectionReferenceLogicalName\\": \\"\(Sales.old.name)\\"}}}}}"}
        """),
      "prod/systemusers-1.json": answer(
        "systemusers",
        """
        {"systemuserid": "u1", "applicationid": null, "domainname": "anna.berg@contoso.com"},
        {"systemuserid": "u2", "applicationid": "b1"}
        """),
    ])
    return fixture
  }

  @Test func `an environment is judged beside the revision`() throws {
    try expectSnapshot(
      "audit-inventory", of: fixture().connref("audit", "HEAD", "--inventory", "prod"))
  }

  @Test func `an answer that is none ends as could not tell`() throws {
    let fixture = try fixture()
    try fixture.write("<html>Sign in</html>", to: "prod/workflows-2.json")
    let outcome = try fixture.connref("audit", "HEAD", "--inventory", "prod")
    #expect(outcome.status == 2)
    #expect(
      outcome.stderr.contains("error: could not read 'prod/workflows-2.json': is HTML, not JSON"))
    let nothing = try fixture.connref("audit", "--inventory", "nope")
    #expect(nothing.status == 2)
    #expect(
      nothing.stderr.hasPrefix(
        "error: could not find 'nope'\nhint: connref inventory fetch --environment URL --output FOLDER\n"
      ))
  }

  @Test func `a build without the program for environments says so`() throws {
    let fixture = try TestRepository()
    // The folder that the tests are built into has the program where its tests are built too.
    let tool = try fixture.copyOfTool()
    let outcome = try Command(
      tool, "inventory", "fetch", "-e", "a.crm.dynamics.com", "--output", "x", in: fixture.path
    ).run()
    #expect(outcome.status == 2)
    #expect(
      outcome.stderr.hasPrefix(
        "error: could not find connref-inventory, the program that asks environments"))
  }

  @Test func `an inventory and an environment at once are wrong usage`() throws {
    let outcome = try TestRepository().connref("audit", "--inventory", "a", "--environment", "b")
    #expect(outcome.status == 64)
  }
}

extension TestRepository {
  /// The tool in a folder of its own, without what was built beside it.
  fileprivate func copyOfTool() throws -> String {
    let place = "\(path)/tool"
    try Command("mkdir", place).succeed()
    try Command("cp", "\(Tool.folder)/connref", place).succeed()
    return "\(place)/connref"
  }
}
