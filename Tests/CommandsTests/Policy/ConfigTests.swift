import Foundation
import TestSupport
import Testing

/// `.connref.yml`, as commands and gates take it.
@Suite struct ConfigTests {
  @Test func `the values in force are reported with their origin`() throws {
    let fixture = try TestRepository { Commit("base", Sales.base.files()) }
    try fixture.write(TestFile("look-back: 20\nrules:\n  link-lost: warning\n"), to: ".connref.yml")
    let outcome = try fixture.connref("config")
    #expect(outcome.status == 0)
    let lines = outcome.stdout.split(separator: "\n").map { line in
      line.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
    #expect(lines.contains("look-back: 20 # .connref.yml:1"))
    #expect(lines.contains("rules.link-lost: warning # .connref.yml:3"))
    #expect(lines.contains("main: main # found"))
    #expect(lines.contains("naming.pattern: \"{publisher}_{purpose}_{connector}\" # default"))
  }

  @Test func `what is wrong is named with its line`() throws {
    let fixture = try TestRepository { Commit("base", Sales.base.files()) }
    try fixture.write(TestFile("look-bakc: 20\n"), to: ".connref.yml")
    let outcome = try fixture.connref("config")
    #expect(outcome.status == 2)
    #expect(
      outcome.stderr.contains(
        "error: .connref.yml:1: there is no key 'look-bakc': did you mean 'look-back'?"))
  }

