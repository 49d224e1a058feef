import ArgumentParser
import Git
import Platform
import Review

struct InventoryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inventory",
    abstract: "Save what an environment holds, to be audited.",
    discussion: """
      An inventory is a folder with the connection references, flows, owners and connections of \
      one environment. It can be committed.

        connref inventory fetch --environment contoso.crm4.dynamics.com --output prod
        connref audit --inventory prod
      """,
    subcommands: [InventoryFetchCommand.self])
}

struct InventoryFetchCommand: CommonCommand {
  static let configuration = CommandConfiguration(
    commandName: "fetch",
    abstract: "Ask an environment, and save its answers.",
    discussion: """
      Credentials are the first that is there: DATAVERSE_TOKEN; AZURE_TENANT_ID and \
      AZURE_CLIENT_ID with AZURE_FEDERATED_TOKEN_FILE, with the identity token of GitHub Actions, \
      or with AZURE_CLIENT_SECRET; az account get-access-token. None is ever printed or written.

        connref inventory fetch --environment prod --output environments/prod
        connref inventory fetch --environment contoso.crm4.dynamics.com --output prod

      A folder is replaced as a whole, and only by an inventory that is complete. A run that ended \
      early is continued by the next one within an hour.
      """)

  @OptionGroup var source: EnvironmentOptions

  @Option(
    help: ArgumentHelp(
      "The folder to save to: a new one, or an inventory to be replaced.", valueName: "folder"))
  var output: String

  @Flag(help: "Save the whole definitions of flows, and not only which references they use.")
  var withDefinitions = false

  @Flag(help: "Save the names of people, and not only their ids.")
  var withNames = false

  @OptionGroup var common: CommonOptions

  func run(in context: RunContext, console _: Console) throws -> ExitStatus {
    let address = try EnvironmentOptions.address(of: source.environment, common, in: context)
    return try InventoryLauncher(context: context).fetch(
      address, into: output, withDefinitions: withDefinitions,
      withNames: withNames, isQuiet: common.quiet)
  }
}

/// Which environment is meant.
struct EnvironmentOptions: ParsableArguments {
  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "The environment: its address, or its name in .connref.yml.", valueName: "name|url"))
  var environment: String

  /// An address needs no repository; a name is looked up in its configuration.
  static func address(
    of environment: String, _ common: CommonOptions, in context: RunContext
  ) throws -> String {
    if environment.contains("://") || environment.lowercased().hasSuffix(".dynamics.com") {
      return environment
    }
    let repository = try common.openRepository(in: context)
    return try EnvironmentDirectory(repository, given: try common.configuration(in: context))
      .address(of: environment)
  }
}
