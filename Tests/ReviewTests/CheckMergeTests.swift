import Detection
import Git
import Review
import TestSupport
import Testing

/// Merges: what is new to the branch that is checked out.
@Suite struct CheckMergeTests {
  /// `main` re-created the reference; `side` added a flow on the old one. The merge is clean as
  /// text.
  private let fixture: TestRepository

  init() throws {
    fixture = try TestRepository {
      Commit("base", Sales.base.files())
      Commit(
        "side", on: "side", from: "main",
        Sales([Sales.old], [Sales.approve(Sales.old), Sales.remind(Sales.old)])
          .files())
      Commit("again", Sales.recreated.files())
    }
  }

  private let lost = "error link-lost: \(Sales.old.name) -> "

  @Test func `a clean merge that leaves a flow without its reference is reported`() throws {
    try fixture.git("merge", "--quiet", "--no-commit", "--strategy-option=ours", "side")
    let outcome = try fixture.check()
    #expect(outcome.reported == [lost])
    #expect(outcome.findings.first?.consumers.map(\.name) == ["Remind buyer"])
  }

  @Test func `a merged side is known from the environment before MERGE_HEAD is written`() throws {
    try fixture.git("merge", "--quiet", "--no-commit", "--strategy-option=ours", "side")
    let mergeHead = try fixture.git("rev-parse", "--git-path", "MERGE_HEAD")
    try fixture.command("rm", arguments: [mergeHead]).succeed()
    #expect(try fixture.check(mergedSides: [fixture.id("side")]).reported == [lost])
  }

