import Detection
import Foundation
import Git
import Review
import Solution
import TestSupport
import Testing

/// Entries of flows that lose their name, and releases that only look so.
@Suite struct EmptiedEntryTests {
  private func text(_ file: TestFile) -> String { String(decoding: file.bytes, as: UTF8.self) }

  /// The files with every flow changed.
  private func editing(
    _ files: [String: TestFile], _ edit: (String) -> String
  ) -> [String: TestFile] {
    files.reduce(into: [:]) { result, file in
      let isFlow = file.key.contains("Workflows/") && file.key.hasSuffix(".json")
      result[file.key] = isFlow ? TestFile(edit(text(file.value))) : file.value
    }
  }

  private func emptied(_ flow: String) -> String {
    flow.replacing(#/"connection": \{[^}]*\}/#, with: "\"connection\": {}")
  }

  private func zip(_ folder: String, _ files: [String: TestFile]) -> [String: TestFile] {
    let entries = files.sorted { $0.key < $1.key }.map { ($0.key, $0.value.bytes) }
    return ["\(folder).zip": TestFile(bytes: storedZip(entries))]
  }

  @Test func `an entry that is emptied and renumbered at once is found by its connector`() throws {
    let before = editing(Sales.base.files()) {
      $0.replacing("\"shared_sharepointonline\": {", with: "\"shared_sharepointonline_1\": {")
        .replacing(
          "\"connectionName\": \"shared_sharepointonline\"",
          with: "\"connectionName\": \"shared_sharepointonline_1\"")
    }
    let after = editing(Sales.base.files(), emptied)
    let fixture = try TestRepository {
      Commit("base", before)
      Commit("emptied", after)
    }
    let lost = try fixture.check(from: "base", to: "emptied").findings.filter {
      $0.rule == .linkLost
    }
    #expect(!lost.isEmpty)
    #expect(lost.allSatisfy { $0.severity == .error })
    #expect(lost.allSatisfy { $0.before.map(\.name.spelling) == [Sales.old.name] })
  }

  @Test func `what one edit takes from a flow is one finding`() throws {
    let mail = Sales.Reference("sales_Mail", "Mail", "shared_office365")
    let flow = Sales.Flow("Approve order", id: Sales.approveID, Sales.old, mail)
    let base = Sales([Sales.old, mail], [flow, Sales.remind(Sales.old)]).files()
    let path = "solutions/Sales/Workflows/\(flow.fileName)"
    let after = base.merging([path: TestFile(emptied(text(base[path] ?? "")))]) { $1 }
    let fixture = try TestRepository { Commit("base", base) }
    try fixture.stage(after)
    let names = "\(Sales.old.name) \(mail.name)"
    let findings = try fixture.check().findings
    // That nothing uses the mail any more is a part of it.
    #expect(try fixture.check().reported == ["error link-lost: \(names) -> "])
    #expect(
      findings.first?.summary
        == "'Approve order' lost 2 references: the entries 'shared_sharepointonline', "
        + "'shared_office365_1' have none any more")
    #expect(
      findings.first?.fix.map(\.line) == [
        "open the flow in the maker's environment, choose \(Sales.old.name), \(mail.name) again, "
          + "save, export"
      ])
    #expect(findings.first?.outcome == .open)
    try fixture.applyRepair(.linkLost)
    #expect(try fixture.staged()[path] == base[path]?.bytes)
    // Half of it is not enough.
    let half = text(after[path] ?? "").replacing(
      "\"connection\": {}",
      with: "\"connection\": {\"connectionReferenceLogicalName\": \"\(mail.name)\"}",
      maxReplacements: 1)
    try fixture.stage(after)
    try fixture.git("commit", "-qm", "emptied")
    try fixture.stage([path: TestFile(half)])
    try fixture.git("commit", "-qm", "half")
    var scan = HistoryScan(try Repository(folder: fixture.path, environment: Command.closedWorld))
    #expect(
      try scan.outcome().history.incidents.first { $0.finding.rule == .linkLost }?.outcome == .open)
  }

  @Test func `entries that one edit takes out of a flow are one finding`() throws {
    let mail = Sales.Reference("sales_Mail", "Mail", "shared_office365")
    let flow = Sales.Flow("Approve order", id: Sales.approveID, Sales.old, mail, Sales.other)
    let base = Sales([Sales.old, mail, Sales.other], [flow]).files()
    let path = "solutions/Sales/Workflows/\(flow.fileName)"
    let fixture = try TestRepository { Commit("base", base) }
    let listed = text(base[path] ?? "")
    let start = try #require(listed.range(of: "      \"shared_office365_1\""))
    let end = try #require(listed.range(of: "\n    },\n    \"definition\""))
    var left = listed
    left.removeSubrange(start.lowerBound..<end.lowerBound)
    left.replace("},\n\n    },\n    \"definition\"", with: "}\n    },\n    \"definition\"")
    try fixture.stage([path: TestFile(left)])
    let lost = try fixture.check().findings.filter { $0.rule == .linkLost }
    #expect(
      lost.map(\.summary) == [
        "actions of 'Approve order' use 'shared_office365_1', 'shared_sharepointonline_2', which its "
          + "flow does not list any more"
      ])
    #expect(
      lost.first?.fix.map(\.line) == [
        "or open the flow in the maker's environment, choose \(mail.name), \(Sales.other.name) in "
          + "these actions, save, export"
      ])
    #expect(lost.first?.outcome == .open)
    try fixture.applyRepair(.linkLost)
    #expect(try fixture.check().findings.filter { $0.severity == .error } == [])
  }

  @Test func `a name that nothing declared is not written back`() throws {
    let absent = Sales.Reference("sales_Absent", "Absent")
    let base = Sales([Sales.old], [Sales.approve(absent)])
    let fixture = try TestRepository {
      Commit("base", base.files())
      Commit("emptied", editing(base.files(), emptied))
    }
    let findings = try fixture.check(from: "base", to: "emptied").findings
    let finding = try #require(findings.first { $0.rule == .linkLost })
    #expect(finding.severity == .note)
    #expect(finding.repair == nil)
  }

  @Test func `deleting a newer release takes nothing from the older one`() throws {
    let older = Sales([Sales.old], [Sales.approve(Sales.old)], version: "1.0.0.0")
    let newer = Sales([Sales.old], [Sales.approve(Sales.old)], version: "1.1.0.0")
    let kept = zip("out/Sales_1_0", editing(older.files(.plain, in: ""), emptied))
    let fixture = try TestRepository {
      Commit("base", kept.merging(zip("out/Sales_1_1", newer.files(.plain, in: ""))) { $1 })
      Commit("deleted", ["out/Sales_1_1.zip": nil])
    }
    #expect(
      !(try fixture.check(from: "base", to: "deleted").findings.contains { $0.rule == .linkLost }))
  }
}
