import ArgumentParser
import Detection
import Git
import Reporting
import Review
import Solution

struct ConfigCommand: CommonCommand {
  static let configuration = CommandConfiguration(
    commandName: "config",
    abstract: "Show the configuration in force, and the origin of each value.",
    discussion: """
      .connref.yml is at the root of the repository. Everything in it may be left out.

        connref config
        connref config --format json
        connref config --init        write a commented one with what was found here
        connref config --schema > .connref.schema.json

      A key that connref does not know, a value of the wrong kind and a pattern that matches no \
      file are errors, with their line.
      """)

  @Flag(help: "Print the JSON schema of the file, for editors.")
  var schema = false

  @Flag(name: .customLong("init"), help: "Write a commented .connref.yml with what was found here.")
  var isInit = false

  @OptionGroup var output: OutputOptions
  @OptionGroup var common: CommonOptions

  func validate() throws {
    if schema, isInit { throw ValidationError("give --init or --schema, not both") }
  }

  func run(in context: RunContext, console: Console) throws -> ExitStatus {
    if schema {
      try output.write(ConfigurationSchema.document, in: context, console: console)
      return .clear
    }
    let repository = try common.openRepository(in: context)
    if isInit { return try write(in: repository, context, console) }
    let files = PolicyFiles(repository, given: try common.configuration(in: context))
    let configuration = try files.current().configuration
    let report = ConfigurationReport(
      configuration.values, mainBranch: try MainBranch(repository).name,
      title: try MainBranchTips(repository).title)
    try output.write(
      output.format == .json ? report.document : report.text, in: context, console: console)
    let dead = try DeadPatterns(repository).patterns(of: configuration, at: nil)
    for placed in dead {
      console.complain(
        "\(placed.place.path):\(placed.place.line): '\(placed.pattern)' of '\(placed.key)' matches no file"
      )
    }
    return dead.isEmpty ? .clear : .unknown
  }

  /// Never over a file that is there: what a team wrote is its own.
  private func write(
    in repository: Repository, _ context: RunContext, _ console: Console
  ) throws -> ExitStatus {
    let reading = try RevisionReading(repository, at: nil, covering: .standard)
    let text = ConfigurationDraft(
      reading.snapshot, mainBranch: try MainBranchTips(repository).branch
    ).text
    if output.output != nil {
      try output.write(text, in: context, console: console)
      return .clear
    }
    guard let workTree = repository.workTree else {
      throw Failure(
        message: "could not write a configuration here: the repository is bare",
        hint: "write it in a clone, commit and push")
    }
    let file = WorktreeFile(Configuration.path, in: workTree, limit: 4 << 20)
    file.removeRemains()
    guard try file.contents() == nil else {
      throw UsageError(
        message: "'\(Configuration.path)' is there already",
        hint: "connref config --init --output /dev/stdout shows what would be written")
    }
    try file.replace(nil, by: Array(text.utf8))
    let settings = reading.snapshot.settings.count
    let solutions = reading.snapshot.countedSolutions.count
    console.inform(
      "wrote \(Configuration.path): \(solutions) \(solutions == 1 ? "solution" : "solutions"), "
        + "\(settings) settings \(settings == 1 ? "file" : "files")")
    console.hint("look it over, then git add \(Configuration.path)")
    return .clear
  }
}
