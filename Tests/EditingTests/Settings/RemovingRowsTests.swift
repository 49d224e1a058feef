import Editing
import Solution
import Testing

@Suite struct RemovingRowsTests {
  private func removing(_ names: String..., from file: String) throws -> String {
    try edited(Array(file.utf8)) { sheet in
      sheet.lists.flatMap { sheet.removing(Set(names.map { LogicalName($0) }), from: $0) }
    }
  }

  private let file = """
    {"ConnectionReferences": [
      {"LogicalName": "a_a"},
      {"LogicalName": "b_b"},
      {"LogicalName": "c_c"}
    ]}
    """

  @Test(arguments: [
    (["a_a"], "[\n  {\"LogicalName\": \"b_b\"},\n  {\"LogicalName\": \"c_c\"}\n]"),
    (["b_b"], "[\n  {\"LogicalName\": \"a_a\"},\n  {\"LogicalName\": \"c_c\"}\n]"),
    (["c_c"], "[\n  {\"LogicalName\": \"a_a\"},\n  {\"LogicalName\": \"b_b\"}\n]"),
    (["a_a", "B_B"], "[\n  {\"LogicalName\": \"c_c\"}\n]"),
    (["b_b", "c_c"], "[\n  {\"LogicalName\": \"a_a\"}\n]"),
    (["a_a", "c_c"], "[\n  {\"LogicalName\": \"b_b\"}\n]"),
    (["a_a", "b_b", "c_c"], "[]"),
  ])
  func `the comma goes with the row`(names: [String], list: String) throws {
    let text = try edited(Array(file.utf8)) { sheet in
      sheet.removing(Set(names.map { LogicalName($0) }), from: try #require(sheet.lists.first))
    }
    #expect(text == "{\"ConnectionReferences\": \(list)}")
  }

  @Test func `every line of a reference goes from user settings`() throws {
    let file = """
      {"UserSettings": [
        {"Name": "connectionreference.abc_T", "Value": "0123"},
        {"Name": "environmentvariable.abc_V", "Value": "1"},
        {"Name": "connectionreference.user.abc_T", "Value": "ann@example.com"},
        {"Name": "connectionreference.abc_S", "Value": "4567"}
      ]}
      """
    #expect(
      try removing("abc_t", from: file) == """
        {"UserSettings": [
          {"Name": "environmentvariable.abc_V", "Value": "1"},
          {"Name": "connectionreference.abc_S", "Value": "4567"}
        ]}
        """)
  }
}
