import ArgumentParser

/// A subcommand that needs to know where it runs.
protocol ContextualCommand: ParsableCommand {
  func run(in context: RunContext, console: Console) throws -> ExitStatus
}

extension ContextualCommand {
  func run() throws { preconditionFailure("a command is run through 'Connref.status'") }
}
