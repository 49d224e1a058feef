import Editing
import Solution
import Testing

@Suite struct SettingsRowsTests {
  private func rows(_ text: String) throws -> SettingsRows {
    try #require(try SettingsRows(Array(text.utf8)))
  }

  private func row(
    _ name: String, _ id: String = "0123", connector: String = "sql", owner: String? = nil
  ) -> String {
    "\n    {\"LogicalName\": \"\(name)\",   \"ConnectionId\": \"\(id)\","
      + " \"ConnectorId\": \"/providers/Microsoft.PowerApps/apis/shared_\(connector)\""
      + (owner.map { ", \"ConnectionOwner\": \"\($0)\"" } ?? "") + "}"
  }

  private func file(_ rows: String...) -> String {
    "{ \"EnvironmentVariables\": [{\"SchemaName\": \"new_a\", \"Value\": \"new_a\"}],\n"
      + "  \"ConnectionReferences\": [\(rows.joined(separator: ","))\n  ] }"
  }

  private let sql = Connector(path: "shared_sql")

  @Test func `a row is renamed and keeps its connection`() throws {
    let text = file(row("new_a_1"), row("new_a"))
    let rows = try rows(text)
    let edits = rows.rows(binding: LogicalName("NEW_A"))
      .flatMap { rows.renaming($0, to: LogicalName("new_b"), connector: sql) }
    #expect(edited(text, edits) == file(row("new_a_1"), row("new_b")))
  }

  @Test func `a row of another connector keeps no connection`() throws {
    let text = file(row("new_a"))
    let rows = try rows(text)
    let edits = rows.renaming(
      rows.rows[0], to: LogicalName("new_b"), connector: Connector(path: "shared_office365"))
    #expect(edited(text, edits) == file(row("new_b", "", connector: "office365")))
  }

  @Test func `a token follows its row, and only as a whole name`() throws {
    let text = file(
      row("new_a", "#{connectionreference.new_a}#-#{new_a_1}#-#{x_new_a}#", owner: "#{user.new_a}#")
    )
    let rows = try rows(text)
    let edits = rows.renaming(rows.rows[0], to: LogicalName("new_b"), connector: sql)
    #expect(
      edited(text, edits)
        == file(
          row(
            "new_b", "#{connectionreference.new_b}#-#{new_a_1}#-#{x_new_a}#",
            owner: "#{user.new_b}#")))
  }

  @Test func `rows are taken out with their commas`() throws {
    let text = file(row("a_a"), row("b_b"), row("c_c"))
    let rows = try rows(text)
    func without(_ names: String...) -> String? {
      edited(text, rows.removing(rows.rows.filter { names.contains($0.row.reference.spelling) }))
    }
    #expect(without("a_a") == file(row("b_b"), row("c_c")))
    #expect(without("b_b") == file(row("a_a"), row("c_c")))
    #expect(without("b_b", "c_c") == file(row("a_a")))
    #expect(without("a_a", "b_b") == file(row("c_c")))
    #expect(without("a_a", "c_c") == file(row("b_b")))
    #expect(without("a_a", "b_b", "c_c")?.contains("\"ConnectionReferences\": []") == true)
  }

  @Test func `a new row is written as its neighbour and binds nothing`() throws {
    let text = file(row("new_a", owner: "someone@example.com"))
    let rows = try rows(text)
    let edit = rows.adding(
      LogicalName("new_b"), connector: Connector(path: "shared_office365"), like: rows.rows[0])
    #expect(
      edited(text, [edit])
        == file(
          row("new_a", owner: "someone@example.com"),
          row("new_b", "", connector: "office365", owner: "")))
  }

  @Test func `a new row beside a token has a token of its own`() throws {
    let text = file(row("new_a", "#{connectionreference.new_a}#"))
    let rows = try rows(text)
    let edit = rows.adding(LogicalName("new_b"), connector: sql, like: rows.rows[0])
    #expect(
      edited(text, [edit])
        == file(
          row("new_a", "#{connectionreference.new_a}#"),
          row("new_b", "#{connectionreference.new_b}#")))
  }

  @Test func `rows keyed by name and lines of UserSettings are renamed and added alike`() throws {
    let keyed = """
      {"connectionReferences": {"new_a": {"connectorId": "/apis/shared_sql", "connectionId": "1"}}}
      """
    var rows = try rows(keyed)
    #expect(
      edited(keyed, rows.renaming(rows.rows[0], to: LogicalName("new_b"), connector: sql))
        == keyed.replacing("new_a", with: "new_b"))
    #expect(
      edited(keyed, [rows.adding(LogicalName("new_b"), connector: sql, like: rows.rows[0])]) == """
        {"connectionReferences": {"new_a": {"connectorId": "/apis/shared_sql", "connectionId": "1"},\
        "new_b": {"connectorId": "/apis/shared_sql", "connectionId": ""}}}
        """)
    let settings = """
      {"UserSettings": [{"Name": "connectionreference.new_a", "Value": "1"},
        {"Name": "ConnectionReference.user.new_a", "Value": "a@b.c"}]}
      """
    rows = try self.rows(settings)
    #expect(
      edited(
        settings,
        rows.rows.flatMap { rows.renaming($0, to: LogicalName("new_bcd"), connector: sql) })
        == settings.replacing("new_a", with: "new_bcd"))
    #expect(rows.slot(of: rows.rows[0]) != rows.slot(of: rows.rows[1]))
  }

  @Test func `JSON of another kind has no rows`() throws {
    #expect(try SettingsRows(Array("{\"a\": 1}".utf8)) == nil)
  }
}
