import TestSupport
import Testing

/// `connref settings`, as a user meets it.
@Suite struct SettingsCommandTests {
  private let mail = Sales.Reference("new_sharedoffice365_3c4d5", "Mail", "shared_office365")

  private func repository() throws -> TestRepository {
    let flows = [Sales.approve(Sales.old), Sales.remind(mail)]
    return try TestRepository {
      Commit(
        "base",
        Sales([Sales.old, mail], flows).files().merging([
          "config/prod.json": Sales.settings([Sales.old]),
          "config/test.json": Sales.settings([Sales.old, mail, Sales.other]),
        ]) { $1 })
    }
  }

  @Test func `rows are added, and reported`() throws {
    let fixture = try repository()
    try expectSnapshot("settings-sync", of: fixture.connref("settings", "sync"))
    #expect(try fixture.git("diff", "--numstat") == "5\t0\tconfig/prod.json")
    let again = try fixture.connref("settings", "sync", "--check")
    #expect(again.status == 0)
    #expect(again.stdout == "")
  }

  @Test func `a dry run prints what git can apply, and writes nothing`() throws {
    let fixture = try repository()
    let dry = try fixture.connref("settings", "sync", "-e", "prod", "--dry-run")
    try expectSnapshot("settings-sync-dry-run", of: dry)
    #expect(try fixture.git("status", "--short") == "")
    try fixture.command("git", arguments: ["apply"]).reading(dry.stdoutBytes).succeed()
    #expect(try fixture.connref("settings", "sync", "--check", "-e", "prod").status == 0)
  }

  @Test func `the exit status is for pipelines`() throws {
    let fixture = try repository()
    let outcome = try fixture.connref("settings", "sync", "--check", "--quiet")
    #expect(outcome.status == 1)
    #expect(outcome.stdout.contains("+      \"LogicalName\": \"\(mail.name)\","))
    #expect(outcome.stderr == "")
    #expect(try fixture.git("status", "--short") == "")
  }

