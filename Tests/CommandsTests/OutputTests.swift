import Foundation
import TestSupport
import Testing

/// Where output goes, and that names in a repository cannot forge any of it.
@Suite struct OutputTests {
  private let escape = "\u{1B}["

  @Test func `findings go to standard output and all else to standard error`() throws {
    let outcome = try TestRepository.withRecreation().connref("check")
    #expect(outcome.stdout.hasPrefix("error[reference-recreated] "))
    #expect(!outcome.stdout.contains("checked "))
    #expect(outcome.stderr.hasPrefix("checked 1 solution, 1 reference, 1 flow in 2 revisions: "))
  }

  @Test func `quiet leaves findings alone`() throws {
    let fixture = try TestRepository.withRecreation()
    let outcome = try fixture.connref("check", "--quiet")
    #expect(outcome.status == 1)
    // The line about the run is last, and is no finding.
    let all = try fixture.connref("check").stdout
    #expect(all.hasPrefix(outcome.stdout + "\ncompared "))
    #expect(outcome.stderr == "")
  }

  @Test func `verbose says what was looked at and how long it took`() throws {
    let outcome = try TestRepository.withRecreation().connref("check", "--verbose")
    #expect(outcome.stderr.contains("looked at before: HEAD ("))
    #expect(outcome.stderr.contains("policy: built-in defaults\n"))
    #expect(outcome.stderr.contains(/took [0-9]+\.[0-9]{3} s\n/))
  }