  /// Each branch adds a reference and a flow on it; the merge keeps only the declarations of `main`.
  private func dropping(_ form: Sales.Form) throws -> Finding {
    let (ours, theirs) = (Sales.other, Sales.Reference("sales_Mail", "Mail", "shared_office365"))
    let flows = [Sales.approve(Sales.old), Sales.archive(ours), Sales.remind(theirs)]
    let merged = Sales([Sales.old, ours], flows).files(form)
    let fixture = try TestRepository {
      Commit("base", Sales.base.files(form))
      Commit(
        "side", on: "side", from: "main",
        Sales([Sales.old, theirs], [flows[0], flows[2]]).files(form))
      Commit("main", Sales([Sales.old, ours], [flows[0], flows[1]]).files(form))
    }
    try fixture.git("merge", "--quiet", "--no-commit", "--strategy=ours", "side")
    try fixture.stage(merged)
    let finding = try #require(try fixture.check().findings.first)
    let side = fixture.id("side").prefix(10)
    #expect(finding.rule == .linkLost)
    #expect(
      finding.remarks.last?.hasPrefix("the merged commit \(side) declares sales_Mail") == true)
    var shown = finding
    shown.fix = finding.fix.map { .text($0.line.replacing(side, with: "SIDE")) }
    return shown
  }

  @Test func `a declaration that the merge dropped is shown as the other side has it`() throws {
    #expect(
      try dropping(.classic).fix.first?.line
        == "put its declaration back as it is there: git show "
        + "SIDE:solutions/Sales/Other/Customizations.xml")
  }

  @Test func `a file that the merge dropped is taken from the other side`() throws {
    #expect(
      try dropping(.yaml).fix.prefix(2).map(\.line) == [
        "take its file from there: git checkout SIDE -- "
          + "solutions/Sales/connectionreferences/sales_Mail/connectionreference.yml",
        "and add its line '- '@path': /connectionreferences/sales_Mail' to "
          + "'solutions/Sales/solutions/Sales/solutioncomponents.yml', where that is missing",
      ])
  }

  @Test func `what no side declares is said to be nowhere else`() throws {
    let fixture = try TestRepository {
      Commit("base", Sales.base.files())
      Commit("side", on: "side", from: "main", ["docs/a.md": "1"])
      Commit("main", ["docs/b.md": "1"])
    }
    try fixture.git("merge", "--quiet", "--no-commit", "side")
    let gone = Sales.Reference("sales_Gone", "", "shared_teams")
    try fixture.stage(Sales([Sales.old], [Sales.approve(Sales.old), Sales.remind(gone)]).files())
    let finding = try #require(try fixture.check().findings.first)
    #expect(finding.rule == .linkLost)
    #expect(!finding.remarks.contains { $0.contains("the merged commit") })
    #expect(!finding.fix.contains { $0.line.contains("git ") })
  }

  @Test func `what the merged branch brings is new to the one that is checked out`() throws {
    let fixture = try TestRepository {
      Commit("base", Sales.base.files())
      Commit("side", on: "side", from: "main", ["docs/a.md": "1"])
      Commit("again", on: "broken", from: "main", Sales.recreated.files())
    }
    try fixture.git("checkout", "--quiet", "side")
    try fixture.git("merge", "--quiet", "--no-commit", "broken")
    #expect(try fixture.check().reported == [recreatedError])
  }

  @Test func `what the main branch has already is a note`() throws {
    let fixture = try TestRepository {
      Commit("base", Sales.base.files())
      Commit("side", on: "side", from: "main", ["docs/a.md": "1"])
      Commit("again", Sales.recreated.files())
    }
    try fixture.git("checkout", "--quiet", "side")
    try fixture.git("merge", "--quiet", "--no-commit", "main")
    let outcome = try fixture.check()
    #expect(outcome.reported == [recreatedError.replacing("error", with: "note")])
    #expect(outcome.onMainBranch.map(\.branch) == ["main"])
    #expect(
      outcome.findings.first?.remarks.last
        == "'main' has it already: this change only takes it over")
  }

  @Test func `a file that cannot be read on the main branch either stops no update`() throws {
    let fixture = try TestRepository {
      Commit("base", Sales.base.files())
      Commit("side", on: "side", from: "main", ["docs/a.md": "1"])
      Commit("odd", ["solutions/Sales/Other/Customizations.xml": "not xml"])
    }
    try fixture.git("checkout", "--quiet", "side")
    try fixture.git("merge", "--quiet", "--no-commit", "main")
    let outcome = try fixture.check()
    #expect(outcome.unknown == [] && outcome.warnings.count == 1)
  }

  @Test func `a merge that alone drops a declaration is reported`() throws {
    let fixture = try TestRepository {
      Commit("base", Sales.base.files())
      Commit("side", on: "side", from: "main", ["docs/a.md": "1"])
      Commit("main", ["docs/b.md": "1"])
    }
    try fixture.git("merge", "--quiet", "--no-commit", "side")
    try fixture.stage(Sales([], [Sales.approve(Sales.old)]).files())
    #expect(try fixture.check().reported == ["error reference-removed: \(Sales.old.name) -> "])
  }

  @Test func `a conflict that was resolved is compared with HEAD`() throws {
    let both = Sales([Sales.other, Sales.old], [Sales.approve(Sales.old)])
    let fixture = try TestRepository {
      Commit("base", Sales.base.files())
      Commit("side", on: "side", from: "main", both.files())
      Commit("again", Sales.recreated.files())
    }
    _ = try fixture.command("git", arguments: ["merge", "--quiet", "side"]).run()
    #expect(try !fixture.git("ls-files", "--unmerged").isEmpty)
    // The declarations of one side, the flow of the other.
    try fixture.stage(
      Sales([Sales.new], [Sales.approve(Sales.old)]).files())
    let reported = try fixture.check().reported
    #expect(reported == [lost, "note reference-unused:  -> \(Sales.new.name)"])
  }

  @Test func `a conflict is a problem until it is resolved`() throws {
    let both = Sales([Sales.other, Sales.old], [Sales.approve(Sales.old)])
    let fixture = try TestRepository {
      Commit("base", Sales.base.files())
      Commit("side", on: "side", from: "main", both.files())
      Commit("again", Sales.recreated.files())
    }
    _ = try fixture.command("git", arguments: ["merge", "--quiet", "side"]).run()
    let outcome = try fixture.check()
    let path = "solutions/Sales/Other/Customizations.xml"
    #expect(
      outcome.unknown.contains(
        "\(path): it is unmerged\nhint: resolve the conflict, then git add -- '\(path)'"))
    #expect(outcome.reported == [])
  }

  @Test func `an octopus is compared with HEAD`() throws {
    let fixture = try TestRepository {
      Commit("base", Sales.base.files())
      Commit("one", on: "one", from: "main", ["docs/1.md": "1"])
      Commit("two", on: "two", from: "main", Sales.recreated.files())
      Commit("main", ["docs/0.md": "1"])
    }
    try fixture.git("merge", "--quiet", "--no-commit", "one", "two")
    #expect(try fixture.check().reported == [recreatedError])
    try fixture.stage(Sales.base.files())
    #expect(try fixture.check().reported == [])
    try fixture.stage(Sales([], [Sales.approve(Sales.old)]).files())
    #expect(try fixture.check().reported == ["error reference-removed: \(Sales.old.name) -> "])
  }

  @Test func `a criss-cross has two merge bases and still an answer`() throws {
    let fixture = try TestRepository {
      Commit("base", Sales.base.files())
      Commit("a1", on: "a", from: "main", ["docs/a.md": "1"])
      Commit("b1", on: "b", from: "main", ["docs/b.md": "1"])
      Commit("a2", on: "a", merging: "b1", ["docs/b.md": "1"])
      Commit("b2", on: "b", merging: "a1", ["docs/a.md": "1"])
      Commit("b3", on: "b", Sales.recreated.files())
    }
    #expect(try fixture.check(.branch(base: "a", tip: "b")).reported == [recreatedError])
    #expect(try fixture.check(.branch(base: "b", tip: "a")).reported == [])
  }

  @Test func `a merge commit is compared with each parent by its id`() throws {
    let fixture = try TestRepository {
      Commit("base", Sales.base.files())
      Commit("side", on: "side", from: "main", ["docs/a.md": "1"])
      Commit("again", Sales.recreated.files())
      Commit("merge", merging: "side", ["docs/a.md": "1"])
    }
    #expect(try fixture.check(.commits(before: "main^1", after: "main")).reported == [])
    #expect(
      try fixture.check(.commits(before: "main^2", after: "main")).reported == [recreatedError])
  }
}