  @Test func `stale rows go when that is asked for`() throws {
    let fixture = try repository()
    let outcome = try fixture.connref(
      "settings", "sync", "--environment", "test", "--remove-stale")
    #expect(outcome.stdout.contains("removed  \(Sales.other.name)"))
    #expect(
      try fixture.contents("config/test.json") == Sales.settings([Sales.old, mail]).bytes)
  }

  @Test func `a file that cannot be used is named, and nothing is changed`() throws {
    let fixture = try repository()
    try fixture.write(
      "{\"ConnectionReferences\": [{\"LogicalName\": \"a_b\"},]}", to: "config/uat.json")
    let outcome = try fixture.connref("settings", "sync")
    #expect(outcome.status == 2)
    #expect(
      outcome.stderr.contains("error: could not use 'config/uat.json:1': it is not valid JSON"))
    #expect(outcome.stderr.contains("nothing was changed"))
    #expect(try fixture.git("status", "--short", "config/prod.json") == "")
  }

  @Test func `paths are relative to the current folder`() throws {
    let fixture = try repository()
    let outcome = try fixture.connref(
      "settings", "sync", "--file", "prod.json", in: "\(fixture.path)/config")
    #expect(outcome.status == 0)
    #expect(outcome.stdout.hasPrefix("config/prod.json\n"))
    let outside = try fixture.connref("settings", "sync", "--file", "../prod.json")
    #expect(outside.status == 64)
    #expect(outside.stderr.contains("leads out of the repository"))
  }

  @Test func `the configuration says which file is an environment's`() throws {
    let fixture = try repository()
    try fixture.write("environments: {live: {settings: [config/prod.json]}}\n", to: ".connref.yml")
    let outcome = try fixture.connref("settings", "sync", "-e", "live", "--dry-run")
    #expect(outcome.stderr.contains("config/prod.json (environment 'live' of .connref.yml)"))
    #expect(try fixture.connref("settings", "sync", "-e", "prod").status == 2)
  }

  @Test(arguments: [
    ["--create"], ["--from", "test"], ["--create", "--from", "test", "--file", "x.json"],
    ["--shape", "nope"], ["nope"],
  ])
  func `wrong usage is reported as such`(arguments: [String]) throws {
    let fixture = try repository()
    let outcome = try Tool.command(["settings", "sync"] + arguments, in: fixture.path).run()
    #expect(outcome.status == 64)
    #expect(try fixture.git("status", "--short") == "")
  }
  @Test func `a check lists which files it looked at, and what is wrong in them`() throws {
    let fixture = try repository()
    let outcome = try fixture.connref("settings", "check", "-e", "prod")
    try expectSnapshot("settings-check", of: outcome)
    #expect(try fixture.connref("settings", "check", "-e", "prod", "--release").status == 1)
    #expect(try fixture.connref("settings", "check", "--fail-on", "warning").status == 1)
    let json = try fixture.connref("settings", "check", "-e", "prod", "--format", "json")
    #expect(json.stdout.contains("\"command\": \"settings check\""))
    #expect(try fixture.connref("settings", "check", "-e", "nope").status == 2)
  }

  @Test func `check, audit and sync agree on which rows are unused`() throws {
    let fixture = try repository()
    func unused(_ arguments: String...) throws -> [String] {
      try Tool.command(arguments + ["--format", "csv"], in: fixture.path).run().stdout
        .split(whereSeparator: \.isNewline).filter { $0.contains(",settings-unused,") }.map(
          String.init)
    }
    #expect(try unused("settings", "check").count == 1)
    #expect(try unused("audit") == unused("settings", "check"))
    let sync = try fixture.connref("settings", "sync", "--check")
    #expect(sync.stderr.contains("stale    \(Sales.other.name): nothing here declares or uses it"))
    #expect(sync.stderr.contains(", 1 unused: --remove-stale takes it out"))
    #expect(try fixture.connref("settings", "sync", "--remove-stale").status == 0)
    #expect(try unused("audit").isEmpty)
  }

  @Test func `unused rows of a file that may be another repository's are left to its team`() throws
  {
    let fixture = try repository()
    try fixture.write(Sales.settings([Sales.other]), to: "elsewhere/config/qa.json")
    let audit = try fixture.connref("audit").stdout
    #expect(audit.contains("elsewhere/config/qa.json binds"))
    let check = try fixture.connref("settings", "check", "-e", "qa").stdout
    #expect(check.contains("settings-unused") && !check.contains("--remove-stale"))
    let sync = try fixture.connref("settings", "sync", "-e", "qa", "--remove-stale")
    #expect(sync.stdout.contains("foreign  none of its references is declared or used"))
    #expect(try fixture.git("status", "--short", "--", "config") == "")
  }

  @Test func `a file that git ignores is written where it is named`() throws {
    let fixture = try repository()
    try fixture.write("local.json\n", to: ".gitignore")
    try fixture.write(Sales.settings([Sales.old]), to: "local.json")
    #expect(try fixture.connref("settings", "sync", "-e", "local").status == 2)
    let outcome = try fixture.connref("settings", "sync", "--file", "local.json")
    #expect(outcome.stdout.contains("added    \(mail.name)"))
  }

  /// An answer with these rows, as an inventory holds it.
  private func answer(_ table: String, _ rows: String...) -> TestFile {
    TestFile(
      #"""
      {"@odata.context": "https://contoso.crm4.dynamics.com/api/data/v9.2/$metadata#\#(table)",
       "value": [\#(rows.joined(separator: ","))]}
      """#)
  }

  private func connection(_ id: String, status: String = "Connected") -> String {
    #"""
    {"connectionid": "\#(id)", "connectorid": "/providers/Microsoft.PowerApps/apis/shared_office365",
     "status": "\#(status)", "createdbyname": "deploy@contoso.com"}
    """#
  }

  @Test func `connection ids are from an inventory where one connection fits`() throws {
    let fixture = try repository()
    try fixture.write([
      "live/connections-1.json": answer(
        "connections", connection("mail-1"), connection("mail-2", status: "Error"))
    ])
    let outcome = try fixture.connref(
      "settings", "sync", "-e", "prod", "--from-inventory", "live")
    #expect(outcome.status == 0)
    #expect(
      outcome.stdout.contains(
        "bound    \(mail.name) to mail-1: the one working connection for its connector"))
    #expect(outcome.stderr.hasSuffix("1 connection id filled in, 0 left empty\n"))
    #expect(try fixture.text("config/prod.json").contains(#""ConnectionId": "mail-1""#))
    #expect(try fixture.git("diff", "--numstat") == "5\t0\tconfig/prod.json")
  }

  @Test func `where several connections fit they are listed, and none is chosen`() throws {
    let fixture = try repository()
    try fixture.write([
      "live/connections-1.json": answer("connections", connection("mail-1"), connection("mail-2"))
    ])
    let outcome = try fixture.connref(
      "settings", "sync", "-e", "prod", "--from-inventory", "live")
    #expect(outcome.status == 0)
    #expect(outcome.stdout.contains("choose   \(mail.name): 2 connections fit"))
    #expect(outcome.stdout.contains("mail-1, made by deploy@contoso.com"))
    #expect(try fixture.text("config/prod.json").contains(#""ConnectionId": """#))
  }

  @Test func `what the environment has bound is first`() throws {
    let fixture = try repository()
    try fixture.write([
      "live/connections-1.json": answer("connections", connection("mail-1"), connection("mail-2")),
      "live/connectionreferences-1.json": answer(
        "connectionreferences",
        #"{"connectionreferenceid": "1", "connectionreferencelogicalname": "\#(mail.name)", "connectionid": "mail-2"}"#
      ),
    ])
    let outcome = try fixture.connref(
      "settings", "sync", "-e", "prod", "--from-inventory", "live")
    #expect(
      outcome.stdout.contains(
        "bound    \(mail.name) to mail-2: the environment has it bound to that"))
  }

  @Test func `the inventory of another environment is refused`() throws {
    let fixture = try repository()
    try fixture.write([
      "live/connections-1.json": answer("connections", connection("mail-1")),
      ".connref.yml":
        "environments: {prod: {url: 'https://fabrikam.crm4.dynamics.com', settings: [config/prod.json]}}",
    ])
    let outcome = try fixture.connref(
      "settings", "sync", "-e", "prod", "--from-inventory", "live")
    #expect(outcome.status == 2)
    #expect(
      outcome.stderr.contains(
        "the inventory is of contoso.crm4.dynamics.com, and environment 'prod' is fabrikam.crm4.dynamics.com"
      ))
    let several = try fixture.connref("settings", "sync", "--from-inventory", "live")
    #expect(several.status == 2)
  }
}

extension TestRepository {
  fileprivate func contents(_ name: String) throws -> [UInt8] {
    try command("cat", arguments: ["--", name]).succeed().stdoutBytes
  }
}

extension TestRepository {
  fileprivate func text(_ path: String) throws -> String {
    String(decoding: try contents(path), as: UTF8.self)
  }
}
