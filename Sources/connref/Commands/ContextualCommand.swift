import ArgumentParser

/// A subcommand that needs to know where it runs.
protocol ContextualCommand: ParsableCommand {
  func run(in context: RunContext, console: Console) throws -> ExitStatus
}

/// A command with the common options, which configure its console.
protocol CommonCommand: ContextualCommand {
  var common: CommonOptions { get }
}

extension ContextualCommand {
  func run() throws { preconditionFailure("a command is run through 'Connref.status'") }
}
