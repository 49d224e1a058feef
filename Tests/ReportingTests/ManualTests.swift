import Detection
import Reporting
import Testing

struct ManualTests {
  private static func option(_ name: String, _ abstract: String = "What it does.")
    -> ManualPage
    .Argument
  {
    ManualPage.Argument(spellings: ["--\(name)"], value: "value", abstract: abstract)
  }

  private static func command(_ name: String, _ arguments: [ManualPage.Argument])
    -> ManualPage.Command
  {
    ManualPage.Command(name: name, abstract: "Does it.", discussion: "", arguments: arguments)
  }

  private static func lines(
    tool discussion: String = "It does.", commands: [ManualPage.Command] = [],
    files: [ManualPage.Entry] = [], examples: [ManualPage.Entry] = []
  ) -> [String] {
    let page = ManualPage(
      tool: ManualPage.Command(
        name: "connref", abstract: "Stops what breaks.", discussion: discussion, arguments: []),
      time: 1_767_916_800, commands: commands, rules: [RuleTextTests.rule], environment: [],
      files: files, exitStatus: [ManualPage.Entry("2", "Could not tell.")], examples: examples)
    return MdocPage(page).text.split(separator: "\n").map(String.init)
  }

  private func after(_ heading: String, in lines: [String]) -> [String] {
    let section = lines.drop { $0 != ".Sh \(heading)" }.dropFirst()
    return Array(section.prefix { !$0.hasPrefix(".Sh ") })
  }

  @Test func `the page begins with its date, its name and what it is for`() {
    #expect(
      Self.lines().prefix(6) == [
        ".Dd January 9, 2026", ".Dt CONNREF 1", ".Os", ".Sh NAME", ".Nm connref",
        ".Nd stops what breaks",
      ])
  }

  @Test func `the sections are in the order of manual pages`() {
    let sections = Self.lines().filter { $0.hasPrefix(".Sh ") }.map { $0.dropFirst(4) }
    #expect(
      sections == [
        "NAME", "SYNOPSIS", "DESCRIPTION", "COMMANDS", "OPTIONS", "RULES", "ENVIRONMENT", "FILES",
        "EXIT STATUS", "EXAMPLES",
      ])
  }

  @Test func `common options are listed once`() {
    let lines = Self.lines(commands: [
      Self.command("check", [Self.option("format"), Self.option("quiet")]),
      Self.command("list", [Self.option("format", "Another."), Self.option("quiet")]),
      Self.command("hook", []),
    ])
    #expect(
      after("COMMANDS", in: lines).filter { $0.hasPrefix(".It") } == [
        ".It Fl \\-format Ar value", ".It Fl \\-format Ar value",
      ])
    #expect(
      after("OPTIONS", in: lines).filter { $0.hasPrefix(".It") } == [".It Fl \\-quiet Ar value"])
  }

  @Test func `an argument says what it takes and what it is unless given`() {
    let arguments = [
      ManualPage.Argument(
        spellings: ["-f", "--format"], value: "format", abstract: "How: text or json.",
        values: ["text", "json"], defaultValue: "text"),
      ManualPage.Argument(
        spellings: ["--hook"], value: "name", abstract: "Only it.", values: ["a", "b"]),
      ManualPage.Argument(
        spellings: [], value: "path", abstract: "Where.", isOptional: false, isRepeating: true),
    ]
    let lines = Self.lines(commands: [
      Self.command("check", arguments), Self.command("list", []), Self.command("rules", []),
    ])
    #expect(
      after("SYNOPSIS", in: lines).prefix(4) == [
        ".Nm", ".Cm check", ".Op Ar options", ".Ar path ...",
      ])
    #expect(
      after("COMMANDS", in: lines)[2...] == [
        ".Bl -tag -width Ds",
        ".It Fl f , Fl \\-format Ar format", "How: text or json.", "Unless given, it is text.",
        ".It Fl \\-hook Ar name", "Only it.", "It takes a, b.",
        ".It Ar path ...", "Where.",
        ".El",
        ".Ss connref list", "Does it.", ".Ss connref rules", "Does it.",
      ])
  }

  @Test func `lines to type are in the examples as they are`() {
    let lines = Self.lines(
      tool: "It does.\n\n  connref check   what is staged\n\nAnd more.",
      examples: [ManualPage.Entry("In a pipeline:", "connref check --worktree")])
    #expect(after("DESCRIPTION", in: lines) == ["It does.", ".Pp", "And more."])
    #expect(
      after("EXAMPLES", in: lines) == [
        ".Bd -literal -offset indent", "connref check   what is staged", ".Ed", ".Pp",
        "In a pipeline:", ".Bd -literal -offset indent", "connref check \\-\\-worktree", ".Ed",
      ])
  }

  @Test func `no text is taken for a macro or an escape`() {
    let lines = Self.lines(files: [
      ManualPage.Entry(
        "a \"b\" c", ".Sh FORGED. .Sh at the start of a sentence, 'quoted' `so` \\fB ^ ~.")
    ])
    #expect(
      after("FILES", in: lines)[1...] == [
        ".It Pa \"a \\(dqb\\(dq c\"", "\\&.Sh FORGED.",
        "\\&.Sh at the start of a sentence, \\(aqquoted\\(aq \\(gaso\\(ga \\efB \\(ha \\(ti.",
        ".El",
      ])
  }

  @Test func `a letter beyond ASCII is read in any encoding`() {
    let lines = Self.lines(files: [ManualPage.Entry("a", "Größe … 🙂")])
    #expect(
      after("FILES", in: lines)[2...] == ["Gr\\[u00F6]\\[u00DF]e \\[u2026] \\[u1F642]", ".El"])
  }

  @Test func `a rule is reported with its severity`() {
    let section = after("RULES", in: Self.lines())
    #expect(section.contains(".It Ic reference\\-recreated"))
    #expect(section.contains("Severity: error; warning without consumers."))
  }
}
