import Detection
import Reporting
import Solution
import Testing

struct ReportCSVTests {
  @Test func `a finding is a row below its titles`() {
    let table = CSVTable(Samples.report([Samples.recreated]).csv)
    #expect(table.rows.count == 2)
    let row = Dictionary(uniqueKeysWithValues: zip(table.rows[0], table.rows[1]))
    #expect(row["id"] == Samples.recreated.id)
    #expect(row["rule"] == "reference-recreated")
    #expect(row["path"] == Samples.customizations)
    #expect(row["line"] == "214")
    #expect(row["before"] == "new_sharedsharepointonline_a1b2c")
    #expect(row["after"] == "new_sharedsharepointonline_9d8e7")
    #expect(row["moved"] == "Notify; Order; Return")
    #expect(row["stale rows"] == "config/prod.json:12")
    #expect(row["left behind"] == "")
  }

  @Test(arguments: SampleReports.hostile)
  func `with any text of a repository, it stays in its cell and is no formula`(name: String) {
    let tables = [
      SampleReports.hostileReport(name).csv, Branches.report(name).csv,
    ].map(CSVTable.init)
    for table in tables {
      for row in table.rows {
        #expect(row.count == table.rows[0].count)
        #expect(row.allSatisfy { !"=+-@".unicodeScalars.contains($0.unicodeScalars.first ?? " ") })
      }
    }
    #expect(tables[0].rows.count == 2)
    // The main and the clean branch, two of the warned and the flagged one each, the unknown one.
    #expect(tables[1].rows.count == 8)
  }

  @Test func `a branch without a finding has a row`() {
    let table = CSVTable(Branches.report("topic").csv)
    #expect(
      table.rows.dropFirst().map { $0[1] } == [
        "main", "clean", "warning", "warning", "flagged", "flagged", "unknown",
      ])
    #expect(table.rows[0][9] == "id")
    #expect(
      table.rows.map { $0[9].isEmpty } == [false, true, true, false, false, false, false, true])
  }

  @Test func `a clean report has titles alone`() {
    #expect(CSVTable(Samples.report([]).csv).rows.count == 1)
  }
}
