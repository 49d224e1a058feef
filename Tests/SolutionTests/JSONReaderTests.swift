import Solution
import Testing

@Suite struct JSONReaderTests {
  private func failure(of text: String) -> Unreadable? {
    var reader = JSONReader(Array(text.utf8))
    do {
      try reader.skip()
      try reader.finish()
      return nil
    } catch { return error }
  }

  /// The same by way of the cursor, which has its own handling of separators.
  private func walkingFails(_ text: String) -> Bool {
    var reader = JSONReader(Array(text.utf8))
    func walk() throws(Unreadable) {
      switch reader.kind() {
      case .object:
        try reader.enterObject()
        while try reader.nextKey() != nil { try walk() }
      case .array:
        try reader.enterArray()
        while try reader.nextElement() { try walk() }
      case .string: _ = try reader.string()
      default: try reader.skip()
      }
    }
    do {
      try walk()
      try reader.finish()
      return false
    } catch { return true }
  }

  @Test func `objects at a path are found at any depth, however their keys are written`()
    throws
  {
    let text = """
      {"host": {"n": 1}, "inputs": {"host": {"n": 2, "inputs": {"host": {"n": 3}}}, "other": [
        {"inputs": {"host": "n", "inputs": {"ho\\u0073t": {"n": 4}}}},
        {"inputs": [{"host": {"n": 5}}]}, {"in\\u0070uts": {"a": "\\"", "host" : {"n": 6}}}
      ]}}
      """
    var reader = JSONReader(Array(text.utf8))
    var numbers: [String] = []
    for var host in try reader.skip(findingObjectsAt: "inputs", "host") {
      try host.enterObject()
      let key = try #require(try host.nextKey())
      #expect(host.isEqual(key, "n"))
      _ = host.kind()
      numbers.append(String(decoding: host.bytes[host.position...].prefix(1), as: UTF8.self))
    }
    try reader.finish()
    #expect(numbers == ["2", "4", "6"])
  }

  @Test(arguments: [
    "{}", "[]", " [ 1 , -0.5e+3, 0, 10E2, true, false, null, \"\" ]\r\n", "{\"a\":{\"a\":[{}]}}",
    "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\"", "{\"a\":1,\"a\":2}",
  ])
  func `valid JSON is read`(text: String) {
    #expect(failure(of: text) == nil)
    #expect(!walkingFails(text))
  }

  @Test(arguments: [
    "", " ", "{", "[", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "[1,]", "[,1]", "{,}", "[1 2]", "{a:1}",
    "{'a':1}", "01", "1.", ".5", "+1", "1e", "-", "tru", "nul", "True", "NaN", "\"a", "\"\\x\"",
    "\"\\u12g4\"", "\"\n\"", "{} {}", "[1]]", "// x\n{}", "{\"a\":1 /* x */}", "{\"a\" 1}", "[1}",
  ])
  func `what is no JSON fails`(text: String) {
    #expect(failure(of: text) != nil)
    #expect(walkingFails(text))
  }

  @Test func `a failure names its line`() {
    #expect(
      failure(of: "{\n\"a\": 1,\n}")
        == Unreadable(line: 3, "is not valid JSON: expected a key"))
  }

  @Test func `escapes and surrogate pairs are resolved`() throws {
    var reader = JSONReader(Array(#"["a\n\"\u00e9", "\uD83D\ude00!", "\ud83d", "\ud83dx"]"#.utf8))
    try reader.enterArray()
    var values: [String] = []
    while try reader.nextElement() { values.append(reader.value(of: try reader.string())) }
    #expect(values == ["a\n\"é", "😀!", "\u{FFFD}", "\u{FFFD}x"])
  }

  @Test func `a key written with escapes is the same key`() throws {
    var reader = JSONReader(Array(#"{"\u0061b": 1}"#.utf8))
    try reader.enterObject()
    let key = try #require(try reader.nextKey())
    #expect(reader.isEqual(key, "ab"))
    #expect(reader.isEqualIgnoringCase(key, "ab"))
  }

  @Test func `duplicate keys are both returned, in order`() throws {
    var reader = JSONReader(Array(#"{"a": "1", "a": "2"}"#.utf8))
    try reader.enterObject()
    var values: [String] = []
    while try reader.nextKey() != nil { values.append(reader.value(of: try reader.string())) }
    #expect(values == ["1", "2"])
  }

  @Test func `a string's range is where an edit would go`() throws {
    let text = #"{"a": "żółw"}"#
    var reader = JSONReader(Array(text.utf8))
    try reader.enterObject()
    _ = try reader.nextKey()
    let value = try reader.string()
    #expect(String(decoding: Array(text.utf8)[value.range], as: UTF8.self) == "żółw")
  }

  @Test(arguments: ["[", "{\"a\":"])
  func `depth is capped, however it is walked`(opening: String) {
    let text = String(repeating: opening, count: 100_000)
    #expect(failure(of: text)?.message == "is nested deeper than 512 levels")
    #expect(walkingFails(text))
  }
}
