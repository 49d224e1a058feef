import Detection
import Reporting
import Solution
import Testing

struct HistoryMarkdownTests {
  @Test func `an incident has a row that links to its section`() {
    let text = Histories.report([Histories.fixed]).markdown
    let id = Samples.recreated.id
    #expect(
      text.contains(
        """
        | 2026-05-20 | **error** | `reference-recreated` | Sales | 'SharePoint Sales' was deleted and \
        re-created under another logical name | fixed | [\(id)](#\(id)) |
        """))
    #expect(text.contains("\n### \(id)\n"))
    #expect(
      text.contains("\n- **fixed** in `5555555555` by Ben Ode, 1 d 13 h later: Restore the name\n"))
  }

  @Test func `an event that occurred twice has two sections, and the older keeps the bare id`() {
    let text = Histories.report([Histories.broken, Histories.fixed]).markdown
    let headings = text.split(separator: "\n").filter {
      $0.hasPrefix("#### \(Samples.recreated.id)")
    }
    #expect(headings == ["#### \(Samples.recreated.id)-2", "#### \(Samples.recreated.id)"])
  }

  @Test func `an empty history is one sentence`() {
    #expect(
      Histories.report([]).markdown.hasSuffix(
        """

        no incident in 1058 commits of all branches: no connection reference was re-created, \
        replaced or lost


        """))
  }

  @Test(arguments: [
    ("a|b", #"a\|b"#), ("`x`", #"\`x\`"#), ("<img src=x>", "&lt;img src=x&gt;"),
    ("@team", "@&#8203;team"), ("fixes #12", "fixes #&#8203;12"), ("[a](b)", #"\[a\](b)"#),
    ("*a* _b_ ~c~", #"\*a\* \_b\_ \~c\~"#), ("https://x.y", #"https:\//x.y"#),
    ("www.x.y", #"www\.x.y"#), ("a\nb", #"a\\nb"#), ("&lt;", "&amp;lt;"), ("$x$", #"\$x\$"#),
    ("|\u{301}", "\\|\u{301}"), ("<\u{338}", "&lt;\u{338}"), ("@\u{301}x", "@&#8203;\u{301}x"),
  ])
  func `what a repository says stays text`(author: String, written: String) {
    let incident = Histories.incident(moment: Histories.moment(author: author))
    #expect(
      Histories.report([incident]).markdown.contains("by \(written), 2026-05-20: Fix the"))
  }

  @Test(arguments: ["- a", "+ a", "= a", "1. a"])
  func `what begins a list or a heading does not begin it`(path: String) {
    let problem = Report.Problem(Problem(path: path, message: "cut short"), matters: true)
    #expect(!Histories.report([], problems: [problem]).markdown.contains("- \(path)"))
  }

  @Test func `a hostile name adds no row and no line`() {
    let rows = { (name: String) in
      Histories.hostile(name).markdown.split(separator: "\n").count
    }
    #expect(rows("a\n| b |\n# c") == rows("a"))
  }
}
