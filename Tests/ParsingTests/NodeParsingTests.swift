import Parsing
import Testing

@Suite struct NodeParsingTests {
  @Test func `a mapping keeps the order of its keys and the line of each`() throws {
    let root = try #require(try Node(parsing: Array("b: 1\na:\n  - x\n  - 'y z'\n".utf8)))
    let entries = try #require(root.mapping)
    #expect(entries.map(\.key.scalar) == ["b", "a"])
    #expect(entries.map(\.key.line) == [1, 2])
    #expect(entries[1].value.sequence?.map(\.scalar) == ["x", "y z"])
    #expect(entries[1].value.sequence?.map(\.line) == [3, 4])
  }

  @Test func `a scalar is the text that is written`() throws {
    let root = try #require(
      try Node(parsing: Array("[off, 1, 2027-03-31, ~, '', \"a\\tb\"]".utf8)))
    #expect(root.sequence?.map(\.scalar) == ["off", "1", "2027-03-31", "~", "", "a\tb"])
  }

  @Test func `the lines of a block scalar are one text`() throws {
    let root = try #require(try Node(parsing: Array("a: |\n  &x !y\n  z\nb: 1\n".utf8)))
    #expect(root.mapping?.map(\.value.scalar) == ["&x !y\nz\n", "1"])
    #expect(root.mapping?.map(\.value.line) == [1, 4])
  }

  @Test(arguments: ["", "# a comment\n", "\n \n"])
  func `a text without a value has no root`(text: String) throws {
    #expect(try Node(parsing: Array(text.utf8)) == nil)
  }

  @Test(arguments: [
    ("a: &x 1", 1), ("a: 1\nb: *x", 2), ("a: !!str 1", 1), ("- 1\n- &x [1]", 2),
    ("- !t {a: 1}", 1),
  ])
  func `an anchor, an alias and a tag are refused`(text: String, line: Int) {
    let failure = #expect(throws: YAMLFailure.self) { try Node(parsing: Array(text.utf8)) }
    #expect(failure?.line == line)
    #expect(failure?.message == "holds a YAML anchor, alias or tag, which is refused")
  }

  @Test(arguments: [
    ("a: [1", 2, "did not find expected ',' or ']'"),
    ("a: 1\nb: 2\na: 3", 3, "duplicate key 'a'"),
    ("a: 1\n---\nb: 2", 2, "holds more than one document"),
    ("a:\n\tb: 1", 2, "found character that cannot start any token"),
  ])
  func `what is not valid YAML is refused with its line`(text: String, line: Int, reason: String) {
    let failure = #expect(throws: YAMLFailure.self) { try Node(parsing: Array(text.utf8)) }
    #expect(failure?.line == line)
    #expect(failure?.message == "is not valid YAML: \(reason)")
  }

  @Test func `bytes that are not UTF-8 are refused`() {
    #expect(throws: YAMLFailure.self) { try Node(parsing: [0x61, 0x3a, 0x20, 0xff, 0xfe]) }
  }

  @Test func `what is nested too deep is refused`() {
    let text = String(repeating: "[", count: 100_000)
    let failure = #expect(throws: YAMLFailure.self) { try Node(parsing: Array(text.utf8)) }
    #expect(failure?.message == "holds values nested deeper than 500 levels")
  }
}
