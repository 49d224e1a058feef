import Editing
import Solution
import Testing

@Suite struct AmbiguousSettingsTests {
  @Test(arguments: [
    (
      "{\"ConnectionReferences\": [\n{\"LogicalName\": \"a_a\"},\n{\"ConnectionId\": \"x\"}]}",
      3, "has an entry without LogicalName"
    ),
    (
      "{\"ConnectionReferences\": [\n{\"LogicalName\": \"a_a\"},\n\"text\"]}",
      3, "has an entry without LogicalName"
    ),
    (
      "{\"ConnectionReferences\": [{\"LogicalName\": \"a_a\"}],\n\"connectionreferences\": []}",
      2, "has 'connectionreferences' a second time in one object, and readers take the last alone"
    ),
    (
      "{\"ConnectionReferences\": [{\"LogicalName\": \"a_a\",\n\"logicalName\": \"b_b\"}]}",
      2, "has a row with 'logicalName' a second time"
    ),
    (
      "{\"ConnectionReferences\": [{\"LogicalName\": \"a_a\", // mine\n}]}",
      1, "is not valid JSON: a comment, which JSON does not have"
    ),
    (
      "{\"ConnectionReferences\": [{\"LogicalName\": \"a_a\"},\n/* none */ ]}",
      2, "is not valid JSON: a comment, which JSON does not have"
    ),
    (
      "{\"ConnectionReferences\": [{\"LogicalName\": \"a_a\"},\n]}",
      2, "is not valid JSON: expected a value"
    ),
  ])
  func `an ambiguous file is refused with its line`(
    file: String, line: Int, message: String
  ) throws {
    let error = try #require(throws: Unreadable.self) { try SettingsSheet(Array(file.utf8)) }
    #expect(error == Unreadable(line: line, message))
  }
}
