import Foundation
import TestSupport
import Testing

/// Approvals, as a user gives them and as gates take them.
@Suite struct AcceptTests {
  private func id(of rule: String, in fixture: TestRepository, _ arguments: String...) throws
    -> String
  {
    let outcome = try Tool.command(
      ["check", "--format", "json"] + arguments, in: fixture.path
    ).run()
    let object = try JSONSerialization.jsonObject(with: Data(outcome.stdoutBytes))
    let findings = (object as? [String: Any])?["findings"] as? [[String: Any]] ?? []
    return try #require(findings.first { $0["rule"] as? String == rule }?["id"] as? String)
  }

  private func accept(in fixture: TestRepository, _ arguments: String...) throws {
    let outcome = try Tool.command(["accept"] + arguments, in: fixture.path).run()
    #expect(outcome.status == 0, "\(outcome.stderr)")
  }

  private func text(_ name: String, in fixture: TestRepository) throws -> String {
    try fixture.command("cat", arguments: [name]).succeed().stdout
  }

  @Test func `an accepted finding lets the commit pass, and says so`() throws {
    let fixture = try TestRepository.withRecreation()
    let id = try id(of: "reference-recreated", in: fixture)
    let accepted = try fixture.connref("accept", id, "--reason", "moved on purpose")
    #expect(accepted.status == 0)
    #expect(accepted.stderr.contains("approvals from 'main': commit it there first"))
    #expect(try text(".connref-accepted.yml", in: fixture).contains("rule: reference-recreated"))
    // What is checked is what is staged, and the approval is not yet.
    #expect(try fixture.connref("check").status == 1)
    try fixture.git("add", ".connref-accepted.yml", ".gitattributes")
    let outcome = try fixture.connref("check")
    #expect(outcome.status == 0)
    #expect(!outcome.stdout.contains("error["))
  }

  @Test func `an approval needs a reason, an id that is found, and a day that is one`() throws {
    let fixture = try TestRepository.withRecreation()
    let id = try id(of: "reference-recreated", in: fixture)
    #expect(try fixture.connref("accept", id).status == 64)
    #expect(try fixture.connref("accept", id, "--reason", " ").status == 64)
    #expect(try fixture.connref("accept", id, "--reason", "r", "--until", "soon").status == 64)
    let past = try fixture.connref("accept", id, "--reason", "r", "--until", "2020-01-31")
    #expect(past.status == 64 && past.stderr.contains("'2020-01-31' is in the past"))
    let unknown = try fixture.connref("accept", "000000000000", "--reason", "r")
    #expect(unknown.status == 2)
    #expect(unknown.stderr.contains("could not find '000000000000'"))
    #expect(try fixture.git("status", "--porcelain", "--untracked-files") != "")
    #expect(!(try fixture.git("status", "--porcelain")).contains(".connref-accepted.yml"))
  }

  @Test func `an approval that is over stops the commit again`() throws {
    let fixture = try TestRepository.withRecreation()
    let id = try id(of: "reference-recreated", in: fixture)
    try accept(in: fixture, id, "--reason", "for a while", "--until", "2099-01-31")
    // It expired while it was in the repository.
    let written = try text(".connref-accepted.yml", in: fixture)
    try fixture.stage(
      TestFile(written.replacing("2099-01-31", with: "2020-01-31")), at: ".connref-accepted.yml")
    try fixture.git("add", ".connref-accepted.yml")
    let outcome = try fixture.connref("check")
    #expect(outcome.status == 1)
    #expect(outcome.stdout.contains("was accepted until 2020-01-31: for a while"))
  }

