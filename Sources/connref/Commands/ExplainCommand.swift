import ArgumentParser
import Detection
import Git
import Platform
import Reporting
import Review

struct ExplainCommand: CommonCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Explain a rule, or a finding by its id.",
    discussion: """
      A finding is looked for in what is staged, on the disk, in the last commit, on the branch, \
      and in an audit of the files on the disk.

        connref explain reference-recreated
        connref explain 3f9a21c07d44
        connref explain --all --format markdown --output rules.md
        connref explain --all --format html --output rules.html
      """)

  @Argument(
    help: ArgumentHelp("A rule, or the id of a finding.", valueName: "rule|id"),
    completion: Completion.rulesAndIDs)
  var subject: String?

  @Flag(help: "Every rule.")
  var all = false

  @OptionGroup var output: FormatOptions<RuleFormat>
  @OptionGroup var common: CommonOptions

  func validate() throws {
    if all == (subject != nil) {
      throw ValidationError("give a rule, the id of a finding, or --all")
    }
  }

  func run(in context: RunContext, console: Console) throws -> ExitStatus {
    let rules = DocumentedRule.all.filter { all || $0.id.rawValue == subject }
    if let subject, rules.isEmpty { return try explainFinding(subject, in: context, console) }
    let isColored = output.isColored(on: console)
    let text =
      switch output.format {
      case .text:
        rules.map { ExplainReport($0, isColored: isColored).text }.joined(separator: "\n\n")
      case .json: JSONRules.document(of: rules, command: "explain")
      case .markdown:
        all ? RuleMarkdown.document(of: rules) : rules.map { RuleMarkdown($0).page }.joined()
      case .html: RulesPage.document(of: rules)
      }
    try output.write(text, in: context, console: console)
    return .clear
  }

  /// The rule of the nearest name, else those with the word in their names; nil for none.
  private static func rules(meantBy word: String) -> String? {
    let names = RuleID.allCases.map(\.rawValue)
    if let name = Spelling.nearest(to: word, in: names) { return "'\(name)'" }
    let found = names.filter { $0.split(separator: "-").contains(word.lowercased()[...]) }
    return found.isEmpty ? nil : found.map { "'\($0)'" }.joined(separator: " or ")
  }

  private func explainFinding(
    _ subject: String, in context: RunContext, _ console: Console
  ) throws -> ExitStatus {
    guard FindingSearch.isID(subject) else {
      if subject.count < 4, subject.allSatisfy(\.isHexDigit) { try FindingSearch.ensureID(subject) }
      throw UsageError(
        message: "there is no rule '\(subject)'",
        hint: Self.rules(meantBy: subject).map { "did you mean \($0)?" }
          ?? "connref rules lists them all")
    }
    guard output.format == .text, output.output == nil else {
      throw UsageError(
        message: "--format and --output are for rules, and '\(subject)' is a finding",
        hint: "connref check --format json")
    }
    let repository = try common.openRepository(in: context)
    let search = FindingSearch(
      repository,
      options: try common.checkOptions(in: context))
    guard let (finding, outcome) = try search.finding(subject.lowercased()) else {
      throw try search.failure(
        toFind: subject, hint: "it may be fixed already: connref history --notes lists all")
    }
    var narrowed = outcome
    narrowed.findings = [finding]
    narrowed.accepted = []
    var options = RenderOptions()
    options.style = TextStyle(isColored: console.colorsOutput)
    console.write(
      Report(.explanation, narrowed).document(in: .text, options))
    if let rule = RuleBook.rule(finding.rule) {
      console.write(
        "\n" + ExplainReport(DocumentedRule(rule), isColored: console.colorsOutput).text)
    }
    return .clear
  }
}