  @Test func `a check of a branch says what its merge base is of`() throws {
    let fixture = try TestRepository.withRecreation()
    try fixture.git("checkout", "--quiet", "-b", "topic")
    try fixture.git("commit", "--quiet", "-m", "again")
    let outcome = try fixture.connref("check", "main...topic")
    #expect(
      outcome.stdout.split(whereSeparator: \.isWhitespace).joined(separator: " ").contains(
        " compared the merge base of main and topic ("))
    let page = try fixture.connref("check", "main...topic", "--format", "html").stdout
    #expect(page.contains(": check of topic against main</title>"))
    #expect(page.contains("<h1>Check of topic against main</h1>"))
  }

  @Test func `--color says it, for any stream`() throws {
    let fixture = try TestRepository.withRecreation()
    #expect(try fixture.connref("check", "--color", "always").stdout.contains("\u{1b}["))
    #expect(try !fixture.connref("check").stdout.contains("\u{1b}["))
    let never = try fixture.connref(
      "check", "--color", "never", environment: ["CLICOLOR_FORCE": "1"])
    #expect(!never.stdout.contains("\u{1b}["))
  }

  @Test func `quiet does not hide what is unknown`() throws {
    let fixture = try TestRepository { Commit("base", Sales.base.files()) }
    try fixture.stage("not xml", at: "solutions/Sales/Other/Customizations.xml")
    let outcome = try fixture.connref("check", "--quiet")
    #expect(outcome.status == 2)
    #expect(outcome.stderr.hasPrefix("error: could not read "))
  }

  @Test func `a file takes what standard output would have had`() throws {
    let fixture = try TestRepository.withRecreation()
    let outcome = try fixture.connref("check", "--output", "report.txt")
    #expect(outcome.status == 1)
    #expect(outcome.stdout == "")
    let written = try fixture.command("cat", arguments: ["report.txt"]).succeed().stdout
    #expect(written == (try fixture.connref("check").stdout))
  }

  @Test func `a file that cannot be written is said`() throws {
    let fixture = try TestRepository.withRecreation()
    let outcome = try fixture.connref("check", "--output", "no/such/folder/report.txt")
    #expect(outcome.status == 2)
    #expect(outcome.stderr.contains("could not write 'no/such/folder/report.txt'"))
  }

  @Test(arguments: [["check"], ["check", "HEAD..HEAD"], ["list"], ["rules"]])
  func `json is one document with a schema`(arguments: [String]) throws {
    let fixture = try TestRepository.withRecreation()
    let outcome = try Tool.command(arguments + ["--format", "json"], in: fixture.path).run()
    let object = try JSONSerialization.jsonObject(with: Data(outcome.stdoutBytes))
    let document = try #require(object as? [String: Any])
    #expect(document["schema"] as? String == "connref/1")
    #expect(document["command"] as? String == arguments[0])
  }

  @Test func `json holds the finding`() throws {
    let outcome = try TestRepository.withRecreation().connref("check", "--format", "json")
    #expect(outcome.status == 1)
    let object = try JSONSerialization.jsonObject(with: Data(outcome.stdoutBytes))
    let findings = try #require((object as? [String: Any])?["findings"] as? [[String: Any]])
    #expect(findings.map { $0["rule"] as? String } == ["reference-recreated"])
  }

  @Test func `json with problems is still one document`() throws {
    let fixture = try TestRepository { Commit("base", Sales.base.files()) }
    try fixture.stage("not xml", at: "solutions/Sales/Other/Customizations.xml")
    let outcome = try fixture.connref("check", "--format", "json")
    #expect(outcome.status == 2)
    let object = try JSONSerialization.jsonObject(with: Data(outcome.stdoutBytes))
    let problems = try #require((object as? [String: Any])?["problems"] as? [[String: Any]])
    #expect(problems.count == 1)
  }

  @Test func `a pipe gets no colour`() throws {
    #expect(try !TestRepository.withRecreation().connref("check").said.contains(escape))
  }

  @Test func `colour can be forced`() throws {
    let outcome = try TestRepository.withRecreation()
      .connref("check", environment: ["CLICOLOR_FORCE": "1"])
    #expect(outcome.stdout.contains(escape))
  }

  @Test(arguments: [["NO_COLOR": "1"], ["CLICOLOR_FORCE": "0"]])
  func `a wish for no colour is stronger`(variables: [String: String]) throws {
    let environment = ["CLICOLOR_FORCE": "1"].merging(variables) { $1 }
    let outcome = try TestRepository.withRecreation()
      .connref("check", environment: environment.mapValues { $0 })
    #expect(!outcome.said.contains(escape))
  }

  @Test func `a flag for no colour is strongest`() throws {
    let outcome = try TestRepository.withRecreation()
      .connref("check", "--no-color", environment: ["CLICOLOR_FORCE": "1"])
    #expect(!outcome.said.contains(escape))
  }

  @Test func `a file gets no colour`() throws {
    let fixture = try TestRepository.withRecreation()
    _ = try fixture.connref(
      "check", "--output", "report.txt", environment: ["CLICOLOR_FORCE": "1"])
    #expect(
      try !fixture.command("cat", arguments: ["report.txt"]).succeed().stdout.contains(escape))
  }

  /// A folder, a display name and a flow that try to look like other output.
  static func hostile() throws -> TestRepository {
    let folder = "sol\nerror: forged\n::error file=a::forged"
    var old = Sales.old
    old.displayName = "Sales&#10;##vso[task.complete result=Succeeded;]&#x9b;31m"
    var new = Sales.new
    new.displayName = old.displayName
    let fixture = try TestRepository { Commit("start", ["readme.md": "1"]) }
    try fixture.stage(Sales([old], [Sales.approve(old)]).files(in: folder))
    try fixture.git("commit", "--quiet", "-m", "base")
    var flow = Sales.approve(new)
    flow.name = "Approve&#10;::warning::forged\u{202E}"
    try fixture.stage(
      Sales([old], [Sales.approve(old)]).files(in: folder)
        .becoming(Sales([new], [flow]).files(in: folder)))
    return fixture
  }

  @Test(arguments: [["check"], ["check", "--worktree"], ["list"]])
  func `names cannot forge a line`(arguments: [String]) throws {
    let fixture = try Self.hostile()
    let outcome = try Tool.command(arguments, in: fixture.path).run()
    #expect(!outcome.stdout.isEmpty)
    for line in outcome.said.split(separator: "\n") {
      #expect(!line.hasPrefix("error: forged"))
      #expect(!line.contains("::error") && !line.contains("::warning"))
      #expect(!line.contains("##vso["))
    }
    let controls = outcome.said.unicodeScalars.filter {
      $0 != "\n" && ($0.value < 0x20 || (0x7F...0x9F).contains($0.value) || $0.value == 0x202E)
    }
    #expect(controls.isEmpty)
  }

  @Test func `a path of a problem cannot forge a line`() throws {
    let fixture = try TestRepository { Commit("base", Sales.base.files()) }
    try fixture.stage("not xml", at: "a\nerror: forged/Other/Customizations.xml")
    let outcome = try fixture.connref("check")
    #expect(outcome.status == 2)
    #expect(!outcome.stderr.split(separator: "\n").contains { $0.hasPrefix("error: forged") })
  }

  @Test func `a finding is explained by its id`() throws {
    let fixture = try TestRepository.withRecreation()
    let json = try fixture.connref("check", "--format", "json")
    let object = try JSONSerialization.jsonObject(with: Data(json.stdoutBytes))
    let findings = (object as? [String: Any])?["findings"] as? [[String: Any]]
    let id = try #require(findings?.first?["id"] as? String)
    let outcome = try fixture.connref("explain", id)
    #expect(outcome.status == 0)
    #expect(outcome.stdout.hasPrefix("error[reference-recreated] "))
    #expect(outcome.stdout.contains("a connection reference was deleted and re-created"))
  }

  @Test func `an id is looked for where there is no merge base too`() throws {
    let fixture = try TestRepository {
      Commit("base", Sales.base.files())
      Commit("alone", on: "orphan", Sales.base.files())
    }
    try fixture.git("checkout", "--quiet", "orphan")
    let outcome = try fixture.connref("explain", "0123456789ab")
    #expect(outcome.stderr.hasPrefix("error: could not find '0123456789ab' in "))
  }
}
