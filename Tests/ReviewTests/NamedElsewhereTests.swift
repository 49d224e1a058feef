import Detection
import Git
import Review
import Solution
import TestSupport
import Testing

/// Other files of a revision that name a removed reference.
@Suite struct NamedElsewhereTests {
  private let name = Sales.old.name

  private func remarks(
    _ others: [String: TestFile?], staged: [String: TestFile] = [:],
    _ subject: (TestRepository) throws -> Check.Subject = { _ in .staged }
  ) throws -> [String] {
    let fixture = try TestRepository {
      Commit("base", Sales.base.files().mapValues { $0 }.merging(others) { $1 })
    }
    try fixture.stage(Sales.recreated.files().merging(staged) { $1 })
    let outcome = try fixture.check(try subject(fixture))
    #expect(outcome.reported.first == recreatedError)
    return outcome.findings.flatMap(\.remarks).filter {
      $0.contains("also used") || $0.contains("searched")
    }
  }

  @Test func `files that name a removed reference are reported`() throws {
    let reported = try remarks([
      "README.md": TestFile("# Sales\n\nBind \(name) first.\n"),
      ".github/workflows/deploy.yml": TestFile("env:\n  REF: '\(name)'\n"),
      "build/deploy.ps1": TestFile("$x = 'connectionreference.\(name.uppercased())'"),
      "dev.env": TestFile("DataverseConnRef_\(name)=1\n"),
      "notes.docx": TestFile(name), "node_modules/a/README.md": TestFile(name),
    ])
    #expect(
      reported == [
        "also used in '.github/workflows/deploy.yml:2'", "also used in 'README.md:3'",
        "also used in 'build/deploy.ps1:1'", "also used in 'dev.env:1'",
      ])
  }

  @Test func `the fix names what may bind the removed reference, and no document`() throws {
    func fix(_ others: [String: TestFile]) throws -> [String] {
      let fixture = try TestRepository {
        Commit("base", Sales.base.files().merging(others) { $1 })
      }
      try fixture.stage(Sales.recreated.files())
      return try fixture.check().findings.flatMap(\.fix).map(\.line).filter {
        $0.contains("by hand")
      }
    }
    #expect(
      try fix(["deploy.yml": TestFile("REF: '\(name)'\n"), "README.md": TestFile(name)]) == [
        "if it is meant: write \(Sales.new.name) in 'deploy.yml:1' by hand, where an environment is "
          + "bound by that"
      ])
    #expect(try fix(["README.md": TestFile(name)]) == [])
  }

  @Test(arguments: [
    "x\(Sales.old.name)", "\(Sales.old.name)4", "\(Sales.old.name)_1",
    "\(Sales.old.name).shared_x", "\(Sales.old.name)-4f", "a_\(Sales.old.name)",
  ])
  func `another name that holds it is another name`(other: String) throws {
    #expect(try remarks(["README.md": TestFile("see \(other)\n")]) == [])
    #expect(
      try remarks(["README.md": TestFile("see \(other)\nand \(name).\n")])
        == ["also used in 'README.md:2'"])
  }

  @Test func `many names are found as one is`() throws {
    let old = (0..<12).map { Sales.Reference("new_ref\($0)_a1b2c", "Reference \($0)") }
    let new = (0..<12).map { Sales.Reference("new_ref\($0)_9d8e7", "Reference \($0)") }
    func flows(_ references: [Sales.Reference]) -> [Sales.Flow] {
      references.enumerated().map { number, reference in
        Sales.Flow(
          "Flow \(number)", id: "aaaaaaaa-0000-0000-0000-0000000000\(number % 10)\(number / 10)",
          reference)
      }
    }
    let text = """
      connectionreference.NEW_REF0_A1B2C
      DataverseConnRef_new_ref1_a1b2c, new_ref2_a1b2c4 x.new_ref3_a1b2c
      new_ref4_a1b2c-4f new_ref5_a1b2c.shared_x new_ref6_a1b2c. new_ref7_a1b2c-
      xnew_ref8_a1b2c new_ref9_a1b2c_1
      (new_ref10_a1b2c) a-new_ref11_a1b2c
      new_ref0_a1b2c
      """
    let fixture = try TestRepository {
      Commit(
        "base", Sales(old, flows(old)).files().merging(["README.md": TestFile(text)]) { $1 })
    }
    try fixture.stage(Sales(new, flows(new)).files())
    let findings = try fixture.check().findings.filter { $0.rule == .referenceRecreated }
    #expect(findings.count == 12)
    let places = findings.flatMap { finding in
      finding.remarks.filter { $0.contains("also used") }.map {
        "\(finding.before[0].name.spelling.dropFirst(7).prefix { $0 != "_" }) \($0.suffix(4).dropLast())"
      }
    }
    #expect(Set(places) == ["0 d:1", "1 d:2", "3 d:2", "6 d:3", "7 d:3", "10 d:5", "11 d:5"])
  }

  @Test func `five places are reported, in the order of paths`() throws {
    var files: [String: TestFile?] = [:]
    for number in 1...9 { files["docs/\(number).txt"] = TestFile("\(name)\n\(name)") }
    #expect(
      try remarks(files) == (1...5).map { "also used in 'docs/\($0).txt:1'" })
  }

  @Test func `a settings file that is reported as a row is not reported again`() throws {
    #expect(try remarks(["config/prod.json": Sales.settings([Sales.old])]) == [])
  }

  @Test func `what is staged counts, not what HEAD has`() throws {
    #expect(
      try remarks(["README.md": TestFile(name)], staged: ["README.md": TestFile("new")]) == [])
  }

  @Test func `the worktree is searched on the disk`() throws {
    let reported = try remarks(["README.md": TestFile(name)]) { fixture in
      try fixture.write(TestFile("x"), to: "README.md")
      try fixture.write(TestFile("\n\(name)"), to: "new.md")
      return .worktree
    }
    #expect(reported == ["also used in 'new.md:2'"])
  }

  @Test func `a commit is searched in its own tree`() throws {
    let reported = try remarks(["docs/README.md": TestFile("\n\n\(name)")]) { fixture in
      try fixture.git("commit", "--quiet", "--no-verify", "-m", "after")
      return .commits(before: "HEAD~1", after: "HEAD")
    }
    #expect(reported == ["also used in 'docs/README.md:3'"])
  }

  @Test func `a large file and one that is no text are passed over`() throws {
    #expect(
      try remarks([
        "large.txt": TestFile(name + String(repeating: " ", count: 1 << 20)),
        "binary.txt": TestFile(bytes: Array(name.utf8) + [0xFF]),
      ]) == [])
  }

  @Test func `a search that was cut short says so`() throws {
    var files: [String: TestFile?] = ["a.md": TestFile(name), "z.md": TestFile(name)]
    for number in 1...2_000 { files["docs/\(number).txt"] = "x" }
    #expect(
      try remarks(files) == [
        "also used in 'a.md:1'",
        "not every other file was searched for its name: there are too many",
      ])
  }

  @Test(arguments: ["config/connection-references.json", "connectionreferences.json"])
  func `bindings of a shape that is not known are reported, whatever the file is called`(
    path: String
  ) throws {
    #expect(
      try remarks([path: TestFile("{\n  \"\(name)\": \"0123456789abcdef0123456789abcdef\"\n}\n")])
        == ["also used in '\(path):2'"])
  }

  @Test func `an export of an environment, and an agent's cache, use nothing`() throws {
    let row = """
      {"connectionreferenceid": "7e1c2a40-5b1d-ef11-9f89-000d3a1f0001",
       "connectionreferencelogicalname": "\(name)"}
      """
    #expect(
      try remarks([
        "config/connectionreferences.json": TestFile("{\"value\": [\(row)]}"),
        "agent/.mcs/botdefinition.json": TestFile(
          "{\"connectionReferences\": [{\"connectionReferenceLogicalName\": \"\(name)\"}]}"),
        "botdefinition.json": TestFile("{\"name\": \"\(name)\"}"),
      ]) == [])
  }
}
