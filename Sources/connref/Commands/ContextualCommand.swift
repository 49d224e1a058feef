import ArgumentParser

/// A subcommand that needs to know where it runs.
protocol ContextualCommand: ParsableCommand {
  func run(in context: RunContext, console: Console) throws -> ExitStatus
}

/// One with the options that nearly every command has: its console is as they say.
protocol CommonCommand: ContextualCommand {
  var common: CommonOptions { get }
}

extension ContextualCommand {
  func run() throws { preconditionFailure("a command is run through 'Connref.status'") }
}
