import ArgumentParser
import Platform
import Reporting

struct SchemaCommand: CommonCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Print the JSON schema of a report, or list the schemas.",
    discussion: """
      For programs that read JSON reports, and for editors. Without a name: the schemas there are.

        connref schema
        connref schema report > report.schema.json
      """)

  @Argument(help: ArgumentHelp("The name of a schema.", valueName: "name"))
  var name: Schema?

  @Option(help: ArgumentHelp("Write to a file instead of the terminal.", valueName: "file"))
  var output: String?

  @OptionGroup var common: CommonOptions

  func run(in context: RunContext, console: Console) throws -> ExitStatus {
    var options = OutputOptions.text
    options.output = output
    let width = Schema.allCases.map(\.rawValue.count).max() ?? 0
    let list = Schema.allCases.map { schema in
      let name = schema.rawValue
      return name + String(repeating: " ", count: width + 2 - name.count) + schema.subject + "\n"
    }
    try options.write(name?.document ?? list.joined(), in: context, console: console)
    return .clear
  }
}

extension Schema: ExpressibleByArgument {}
