import Foundation
import TestSupport
import Testing

/// What is written for programs, pipelines and pull requests.
@Suite struct FormatTests {
  private static let pipelines = ["sarif", "junit", "github", "azure", "gitlab"]
  private static let ofCheck = ["text", "json", "markdown", "csv", "html"] + pipelines

  /// A branch on which a reference was re-created and a settings file left behind, checked out.
  private func broken() throws -> TestRepository {
    let settings = ["config/prod.json": Sales.settings([Sales.old])]
    let fixture = try TestRepository {
      Commit("base", Sales.base.files().merging(settings) { $1 })
      Commit("again", on: "topic", from: "main", Sales.recreated.files())
    }
    try fixture.git("checkout", "--quiet", "topic")
    return fixture
  }

  private func content(of file: String, in fixture: TestRepository) throws -> String {
    try fixture.command("cat", arguments: [file]).succeed().stdout
  }

  @Test(arguments: ofCheck)
  func `a check is written in each format, to a file as to the terminal`(format: String) throws {
    let fixture = try TestRepository.withRecreation()
    let outcome = try fixture.connref("check", "--format", format)
    #expect(outcome.status == 1)
    #expect(outcome.stdout.contains("new_sharedsharepointonline_") || format == "html")
    let written = try fixture.connref("check", "--format", format, "--output", "report")
    #expect(written.status == 1)
    #expect(written.stdout == "")
    #expect(try content(of: "report", in: fixture) == outcome.stdout)
  }

