import ArgumentParser
import Platform
import Reporting

/// Writes what `man connref` shows. Hidden: install.sh calls it, and no user needs it.
///
/// ArgumentParser's own generate-manual knows no exit status but success and failure, no rules,
/// environment variables, files and examples, and repeats the common options for each command.
struct ManualCommand: ContextualCommand {
  static let configuration = CommandConfiguration(
    commandName: "manual",
    abstract: "Write the manual page.",
    discussion: """
      Its date is today's, or that of SOURCE_DATE_EPOCH.

        connref manual > connref.1
      """,
    shouldDisplay: false)

  func run(in context: RunContext, console: Console) throws -> ExitStatus {
    let dump = try HelpDump.ofConnref()
    let given = context.environment["SOURCE_DATE_EPOCH"].flatMap { Int64($0) }
    let page = ManualPage(
      tool: dump.command.page,
      time: given ?? Int64(Date().timeIntervalSince1970),
      commands: dump.command.leaves, rules: DocumentedRule.all,
      environment: Self.environment, files: Self.files,
      exitStatus: ExitStatus.allCases.map { ManualPage.Entry("\($0.code)", $0.meaning) },
      examples: Self.examples)
    console.write(MdocPage(page).text)
    return .clear
  }
}
