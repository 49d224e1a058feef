import Detection
import Editing
import Git
import Review
import Solution
import TestSupport
import Testing

/// Rows that bind what a solution removed, where another solution's manifest names it.
@Suite struct StaleRowTests {
  private func base(_ reference: Sales.Reference) -> [String: TestFile] {
    Sales([reference], [Sales.approve(reference)], name: "Base").files()
  }

  /// A solution that uses a reference and declares none.
  private func app(
    _ reference: Sales.Reference, listing listed: Sales.Reference, in solution: String
  ) -> [String: TestFile] {
    var app = Sales([Sales.other], [Sales.remind(reference)], name: "App")
    app.externals = [(listed.name, solution)]
    return app.files()
  }

  private func repository(of solution: String) throws -> TestRepository {
    try TestRepository {
      Commit("one", base(Sales.old))
      Commit("two", app(Sales.old, listing: Sales.old, in: solution))
      Commit("three", ["base-prod.json": Sales.settings([Sales.old])])
      Commit("re-created", base(Sales.new))
      Commit("followed", app(Sales.new, listing: Sales.old, in: solution))
    }
  }

  private func stale(_ outcome: CheckOutcome) throws -> [String] {
    let finding = try #require(outcome.findings.first { $0.rule == .referenceRecreated })
    return finding.rows.filter { $0.state == .stale }.map(\.place.path)
  }

  @Test func `a manifest that expects it from the solution that removed it keeps no row`() throws {
    let fixture = try repository(of: "Base (1.0.0.0)")
    let outcome = try fixture.check(from: "three", to: "re-created")
    #expect(try stale(outcome) == ["base-prod.json"])
    let remarks = outcome.findings.flatMap { $0.remarks }
    #expect(!remarks.contains { $0.contains("also used") })
    #expect(try fixture.check(from: "re-created", to: "followed").reported == [])
    // Both flows followed, the row did not.
    let whole = try fixture.check(from: "three", to: "followed")
    #expect(try stale(whole) == ["base-prod.json"])
    #expect(whole.findings.compactMap { $0.outcome?.rawValue } == ["open"])
  }

  @Test func `a manifest that expects it from a solution that is not here keeps the row`() throws {
    let fixture = try repository(of: "Platform (1.0.0.0)")
    #expect(try stale(try fixture.check(from: "three", to: "re-created")) == [])
    #expect(try stale(try fixture.check(from: "three", to: "followed")) == [])
  }

  private static let prod = ["prod.json": Sales.settings([Sales.old])]

  /// The rows of the only finding of a rule between two commits, and its outcome there.
  private func rows(
    _ outcome: CheckOutcome, of rule: RuleID = .referenceRecreated
  ) throws -> [String] {
    let findings = outcome.findings.filter { $0.rule == rule }
    let finding = try #require(findings.first)
    #expect(findings.count == 1)
    return finding.rows.map { "\($0.state.rawValue) \($0.reference.spelling)" }
      + [finding.outcome?.rawValue ?? ""]
  }