  @Test(arguments: pipelines)
  func `pipelines read what is flagged and what is still broken`(format: String) throws {
    let fixture = try broken()
    for command in ["branches", "history"] {
      let outcome = try fixture.connref(command, "--format", format)
      #expect(outcome.status == 1)
      #expect(outcome.stdout.contains("reference-recreated"))
      #expect(
        outcome.stdout.contains("was new_shared") || outcome.stdout.contains("was: new_shared"))
    }
  }

  @Test(arguments: [["check"], ["history"], ["branches"]])
  func `a log of code scanning and a list of code quality are JSON`(command: [String]) throws {
    let fixture = try broken()
    for format in ["sarif", "gitlab"] {
      let outcome = try Tool.command(command + ["--format", format], in: fixture.path).run()
      _ = try JSONSerialization.jsonObject(with: Data(outcome.stdoutBytes))
    }
  }

  @Test func `branches are a table`() throws {
    let outcome = try broken().connref("branches", "--format", "csv")
    let lines = outcome.stdout.split(separator: "\r\n")
    #expect(lines.count == 3)
    #expect(lines[0].hasPrefix("branch,state,reason,tip,"))
    #expect(lines[1].hasPrefix("main,main,,"))
    #expect(lines[2].hasPrefix("topic,flagged,,"))
  }

  @Test(arguments: [
    (["list"], ["text", "json", "csv", "markdown", "html", "mermaid", "dot"]),
    (["rules"], ["text", "json", "markdown", "html"]), (["check"], ofCheck),
    (["history"], ["text", "json", "jsonl", "csv", "markdown", "html"] + pipelines),
    (["branches"], ofCheck), (["audit"], ofCheck),
  ])
  func `a format that a command cannot write is wrong usage, and help names those it can`(
    command: [String], formats: [String]
  ) throws {
    let fixture = try TestRepository()
    let format = formats.contains("sarif") ? "dot" : "sarif"
    let outcome = try Tool.command(command + ["--format", format], in: fixture.path).run()
    #expect(outcome.status == 64)
    #expect(outcome.stdout == "")
    #expect(outcome.stderr.hasPrefix("error: The value '\(format)' is invalid for '--format"))
    let help = try Tool.command(command + ["--help"], in: fixture.path).run()
    let words = help.stdout.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(words.contains("(values: \(formats.joined(separator: ", ")); default: text)"))
    for format in formats { #expect(outcome.stderr.contains(format)) }
  }

  @Test func `the life of one reference is no report for a pipeline`() throws {
    let outcome = try broken().connref(
      "history", "--reference", "new_sharedsharepointonline_a1b2c", "--format", "sarif")
    #expect(outcome.status == 64)
  }

  @Test(arguments: ["github", "azure", "markdown", "csv", "gitlab"])
  func `what a pipeline sees of a recreated reference`(format: String) throws {
    let settings = ["config/prod.json": Sales.settings([Sales.old])]
    let fixture = try TestRepository {
      Commit("base", Sales.base.files().merging(settings) { $1 })
    }
    try fixture.stage(Sales.recreated.files())
    try fixture.stage("not xml", at: "Second/Other/Customizations.xml")
    try expectSnapshot("check-\(format)", of: fixture.connref("check", "--format", format))
  }

  @Test func `an audit is written in each format, and asks the rules of a state`() throws {
    let fixture = try TestRepository.withRecreation()
    try fixture.git("commit", "--quiet", "-m", "again")
    for format in Self.ofCheck {
      let outcome = try fixture.connref("audit", "HEAD", "--format", format)
      #expect(outcome.status != 64)
      #expect(outcome.stderr.contains("audited 1 solution"))
    }
    let tests = try fixture.connref("audit", "HEAD", "--format", "junit").stdout
    #expect(tests.contains("<testsuite name=\"flow-unbound\""))
    #expect(!tests.contains("reference-recreated"))
    let comment = try fixture.connref("audit", "HEAD", "--format", "markdown").stdout
    #expect(comment.hasPrefix("<!-- connref audit -->\n## connref audit: "))
    #expect(comment.contains("\nLooked at HEAD: audited 1 solution"))
  }

  @Test func `what was accepted is reported and suppressed, and counted nowhere`() throws {
    let fixture = try TestRepository.withRecreation()
    let id = "1470f93ee416"
    try fixture.git("config", "user.name", "Ann Author")
    #expect(try fixture.connref("accept", id, "--reason", "moved on purpose").status == 0)
    try fixture.git("add", "--all")
    let text = try fixture.connref("check")
    #expect(text.status == 0)
    #expect(text.stdout.hasPrefix("accepted[reference-recreated] \(id)\n  'SharePoint Sales' was "))
    #expect(text.stderr.hasSuffix(": no problems found, 1 accepted\n"))
    let log = try fixture.connref("check", "--format", "sarif").stdout
    #expect(log.contains("\"justification\": \"accepted by Ann Author: moved on purpose\""))
    let json = try fixture.connref("check", "--format", "json").stdout
    #expect(json.contains("\"findings\": [],") && json.contains("\"acceptedBy\": {"))
    for format in ["github", "azure", "gitlab"] {
      #expect(!(try fixture.connref("check", "--format", format).stdout).contains(id))
    }
  }

  @Test(arguments: pipelines)
  func `a clean run is clean in every format`(format: String) throws {
    let fixture = try TestRepository { Commit("base", Sales.base.files()) }
    let outcome = try fixture.connref("check", "--format", format)
    #expect(outcome.status == 0)
    switch format {
    case "github", "azure":
      #expect(outcome.stdout.hasPrefix("compared HEAD ("))
      #expect(outcome.lines.count == 1)
    case "gitlab": #expect(outcome.stdout == "[]\n")
    case "junit":
      #expect(outcome.stdout.contains("failures=\"0\" errors=\"0\""))
      #expect(outcome.stdout.contains("name=\"no finding\""))
    default: #expect(outcome.stdout.contains("\"results\": []"))
    }
  }

  @Test(arguments: ["github", "azure"])
  func `names forge no command`(format: String) throws {
    let outcome = try OutputTests.hostile().connref("check", "--format", format)
    #expect(outcome.status == 1)
    let lines = outcome.stdout.split(whereSeparator: \.isNewline)
    #expect(lines.count > 1)
    let run = try #require(lines.last)
    #expect(run.hasPrefix("compared ") && !run.contains("##") && !run.contains("::"))
    for line in lines.dropLast() {
      if format == "github" {
        #expect(line.hasPrefix("::error file=sol\\n") && !line.contains("##"))
      } else {
        #expect(
          line.hasPrefix("##vso[task.logissue type=error;sourcepath=sol\\n")
            || line == "##vso[build.addbuildtag]connref-findings")
        #expect(line.ranges(of: "##").count == 1)
      }
    }
  }
}
