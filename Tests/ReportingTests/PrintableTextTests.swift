import Reporting
import Testing

struct PrintableTextTests {
  @Test func `a line end is shown, not printed`() {
    #expect(PrintableText(escaping: "a\nerror: b\r\tc").description == #"a\nerror: b\r\tc"#)
  }

  @Test func `a terminal escape is shown, not printed`() {
    #expect(PrintableText(escaping: "\u{1b}[2J").description == #"\u{1b}[2J"#)
  }

  @Test(arguments: [
    "\u{0}", "\u{7}", "\u{1f}", "\u{7f}", "\u{80}", "\u{85}", "\u{9b}", "\u{9f}", "\u{61c}",
    "\u{200e}", "\u{200f}", "\u{202a}", "\u{202e}", "\u{2066}", "\u{2069}", "\u{2028}", "\u{2029}",
    "\u{200b}", "\u{feff}", "\u{e0041}",
  ])
  func `controls, direction marks, separators and invisible characters are escaped`(
    character: String
  ) {
    let text = PrintableText(escaping: "a\(character)b").description
    #expect(text.hasPrefix("a\\u{"))
    #expect(text.hasSuffix("}b"))
  }

  @Test(arguments: ["Verkäufe", "販売", "👩‍💻 flow", "می‌خواهم", "a\\b", "…", "e\u{301}"])
  func `what people write stays as it is`(name: String) {
    #expect(PrintableText(escaping: name).description == name)
  }

  @Test func `a string put into a literal is escaped`() {
    let name = "x\nerror: y"
    let text: PrintableText = "flow '\(name)'"
    #expect(text.description == #"flow 'x\nerror: y'"#)
  }

  @Test func `escaping twice changes nothing`() {
    let once = PrintableText(escaping: "a\n\u{202e}b").description
    #expect(PrintableText(escaping: once).description == once)
  }

  @Test(arguments: [
    ("##vso[task.complete]", #"#\u{23}vso[task.complete]"#),
    ("a ##[error]b", #"a #\u{23}[error]b"#),
    ("::error::x", #":\u{3a}error::x"#), ("a\t::error::x", #"a\t:\u{3a}error::x"#),
  ])
  func `a command of a build server is shown, not given`(text: String, shown: String) {
    #expect(PrintableText(escaping: text).description == shown)
  }

  @Test func `what is no character at all is shown as an escape`() {
    #expect(PrintableText(escaping: "\u{FFFE}\u{FFFF}").description == #"\u{fffe}\u{ffff}"#)
  }

  @Test(arguments: ["C# flow", "std::vector", "10:30", "#1"])
  func `what only looks like a command stays as it is`(name: String) {
    #expect(PrintableText(escaping: name).description == name)
  }
}