  @Test func `a check of what is staged says which policy files are not`() throws {
    let fixture = try TestRepository.withRecreation()
    #expect(try !fixture.connref("check").stderr.contains("not staged"))
    try fixture.write(TestFile("look-back: 5\n"), to: ".connref.yml")
    try fixture.write(TestFile("look-back: 5\n"), to: ".connref.yaml")
    let outcome = try fixture.connref("check")
    #expect(
      outcome.stderr.contains("'.connref.yml' is not staged as it is on the disk\nhint: git add"))
    #expect(outcome.stderr.contains("'.connref.yaml' is not read"))
    #expect(outcome.stderr.contains("hint: mv .connref.yaml .connref.yml\n"))
    #expect(try !fixture.connref("check", "--worktree").stderr.contains("not staged"))
  }

  @Test func `a branch does not plan for itself`() throws {
    let fixture = try TestRepository.withRecreation()
    let id = try id(of: "reference-recreated", in: fixture)
    try fixture.git("checkout", "--quiet", "-b", "feature")
    #expect(try fixture.connref("repair", id, "--declare", "--reason", "meant").status == 0)
    try fixture.git("add", "--all")
    let staged = try fixture.connref("check")
    #expect(staged.status == 0)
    #expect(staged.stdout.contains("moves to another logical name, as planned"))
    #expect(!staged.stdout.contains("connref repair"))
    try fixture.git("commit", "--quiet", "-m", "again")
    let gate = try fixture.connref("check", "--against", "main")
    #expect(gate.status == 1)
    let reported = gate.stdout.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(
      reported.contains("'.connref.yml' of this change plans it; that counts once 'main' has it"))
  }

  @Test func `three digits are too few for an id`() throws {
    let fixture = try TestRepository.withRecreation()
    let outcome = try fixture.connref("accept", "35a", "--reason", "r")
    #expect(outcome.status == 64)
    #expect(outcome.stderr.contains("'35a' is too short: give at least four digits of the id"))
  }

  @Test func `a plan that is over is not called one of this change`() throws {
    let fixture = try TestRepository.withRecreation()
    let id = try id(of: "reference-recreated", in: fixture)
    #expect(try fixture.connref("repair", id, "--declare", "--reason", "meant").status == 0)
    try fixture.git("commit", "--quiet", "-m", "again", "-a")
    let plan = try String(contentsOfFile: fixture.path + "/.connref.yml", encoding: .utf8)
    try fixture.git("checkout", "--quiet", "-b", "planned", "HEAD~1")
    try fixture.write(
      TestFile(plan.replacing("reason:", with: "until: 2026-01-31, reason:")), to: ".connref.yml")
    try fixture.git("add", "--all")
    try fixture.git("commit", "--quiet", "-m", "planned")
    try fixture.git("cherry-pick", "main")
    let gate = try fixture.connref("check", "HEAD~1..HEAD")
    #expect(gate.status == 1)
    #expect(gate.stdout.contains("was planned until 2026-01-31"))
    #expect(!gate.stdout.contains("of this change plans it"))
  }

  @Test func `a branch does not approve itself`() throws {
    let fixture = try TestRepository.withRecreation()
    let id = try id(of: "reference-recreated", in: fixture)
    try fixture.git("checkout", "--quiet", "-b", "feature")
    try accept(in: fixture, id, "--reason", "on purpose")
    try fixture.git("add", "--all")
    try fixture.git("commit", "--quiet", "-m", "again")
    let gate = try fixture.connref("check", "--against", "main")
    #expect(gate.status == 1)
    let reported = gate.stdout.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(
      reported.contains(
        "'.connref-accepted.yml' of this change accepts it; that counts once 'main' has it"))
    // Once main holds it the same branch passes, rebased or squashed.
    try fixture.git("checkout", "--quiet", "main")
    try fixture.git("checkout", "feature", "--", ".connref-accepted.yml", ".gitattributes")
    try fixture.git("commit", "--quiet", "-m", "approval")
    #expect(try fixture.connref("check", "main...feature").status == 0)
    try fixture.git("checkout", "--quiet", "-b", "squashed", "main")
    try fixture.git("merge", "--quiet", "--squash", "feature")
    try fixture.git("commit", "--quiet", "-m", "other words")
    #expect(try fixture.connref("check", "main...squashed").status == 0)
    #expect(try fixture.connref("branches").status == 0)
  }

  @Test func `an approval holds after the solution's folder moved`() throws {
    let fixture = try TestRepository { Commit("base", Sales.base.files()) }
    try fixture.stage(Sales.recreated.files())
    let id = try id(of: "reference-recreated", in: fixture)
    try accept(in: fixture, id, "--reason", "on purpose")
    try fixture.git("add", ".connref-accepted.yml")
    try fixture.git("mv", "solutions", "src")
    #expect(try fixture.connref("check").status == 0)
  }

  @Test func `two branches that add entries merge without a conflict`() throws {
    // Each has a reference of its own: what the other one still declares would not depart.
    func solution(_ name: String, _ suffix: String) -> Sales {
      let reference = Sales.Reference("\(name)_sharedsql_\(suffix)", "Orders of \(name)")
      return Sales([reference], [Sales.approve(reference)], name: name)
    }
    let names = ["Sales", "Support"]
    let fixture = try TestRepository {
      Commit(
        "base",
        solution("Sales", "a1b2c").files().merging(solution("Support", "a1b2c").files()) { $1 })
    }
    for name in names {
      try fixture.git("checkout", "--quiet", "-b", name, "main")
      try fixture.stage(solution(name, "9d8e7").files())
      let id = try id(of: "reference-recreated", in: fixture)
      try accept(in: fixture, id, "--reason", "on purpose")
      try fixture.git("add", "--all")
      try fixture.git("commit", "--quiet", "-m", name)
    }
    try fixture.git("merge", "--quiet", "Sales", "-m", "both")
    let text = try text(".connref-accepted.yml", in: fixture)
    #expect(text.split(separator: "\n").count { $0.hasPrefix("- {id:") } == 2)
    #expect(try fixture.connref("accept", "--list").status == 0)
  }

  @Test func `list and prune show what is still needed`() throws {
    let fixture = try TestRepository.withRecreation()
    let id = try id(of: "reference-recreated", in: fixture)
    try accept(in: fixture, id, "--reason", "on purpose")
    try fixture.write(
      TestFile(
        try text(".connref-accepted.yml", in: fixture)
          + "- {id: ffffffffffff, rule: link-lost, reason: gone}\n"
          + "- {id: fffffffffff0, rule: link-lost, reason: over, until: 2020-01-31}\n"),
      to: ".connref-accepted.yml")
    let list = try fixture.connref("accept", "--list")
    #expect(list.stdout.contains("\(id) reference-recreated, in use"))
    #expect(list.stdout.contains("ffffffffffff link-lost, unused"))
    #expect(list.stdout.contains("fffffffffff0 link-lost, expired, until 2020-01-31"))
    #expect(list.stderr == "3 accepted: 1 in use, 1 expired, 1 without a finding\n")
    try accept(in: fixture, "--prune")
    let left = try text(".connref-accepted.yml", in: fixture)
    #expect(left.contains(id) && !left.contains("fffffffffff"))
  }

  @Test func `a baseline takes over what is there, and only shrinks`() throws {
    let broken = Sales.archive(Sales.Reference("sales_Gone", ""))
    let fixture = try TestRepository {
      Commit("base", Sales([Sales.old], [Sales.approve(Sales.old), broken]).files())
    }
    try accept(in: fixture, "--baseline")
    let first = try text(".connref-accepted.yml", in: fixture)
    #expect(first.contains("rule: link-unresolved"))
    #expect(first.contains("baseline: true"))
    #expect(first.contains("was there when connref began"))
    // What is new is not taken over.
    try fixture.stage(Sales([Sales.new], [Sales.approve(Sales.new), broken]).files())
    let again = try fixture.connref("accept", "--baseline")
    #expect(again.status == 0)
    #expect(!(try text(".connref-accepted.yml", in: fixture)).contains("reference-recreated"))
  }

  @Test func `a baseline that was stopped is completed by the next run`() throws {
    let fixture = try TestRepository {
      Commit(
        "base",
        Sales([Sales.old], [Sales.archive(Sales.Reference("sales_Gone", ""))]).files())
    }
    try accept(in: fixture, "--baseline")
    // As if it was killed before it wrote the attributes, and while it wrote them.
    try FileManager.default.removeItem(atPath: fixture.path + "/.gitattributes")
    for name in ["gitattributes", "connref-accepted.yml"] {
      try fixture.write(TestFile("half"), to: "..\(name).connref-2147483600")
    }
    #expect(try fixture.connref("accept", "--baseline").status == 0)
    #expect(try text(".gitattributes", in: fixture).contains("merge=union"))
    #expect(!(try fixture.git("status", "--porcelain")).contains("2147483600"))
  }

  @Test func `a broken file of approvals is named, and nothing passes by it`() throws {
    let fixture = try TestRepository.withRecreation()
    try fixture.stage(TestFile("- id: 1\n"), at: ".connref-accepted.yml")
    let outcome = try fixture.connref("check")
    #expect(outcome.status == 2)
    #expect(outcome.stderr.contains(".connref-accepted.yml:1: an entry needs the 'id'"))
    #expect(try fixture.connref("accept", "--prune").status == 2)
    #expect(try text(".connref-accepted.yml", in: fixture) == "- id: 1\n")
  }
}

/// Approvals in a history.
@Suite struct AcceptedHistoryTests {
  @Test func `an accepted incident is reported and fails nothing`() throws {
    let fixture = try TestRepository {
      Commit(
        "base", Sales([Sales.old], [Sales.approve(Sales.old), Sales.remind(Sales.old)]).files())
      Commit(
        "again", Sales([Sales.new], [Sales.approve(Sales.new), Sales.remind(Sales.old)]).files())
    }
    let broken = try fixture.connref("history")
    #expect(broken.status == 1)
    let id = try #require(
      broken.stdout.split(whereSeparator: \.isWhitespace).first {
        $0.count == 12 && $0.allSatisfy(\.isHexDigit)
      })
    let accepted = try fixture.connref(
      "accept", String(id), "--reason", "retired next week", "--who", "Ada")
    #expect(accepted.status == 0, "\(accepted.stderr)")
    let history = try fixture.connref("history")
    #expect(history.status == 0)
    let reported = history.stdout.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(reported.contains("accepted by Ada: retired next week"))
    let json = try fixture.connref("history", "--format", "json")
    #expect(json.stdout.contains(#""acceptedBy": {"#))
  }
}