  @Test func `where the old name is still declared elsewhere, the new one lacks a row`() throws {
    let other = Sales([Sales.old], [Sales.remind(Sales.old)], name: "Other")
    let fixture = try TestRepository {
      Commit("base", Sales.base.files().merging(other.files()) { $1 }.merging(Self.prod) { $1 })
      Commit("again", Sales.recreated.files())
      Commit("bound", ["prod.json": Sales.settings([Sales.old, Sales.new])])
    }
    let again = try fixture.check(from: "base", to: "again")
    #expect(
      try rows(again, of: .referenceReplaced) == ["missing \(Sales.new.name)", "open"])
    // What another solution has was not deleted.
    let finding = try #require(again.findings.first { $0.rule == .referenceReplaced })
    #expect(finding.severity == .warning)
    #expect(finding.remarks.first == "'Other' still declares \(Sales.old.name): it was not deleted")
    let bound = try fixture.check(from: "base", to: "bound")
    #expect(try rows(bound, of: .referenceReplaced) == ["completed"])
  }

  @Test func `finishing such a move leaves the other solution's row as it is`() throws {
    let other = Sales([Sales.old], [Sales.remind(Sales.old)], name: "Other")
    let fixture = try TestRepository {
      Commit("base", Sales.base.files().merging(other.files()) { $1 }.merging(Self.prod) { $1 })
    }
    try fixture.stage(Sales.recreated.files())
    try fixture.applyRepair(.referenceReplaced, .forward)
    let text = String(decoding: try #require(try fixture.staged()["prod.json"]), as: UTF8.self)
    #expect(text.contains("\"\(Sales.old.name)\"") && text.contains("\"\(Sales.new.name)\""))
    #expect(text.split(separator: "LogicalName").count == 3)
  }

  @Test func `where the maker's environment alone has the old name, it stays open`() throws {
    var left = Sales([Sales.new], [Sales.approve(Sales.new), Sales.remind(Sales.old)])
    left.externals = [(Sales.old.name, "Active")]
    let both = Sales([Sales.old], [Sales.approve(Sales.old), Sales.remind(Sales.old)])
    let fixture = try TestRepository {
      Commit("base", both.files().merging(Self.prod) { $1 })
      Commit("again", left.files())
    }
    #expect(
      try rows(try fixture.check(from: "base", to: "again")) == [
        "missing \(Sales.new.name)", "open",
      ])
  }

  @Test func `a second re-creation without a row is open as well`() throws {
    let third = Sales.Reference("new_sharedsharepointonline_33333", Sales.old.displayName)
    let fixture = try TestRepository {
      Commit("base", Sales.base.files().merging(Self.prod) { $1 })
      Commit("again", Sales.recreated.files())
      Commit("third", Sales([third], [Sales.approve(third)]).files())
    }
    #expect(
      try rows(try fixture.check(from: "again", to: "third")) == [
        "missing \(third.name)", "open",
      ])
  }

  @Test func `a reference on another connector leaves its rows behind`() throws {
    let other = Sales.Reference(Sales.old.name, Sales.old.displayName, "shared_onedrive")
    let fixture = try TestRepository {
      Commit("base", Sales.base.files().merging(Self.prod) { $1 })
      Commit("other", Sales([other], [Sales.approve(other)]).files())
      Commit("bound", ["prod.json": Sales.settings([other])])
    }
    let finding = try #require(try fixture.check(from: "base", to: "other").findings.first)
    #expect(finding.rule == .connectorChanged)
    #expect(finding.rows.map(\.state) == [.otherConnector])
    #expect(finding.consumers.map(\.state) == [.moved])
    #expect(finding.outcome == .open)
    let bound = try #require(try fixture.check(from: "base", to: "bound").findings.first)
    #expect(bound.rows.isEmpty && bound.outcome == .completed)
  }

  /// The findings of an audit about settings, where the solution is in a folder or in a zip beside another one.
  @Test(arguments: [false, true])
  func `a file that binds the former name alone is the solution's`(isZip: Bool) throws {
    func files(_ reference: Sales.Reference) -> [String: TestFile] {
      let sales = Sales([reference], [Sales.approve(reference)])
      guard isZip else { return sales.files() }
      let files = sales.files(.plain, in: "").sorted { $0.key < $1.key }
      return ["out/Sales.zip": TestFile(bytes: storedZip(files.map { ($0.key, $0.value.bytes) }))]
    }
    let other = Sales([Sales.other], [Sales.archive(Sales.other)], name: "Other").files()
      .merging(["other.json": Sales.settings([Sales.other])]) { $1 }
    let fixture = try TestRepository {
      Commit("base", files(Sales.old).merging(other.merging(Self.prod) { $1 }) { $1 })
      Commit("again", files(Sales.new))
      Commit("later", ["README.md": "later"])
    }
    #expect(
      try audit(fixture) == [
        "warning settings-incomplete:  -> \(Sales.new.name)",
        "note settings-unused:  -> \(Sales.old.name)",
      ])
  }

  @Test func `a row of a solution that has no reference any more is unused`() throws {
    let empty = Sales([], [])
    let fixture = try TestRepository {
      Commit("base", Sales.base.files().merging(Self.prod) { $1 })
      Commit("emptied", Sales.base.files().becoming(empty.files()))
    }
    #expect(try audit(fixture) == ["note settings-unused:  -> \(Sales.old.name)"])
    // One that never had any has its settings from another repository.
    let foreign = try TestRepository { Commit("base", empty.files().merging(Self.prod) { $1 }) }
    #expect(try audit(foreign) == [])
  }

  /// The findings of an audit about settings files.
  private func audit(_ fixture: TestRepository) throws -> [String] {
    try Audit(
      Repository(folder: fixture.path, environment: Command.closedWorld),
      options: Check.Options(today: .distantFuture)
    ).outcome(at: nil).reported.filter { $0.contains("settings") }
  }

  @Test func `a row that keeps the former spelling is part of the change`() throws {
    let recased = Sales.Reference(Sales.old.name.uppercased(), Sales.old.displayName)
    let fixture = try TestRepository {
      Commit("base", Sales.base.files().merging(Self.prod) { $1 })
      Commit("recased", Sales([recased], [Sales.approve(recased)]).files())
    }
    let finding = try #require(try fixture.check(from: "base", to: "recased").findings.first)
    #expect(finding.rule == .referenceRecased)
    #expect(finding.rows.map(\.reference.spelling) == [Sales.old.name])
  }
}