  @Test func `a pattern that matches nothing is an error`() throws {
    let fixture = try TestRepository { Commit("base", Sales.base.files()) }
    try fixture.write(
      TestFile("solutions: [solutions/**]\nenvironments:\n  prod: {settings: [gone/*.json]}\n"),
      to: ".connref.yml")
    let outcome = try fixture.connref("config")
    #expect(outcome.status == 2)
    #expect(
      outcome.stderr.contains(
        ".connref.yml:3: 'gone/*.json' of 'environments.prod.settings' matches no file"))
    #expect(!outcome.stderr.contains("solutions/**"))
  }

  @Test func `the schema is JSON and knows every rule`() throws {
    let fixture = try TestRepository { Commit("base", Sales.base.files()) }
    let outcome = try fixture.connref("config", "--schema")
    let object = try JSONSerialization.jsonObject(with: Data(outcome.stdoutBytes))
    let properties = (object as? [String: Any])?["properties"] as? [String: Any]
    let rules = (properties?["rules"] as? [String: Any])?["properties"] as? [String: Any]
    #expect(rules?["reference-recreated"] != nil)
  }

  @Test func `a commit is judged by the configuration that it holds`() throws {
    let fixture = try TestRepository.withRecreation()
    try fixture.stage(TestFile("rules: {reference-recreated: warning}\n"), at: ".connref.yml")
    let outcome = try fixture.connref("check")
    #expect(outcome.status == 0)
    #expect(outcome.stdout.hasPrefix("warning[reference-recreated]"))
  }

  @Test func `a branch is judged by the configuration of what it is merged into`() throws {
    let fixture = try TestRepository.withRecreation()
    try fixture.git("checkout", "--quiet", "-b", "feature")
    try fixture.stage(TestFile("rules: {reference-recreated: off}\n"), at: ".connref.yml")
    try fixture.git("commit", "--quiet", "-m", "again")
    #expect(try fixture.connref("check", "--against", "main").status == 1)
    #expect(try fixture.connref("check", "main...feature").status == 1)
    #expect(try fixture.connref("check", "main..feature").status == 1)
    #expect(try fixture.connref("branches").status == 1)
    // Who knows what they do can ask for another side.
    #expect(try fixture.connref("check", "main...feature", "--policy", "feature").status == 0)
  }

  @Test func `a server judges a push by what it has`() throws {
    let fixture = try TestRepository { Commit("base", Sales.base.files()) }
    let server = fixture.beside("server.git")
    try fixture.git("clone", "--quiet", "--bare", fixture.path, server)
    try Tool.command(["install"], in: server).succeed()
    try fixture.git("remote", "add", "origin", server)
    try fixture.stage(Sales.recreated.files())
    try fixture.stage(TestFile("rules: {reference-recreated: off}\n"), at: ".connref.yml")
    try fixture.git("commit", "--quiet", "-m", "again")
    func push() throws -> RunOutcome {
      try Command("git", arguments: ["push", "origin", "main"], in: fixture.path)
        .setting(["PATH": Tool.path]).run()
    }
    #expect(try push().status == 1)
    try fixture.git("reset", "--quiet", "--soft", "HEAD~1")
    try fixture.git("commit", "--quiet", "-m", "rules alone", "--", ".connref.yml")
    #expect(try push().status == 0)
    try fixture.git("commit", "--quiet", "-m", "again")
    #expect(try push().status == 0)
  }

  @Test func `a file that is named replaces the repository's own`() throws {
    let fixture = try TestRepository.withRecreation()
    try fixture.write(TestFile("rules: {reference-recreated: note}\n"), to: "other.yml")
    let outcome = try fixture.connref("check", "--config", "other.yml")
    #expect(outcome.status == 0)
    #expect(try fixture.connref("check", "--config", "none.yml").status == 2)
  }

  @Test func `solutions that are ignored are not looked at`() throws {
    let fixture = try TestRepository.withRecreation()
    try fixture.stage(TestFile("ignore: [solutions]\n"), at: ".connref.yml")
    try fixture.stage(Sales.base.files(in: "other"))
    let outcome = try fixture.connref("check")
    #expect(outcome.status == 0)
    #expect(!outcome.stdout.contains("solutions/Sales"))
  }

  @Test(arguments: ["ignore: [solutions]\n", "ignore: ['**']\n", "solutions: [solution/**]\n"])
  func `a configuration that leaves nothing to look at is no pass`(text: String) throws {
    let fixture = try TestRepository.withRecreation()
    try fixture.stage(TestFile(text), at: ".connref.yml")
    let outcome = try fixture.connref("check")
    #expect(outcome.status == 2)
    #expect(outcome.stderr.contains("error: could not read '.connref.yml' line 1: '"))
  }

  @Test func `a configuration may precede the first export`() throws {
    let fixture = try TestRepository { Commit("readme", ["README.md": "1"]) }
    try fixture.stage(TestFile("solutions: [solutions/**]\n"), at: ".connref.yml")
    #expect(try fixture.connref("check").status == 0)
    try fixture.git("commit", "--quiet", "-m", "configuration")
    try fixture.stage(Sales.base.files())
    #expect(try fixture.connref("check").status == 0)
  }

  @Test func `a change that corrects a pattern is judged by the built-in defaults`() throws {
    let wrong = TestFile("solutions: [solution/**]\n")
    let right = TestFile("solutions: [solutions/**]\nrules: {reference-recreated: off}\n")
    let fixture = try TestRepository {
      Commit("base", Sales.base.files().merging([".connref.yml": wrong]) { $1 })
      Commit("corrected", [".connref.yml": right])
      Commit("again", on: "side", from: "main", Sales.recreated.files())
    }
    let corrected = try fixture.connref("check", "main~1..main")
    #expect(corrected.status == 0)
    #expect(corrected.stderr.contains("'solutions/**' of 'solutions' is used from now on"))
    #expect(try fixture.connref("check", "main~1..side").status == 1)
    #expect(try fixture.connref("check", "main..side").status == 0)
  }

  @Test func `a change that makes the policy unreadable is no pass`() throws {
    let fixture = try TestRepository {
      Commit("base", Sales.base.files())
      Commit("odd", [".connref.yml": "rules: [\n"])
      Commit("docs", ["docs/a.md": "1"])
      Commit("again", on: "side", from: "main", Sales.recreated.files())
      Commit("fixed", [".connref.yml": "main: main\n"])
    }
    #expect(try fixture.connref("check", "\(fixture.id("base"))..\(fixture.id("odd"))").status == 2)
    let docs = try fixture.connref("check", "\(fixture.id("odd"))..\(fixture.id("docs"))")
    #expect(docs.status == 0)
    #expect(docs.stderr.contains("the built-in defaults are used"))
    #expect(try fixture.connref("check", "\(fixture.id("docs"))..main").status == 0)
    #expect(try fixture.connref("check", "\(fixture.id("docs"))..side").status == 1)
  }

  @Test func `a configuration that cannot be read is no pass`() throws {
    let fixture = try TestRepository { Commit("base", Sales.base.files()) }
    try fixture.stage(TestFile("rules: [\n"), at: ".connref.yml")
    let outcome = try fixture.connref("check")
    #expect(outcome.status == 2)
    #expect(outcome.stderr.contains("error: .connref.yml:"))
  }

  @Test func `the main branch is the one that is named`() throws {
    let fixture = try TestRepository {
      Commit("base", on: "trunk", Sales.base.files())
      Commit("again", on: "feature", from: "base", Sales.recreated.files())
    }
    try fixture.write(TestFile("main: trunk\n"), to: ".connref.yml")
    let outcome = try fixture.connref("branches")
    #expect(outcome.stdout.contains("feature"))
    #expect(outcome.status == 1)
  }

  @Test func `--init names the main branch of a clone`() throws {
    let fixture = try TestRepository { Commit("base", Sales.base.files()) }
    let clone = fixture.beside("clone")
    try fixture.git("clone", "--quiet", fixture.path, clone)
    #expect(try fixture.connref("config", "--init", in: clone).status == 0)
    let text = try String(contentsOfFile: clone + "/.connref.yml", encoding: .utf8)
    #expect(text.contains("\nmain: main\n"))
  }

  @Test func `--init writes a configuration that holds, and never over one that is there`() throws {
    let rows = ["config/prod.json": Sales.settings([Sales.old])]
    let fixture = try TestRepository {
      Commit("base", Sales.base.files().merging(rows) { $1 })
    }
    // What a run that was killed left.
    try fixture.write(TestFile("half"), to: "..connref.yml.connref-2147483600")
    let outcome = try fixture.connref("config", "--init")
    #expect(outcome.status == 0, "\(outcome.stderr)")
    #expect(outcome.stderr.contains("wrote .connref.yml: 1 solution, 1 settings file"))
    let config = try fixture.connref("config")
    #expect(config.status == 0, "\(config.stderr)")
    #expect(config.stdout.contains("config/prod.json"))
    #expect(try fixture.connref("config", "--init").status == 64)
  }

  @Test(arguments: [["list"], ["list", "main"], ["history"]])
  func `a report that goes on says once which pattern hides its solutions`(
    arguments: [String]
  ) throws {
    let fixture = try TestRepository {
      Commit("base", Sales.base.files())
      Commit("again", Sales.recreated.files())
      Commit("slip", [".connref.yml": "solutions: [src/**]\n"])
    }
    let outcome = try Tool.command(arguments, in: fixture.path).run()
    #expect(outcome.status == 0)
    #expect(
      outcome.stderr.components(
        of: "warning: '.connref.yml' line 1: 'src/**' of 'solutions' matches no file\n") == 1,
      "\(outcome.stderr)")
  }

  @Test func `a main branch that is misspelled is named`() throws {
    let fixture = try TestRepository {
      Commit("base", Sales.base.files().merging([".connref.yml": "main: mian\n"]) { $1 })
    }
    let outcome = try fixture.connref("branches")
    #expect(outcome.status == 2)
    #expect(
      outcome.said.contains("there is no branch 'mian', which .connref.yml calls the main one"))
  }

  @Test(arguments: ["**/Customizations.xml", "solutions/*/Other", "solutions/Sales/Workflows/**"])
  func `a pattern that matches files and no solution is no pass`(pattern: String) throws {
    let fixture = try TestRepository {
      Commit(
        "base",
        Sales.base.files().merging([".connref.yml": "solutions: ['\(pattern)']\n"]) { $1 })
      Commit("again", Sales.recreated.files())
    }
    let outcome = try fixture.connref("check", "HEAD~1..HEAD")
    #expect(outcome.status == 2)
    #expect(
      outcome.stderr.contains(
        "'\(pattern)' of 'solutions' matches files, and none of them is the folder of a solution"
      ))
  }

  @Test(arguments: ["list", "history"])
  func `a pattern that matches a solution, or is older than the first, is not mentioned`(
    command: String
  ) throws {
    let matching = try TestRepository {
      Commit(
        "base", Sales.base.files().merging([".connref.yml": "solutions: [solutions/**]\n"]) { $1 })
    }
    let early = try TestRepository {
      Commit("base", [".connref.yml": "solutions: [src/**]\n", "docs/a.md": "1"])
    }
    for fixture in [matching, early] {
      #expect(!(try fixture.connref(command).stderr.contains("matches no file")))
    }
  }
}
