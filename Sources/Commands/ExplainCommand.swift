import ArgumentParser
import Detection
import Git
import Reporting
import Review

struct ExplainCommand: WorldlyCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Explain a rule, or a finding by its id.",
    discussion: """
      A finding is looked for in what is staged, on the disk, in the last commit, on the branch, and in \
      an audit of the files on the disk.

        connref explain reference-recreated
        connref explain 3f9a21c07d44
        connref explain live-audit       how to audit an environment too, as a script
      """)

  @Argument(help: ArgumentHelp("A rule, or the id of a finding.", valueName: "rule|id"))
  var subject: String

  @OptionGroup var common: CommonOptions

  func run(in world: World, console _: Console) throws -> ExitStatus {
    let console = common.console(in: world)
    if subject == "live-audit" {
      console.write(LiveAuditGuide.script)
      return .clear
    }
    if let id = RuleID(rawValue: subject), let rule = RuleBook.rule(id) {
      console.write(ExplainReport(DocumentedRule(rule), isColored: console.colorsOutput).text)
      return .clear
    }
    let isID = subject.count == 12 && subject.allSatisfy(\.isHexDigit)
    guard isID else {
      throw UsageError(
        message: "there is no rule '\(subject)'",
        hint: "connref rules lists them all")
    }
    let repository = try common.openRepository(in: world)
    guard let (finding, outcome) = try FindingSearch(repository).finding(subject.lowercased())
    else {
      throw Failure(
        message:
          "could not find '\(subject)' in what is staged, on the disk, on this branch or in an audit"
      )
    }
    var narrowed = outcome
    narrowed.findings = [finding]
    console.write(
      TextReport(Report(narrowed, command: "explain"), isColored: console.colorsOutput).findings)
    if let rule = RuleBook.rule(finding.rule) {
      console.write(
        "\n" + ExplainReport(DocumentedRule(rule), isColored: console.colorsOutput).text)
    }
    return .clear
  }
}
