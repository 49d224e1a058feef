import ArgumentParser
import Platform
import Review

struct DemoCommand: CommonCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract: "Write an example repository and show the check at work in it.",
    discussion: "Needs git. Without a folder, a new one among the temporary files is used.")

  @Argument(help: ArgumentHelp("A folder that does not exist, or is empty.", valueName: "folder"))
  var folder: String?

  @OptionGroup var common: CommonOptions

  func run(in context: RunContext, console: Console) throws -> ExitStatus {
    let demo = try DemoRepository(at: folder, in: context)
    console.write("An example repository: \(demo.path)\n\n")
    try demo.writeHistory()
    console.write("$ git log --oneline\n\(try demo.git("log", "--oneline"))\n")
    try demo.stageRecreation()
    console.write(
      """
      A maker deleted the SharePoint reference in the portal, created it again with the same display
      name, and exported the solution. To git it looks like any other export:

      $ git diff --cached --stat
      \(try demo.git("diff", "--cached", "--stat"))
      $ connref check

      """)
    let inside = RunContext(
      folder: demo.path, environment: demo.environment, hasOneStream: true)
    let status = Connref.status(of: ["check"], in: inside, console: console)
    console.write("\n$ connref install\n$ git commit -m 'Export Sales 1.3.0.0'\n")
    let refused = try demo.commitWithHooks("Export Sales 1.3.0.0")
    let lines = refused.output.split(separator: "\n", omittingEmptySubsequences: false)
    let advice = HookAdvice(hook: .preCommit, arguments: [], status: .findings, isRebase: false)
    let end = lines.firstIndex { $0.hasPrefix(advice.lines.outcome) } ?? lines.startIndex
    console.write(
      "\(lines.first ?? "")\n  …\n\(lines[end...].joined(separator: "\n"))\n$ connref history\n")
    let past = Connref.status(of: ["history"], in: inside, console: console)
    guard status == .findings, refused.status != 0, past == .clear else {
      throw Failure(message: "the example was not stopped, which it should have been")
    }
    console.write(
      """

      Nothing was committed. Go on in it:
        cd '\(demo.path)'
        connref check
        connref explain reference-recreated
        connref history --format html --output report.html

      """)
    return .clear
  }
}
