import Foundation
import TestSupport
import Testing

/// What the tool prints about itself agrees with itself.
@Suite struct DocumentationTests {
  private func rules() throws -> [String] {
    let json = try Tool.command(["rules", "--format", "json"], in: "/").succeed().stdoutBytes
    let object = try JSONSerialization.jsonObject(with: Data(json)) as? [String: Any]
    let rules = try #require(object?["rules"] as? [[String: Any]])
    return rules.compactMap { $0["rule"] as? String }
  }

  @Test(arguments: ["text", "markdown"])
  func `all rules are explained at once, in their order`(format: String) throws {
    let outcome = try Tool.command(["explain", "--all", "--format", format], in: "/").succeed()
    let heading = format == "markdown" ? "## " : ""
    let found = outcome.stdout.split(separator: "\n").compactMap { line in
      line.wholeMatch(of: /(#* ?)([a-z]+(-[a-z]+)+)/)
    }
    #expect(found.filter { $0.output.1 == heading }.map { String($0.output.2) } == (try rules()))
  }

  @Test func `explain writes json of one rule or all`() throws {
    for (subject, expected) in [("link-lost", ["link-lost"]), ("--all", try rules())] {
      let outcome = try Tool.command(["explain", subject, "--format", "json"], in: "/").succeed()
      let object = try JSONSerialization.jsonObject(with: Data(outcome.stdoutBytes))
      let document = try #require(object as? [String: Any])
      #expect(document["command"] as? String == "explain")
      let rules = document["rules"] as? [[String: Any]]
      #expect(rules?.map { $0["rule"] as? String } == expected)
    }
  }

  @Test(arguments: [[], ["link-lost", "--all"]])
  func `explain wants a rule or all of them`(arguments: [String]) throws {
    let outcome = try Tool.command(["explain"] + arguments, in: "/").run()
    #expect(outcome.status == 64)
    #expect(outcome.stderr.hasPrefix("error: give a rule, the id of a finding, or --all"))
  }

  @Test func `a finding is explained as text only`() throws {
    let outcome = try Tool.command(["explain", "0123456789ab", "--format", "json"], in: "/").run()
    #expect(outcome.status == 64)
    #expect(outcome.stderr.contains("hint: connref check --format json"))
  }

  @Test func `schema lists the schemas, and prints each`() throws {
    let list = try Tool.command(["schema"], in: "/").succeed().stdout
    let names = list.split(separator: "\n").compactMap { $0.split(separator: " ").first }
    #expect(names.contains("report") && names.contains("configuration"))
    for name in names {
      let text = try Tool.command(["schema", String(name)], in: "/").succeed().stdoutBytes
      let schema = try JSONSerialization.jsonObject(with: Data(text)) as? [String: Any]
      #expect(schema?["$schema"] as? String == "https://json-schema.org/draft/2020-12/schema")
    }
    #expect(try Tool.command(["schema", "nothing"], in: "/").run().status == 64)
  }

  private func manual() throws -> String {
    try Tool.command(["manual"], in: "/").setting(["SOURCE_DATE_EPOCH": "1767916800"]).succeed()
      .stdout
  }

  @Test func `the manual lists every command and option in the help`() throws {
    let manual = try manual()
    let help = try Tool.command(["--help"], in: "/").succeed().stdout
    let listing = help.split(separator: "\n").drop { $0 != "SUBCOMMANDS:" }
    let commands = listing.compactMap { $0.prefixMatch(of: #/  ([a-z]+) /#) }
    #expect(commands.count > 8)
    for command in commands.map({ String($0.output.1) }) {
      #expect(manual.contains("\n.Ss connref \(command)"))
      let help = try Tool.command([command, "--help"], in: "/").succeed().stdout
      for line in help.split(separator: "\n") {
        guard let option = line.prefixMatch(of: #/  (?:-., )?--([a-z-]+)/#) else { continue }
        let name = option.output.1.replacing("-", with: "\\-")
        #expect(manual.contains("Fl \\-\(name)\n") || manual.contains("Fl \\-\(name) "))
      }
    }
  }

  @Test func `the manual lists every rule and every exit status`() throws {
    let manual = try manual()
    for rule in try rules() {
      #expect(manual.contains("\n.It Ic \(rule.replacing("-", with: "\\-"))\n"))
    }
    for status in [0, 1, 2, 64] { #expect(manual.contains("\n.It Li \(status)\n")) }
  }

  @Test func `the version says what it was built from`() throws {
    let version = try Tool.command(["--version"], in: "/").succeed().stdout
    #expect(version.contains(/^connref [\d.]+ \(([0-9a-f]{12}, )?libgit2 [\d.]+\)\n$/))
  }

  @Test func `the manual has the date that a build was given`() throws {
    #expect(try manual().hasPrefix(".Dd January 9, 2026\n"))
  }

  @Test func `the manual is no command in the help`() throws {
    let help = try Tool.command(["--help"], in: "/").succeed().stdout
    #expect(!help.contains("manual"))
  }
}
