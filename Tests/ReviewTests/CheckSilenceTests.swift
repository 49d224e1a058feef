import Detection
import Foundation
import Git
import Review
import Solution
import TestSupport
import Testing

/// What must stay silent, each as two commits of a repository.
@Suite struct CheckSilenceTests {
  private let customizations = "solutions/Sales/Other/Customizations.xml"

  /// What is reported when the files of one commit become those of the next.
  private func outcome(
    _ before: [String: TestFile], _ after: [String: TestFile]
  ) throws -> CheckOutcome {
    let fixture = try TestRepository {
      Commit("before", before)
      Commit("after", before.becoming(after))
    }
    return try fixture.check(from: "before", to: "after")
  }

  private func reported(
    _ before: [String: TestFile], _ after: [String: TestFile]
  ) throws -> [String] {
    let outcome = try outcome(before, after)
    #expect(outcome.problems.isEmpty)
    return outcome.reported
  }

  @Test(arguments: Sales.Form.allCases)
  func `the folder of a solution is moved`(form: Sales.Form) throws {
    #expect(
      try reported(Sales.base.files(form), Sales.base.files(form, in: "src/apps/Sales")) == [])
  }

  @Test func `of two folders of a solution one is moved, and the other is deleted`() throws {
    let whole = Sales([Sales.old, Sales.other], [Sales.approve(Sales.old)])
    let older = Sales([Sales.other], [Sales.approve(Sales.old), Sales.archive(Sales.other)])
    #expect(
      try reported(
        whole.files(.plain, in: "").merging(older.files(in: "src")) { $1 },
        older.files(in: "src-archived")) == [])
  }

  @Test func `a solution is moved to the root`() throws {
    #expect(try reported(Sales.base.files(), Sales.base.files(in: "")) == [])
  }

  @Test func `a solution is renamed, and its folder with it`() throws {
    var renamed = Sales.base
    renamed.name = "SalesCore"
    #expect(try reported(Sales.base.files(), renamed.files()) == [])
  }

  @Test(arguments: [
    (Sales.Form.classic, Sales.Form.yaml), (.plain, .classic), (.plain, .yaml), (.yaml, .classic),
  ])
  func `a solution is converted to another form`(from: Sales.Form, to: Sales.Form) throws {
    #expect(try reported(Sales.base.files(from), Sales.base.files(to)) == [])
    #expect(try reported(Sales.base.files(from), Sales.base.files(to, in: "src/Sales")) == [])
  }

  @Test func `a conversion does not hide what was re-created`() throws {
    #expect(
      try reported(Sales.base.files(.classic), Sales.recreated.files(.yaml)) == [recreatedError])
  }

  @Test(arguments: Sales.Form.allCases)
  func `a display name alone is changed`(form: Sales.Form) throws {
    var renamed = Sales.old
    renamed.displayName = "Files of Sales"
    #expect(
      try reported(Sales.base.files(form), Sales([renamed], [Sales.approve(renamed)]).files(form))
        == [])
  }

  @Test func `the order of elements is changed`() throws {
    let flows = [Sales.approve(Sales.old)]
    #expect(
      try reported(
        Sales([Sales.old, Sales.other], flows).files(),
        Sales([Sales.other, Sales.old], flows).files()) == [])
  }

  @Test func `a description is added`() throws {
    let described = rewriting(Sales.base.files()) {
      $0.replacing("<iscustomizable>", with: "<description>Files</description><iscustomizable>")
        .replacing("<statecode>0<", with: "<promptingbehavior>1</promptingbehavior><statecode>0<")
    }
    #expect(try reported(Sales.base.files(), described) == [])
  }

  private func rewriting(
    _ files: [String: TestFile], _ change: (String) -> String
  ) -> [String: TestFile] {
    files.mapValues { $0.rewritten { change($0).utf8 } }
  }

  @Test func `a byte order mark is added`() throws {
    #expect(
      try reported(Sales.base.files(), rewriting(Sales.base.files()) { "\u{FEFF}" + $0 }) == [])
  }

  @Test func `line ends are changed`() throws {
    #expect(
      try reported(
        Sales.base.files(),
        rewriting(Sales.base.files()) { $0.replacing("\n", with: "\r\n") }) == [])
  }

  @Test func `indentation is changed`() throws {
    #expect(
      try reported(
        Sales.base.files(), rewriting(Sales.base.files()) { $0.replacing("  ", with: "\t") })
        == [])
  }

  @Test func `the encoding is changed to UTF-16`() throws {
    let wide = Sales.base.files().mapValues { file in
      file.rewritten { text -> [UInt8] in
        let text = text.replacing("encoding=\"utf-8\"", with: "encoding=\"utf-16\"")
        return [0xFF, 0xFE] + text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
      }
    }
    #expect(try reported(Sales.base.files(), wide) == [])
  }

  @Test(arguments: Sales.Form.allCases)
  func `a whole solution is deleted`(form: Sales.Form) throws {
    let rest: [String: TestFile] = ["readme.md": "1"]
    #expect(try reported(Sales.base.files(form).merging(rest) { $1 }, rest) == [])
  }

  @Test(arguments: [["Other/"], ["Workflows/"], ["Other/Customizations.xml"]])
  func `a solution is deleted piece by piece`(first: [String]) throws {
    let all = Sales.base.files()
    let half = all.filter { path, _ in !first.contains { path.contains($0) } }
    let fixture = try TestRepository {
      Commit("whole", all)
      Commit("half", all.becoming(half))
      Commit("gone", half.removed)
    }
    #expect(try fixture.check(from: "whole", to: "half").reported == [])
    #expect(try fixture.check(from: "half", to: "gone").reported == [])
    #expect(try fixture.check(from: "whole", to: "gone").reported == [])
  }

  private func pair(_ first: SolutionFixture, _ second: SolutionFixture) -> [String: TestFile] {
    first.files().merging(second.files()) { $1 }
  }

  @Test func `a reference is moved to a sibling that declares it now`() throws {
    let base = Sales([], [], name: "Core")
    let taken = Sales([Sales.old], [], name: "Core")
    #expect(
      try reported(pair(Sales.base, base), pair(Sales([], [Sales.approve(Sales.old)]), taken)) == []
    )
  }

  @Test func `a reference is emptied to a stub since a sibling has it in full`() throws {
    let core = Sales([Sales.old], [], name: "Core")
    let stubbed = Sales([.stub(Sales.old.name)], [Sales.approve(Sales.old)])
    #expect(try reported(pair(Sales.base, core), pair(stubbed, core)) == [])
    #expect(try reported(pair(stubbed, core), pair(Sales.base, core)) == [])
  }

  @Test func `a new flow names what the manifest lists as missing`() throws {
    var external = Sales([Sales.old], [Sales.approve(Sales.old), Sales.remind(Sales.other)])
    external.externals = [(Sales.other.name, "Archive (1.2.0.0)")]
    #expect(try reported(Sales.base.files(), external.files()) == [])
  }

  @Test func `flows are put onto a reference that is older`() throws {
    let fixture = try TestRepository {
      Commit("older", Sales([Sales.other], []).files())
      Commit("both", Sales([Sales.other, Sales.old], [Sales.approve(Sales.old)]).files())
      Commit("moved", Sales([Sales.other], [Sales.approve(Sales.other)]).files())
    }
    #expect(try fixture.check(from: "both", to: "moved").reported == [])
  }

  @Test func `an alias is renumbered`() throws {
    var renumbered = Sales.approve(Sales.old)
    renumbered.alias = "shared_sharepointonline_1"
    #expect(try reported(Sales.base.files(), Sales([Sales.old], [renumbered]).files()) == [])
  }

  @Test(arguments: Sales.Form.allCases)
  func `a flow is renamed`(form: Sales.Form) throws {
    var renamed = Sales.approve(Sales.old)
    renamed.name = "Approve every order"
    #expect(
      try reported(Sales.base.files(form), Sales([Sales.old], [renamed]).files(form)) == [])
  }

  @Test func `the rows of a settings file are reordered`() throws {
    let files = Sales([Sales.old, Sales.other], [Sales.approve(Sales.old)]).files()
    #expect(
      try reported(
        files.merging(["config/prod.json": Sales.settings([Sales.old, Sales.other])]) { $1 },
        files.merging(["config/prod.json": Sales.settings([Sales.other, Sales.old])]) { $1 })
        == [])
  }

  @Test func `a patch is unpacked over its base`() throws {
    let patch = Sales([], [Sales.approve(Sales.old)], name: "Sales_Patch_33b0c84d")
    #expect(
      try reported(Sales.base.files(in: "Sales"), patch.files(in: "Sales")) == [])
  }

  @Test func `a look-alike that no flow moved to is reported for its name alone`() throws {
    #expect(
      try reported(
        Sales.base.files(), Sales([Sales.old, Sales.new], [Sales.approve(Sales.old)]).files())
        == lookAlike)
  }

  @Test func `the same solution twice in the tree is one finding`() throws {
    let twice = { (solution: SolutionFixture) in
      solution.files(in: "Managed").merging(solution.files(in: "Unmanaged")) { $1 }
    }
    #expect(try reported(twice(Sales.base), twice(Sales.recreated)) == [recreatedError])
  }

  @Test func `a twin that still declares the old one is named`() throws {
    let outcome = try outcome(
      Sales.base.files(in: "Managed").merging(Sales.base.files(in: "Unmanaged")) { $1 },
      Sales.base.files(in: "Managed").merging(Sales.recreated.files(in: "Unmanaged")) { $1 })
    #expect(outcome.reported == [recreatedError])
    #expect(
      outcome.findings.first?.remarks.first
        == "'Managed' still declares \(Sales.old.name): not exported again yet?")
  }

  @Test func `two solutions of one unique name are distinguished by their folders`() throws {
    let other = Sales([Sales.other], [Sales.remind(Sales.other)])
    let outcome = try outcome(
      Sales.base.files(in: "a").merging(other.files(in: "b")) { $1 },
      Sales.recreated.files(in: "a").merging(other.files(in: "b")) { $1 })
    #expect(outcome.reported == [recreatedError])
    #expect(outcome.findings.first?.after.first?.place?.path == "a/Other/Customizations.xml")
  }

  @Test func `a file of no solution is changed`() throws {
    let fixture = try TestRepository { Commit("base", Sales.base.files()) }
    try fixture.stage(["data/list.json": "[1]", "readme.md": "1", "pom.xml": "<project />"])
    let outcome = try fixture.check()
    #expect(outcome.isSilent && !outcome.isChanged)
  }
}
