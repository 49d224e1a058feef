import ArgumentParser
import Platform

/// A word in the place of a subcommand that is none: ArgumentParser only calls it unexpected.
struct MisspeltCommand {
  let message: String
  let hint: String

  /// Nil where every word in such a place is a subcommand.
  init?(_ arguments: [String]) {
    var command: any ParsableCommand.Type = Connref.self
    var path = ["connref"]
    let words = arguments.first == "help" ? arguments.dropFirst() : arguments[...]
    for argument in words {
      let subcommands = command.configuration.subcommands
      guard !subcommands.isEmpty, !argument.hasPrefix("-"), argument != "help" else { return nil }
      let names = subcommands.map { $0.configuration.commandName ?? "" }
      if let position = names.firstIndex(of: argument) {
        command = subcommands[position]
        path.append(argument)
        continue
      }
      let call = path.joined(separator: " ")
      message = "'\(argument)' is not a command of \(call)"
      hint =
        Spelling.nearest(to: argument, in: names).map { "did you mean '\(call) \($0)'?" }
        ?? "\(call) --help lists them"
      return
    }
    return nil
  }
}
