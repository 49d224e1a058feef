import Detection
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
