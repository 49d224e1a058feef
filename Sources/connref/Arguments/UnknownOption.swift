import ArgumentParser
import Platform
import Reporting

/// An option that a command does not have, where something else was meant: ArgumentParser only calls it
/// unknown, and knows no option of other programs.
struct UnknownOption {
  let message: String
  let hint: String

  /// Nil where nothing better is known than what ArgumentParser said.
  init?(_ arguments: [String], saidBy parsing: String) {
    let label = "Unknown option '"
    guard let start = parsing.firstRange(of: label)?.upperBound,
      let end = parsing[start...].firstIndex(of: "'")
    else { return nil }
    let name = String(parsing[start..<end])
    if Self.ofEveryCommand.contains(name), let command = Self.command(in: arguments),
      arguments.first?.hasPrefix("-") != true
    {
      message = "connref \(command) has no \(name)"
      hint = "connref \(command) --help lists its options"
      return
    }
    guard let hint = Self.hint(for: name, in: arguments) else { return nil }
    message = "unknown option '\(name)'"
    self.hint = hint
  }

  private static func hint(for name: String, in arguments: [String]) -> String? {
    let command = command(in: arguments)
    if name == "-C" {
      let folder = arguments.drop { $0 != "-C" }.dropFirst().first ?? "PATH"
      return "did you mean 'connref \(command ?? "COMMAND") --repository \(folder)'?"
    }
    guard let command, arguments.first?.hasPrefix("-") != true else {
      if let meant = Spelling.nearest(to: name, in: ["--version", "--help"]) {
        return "did you mean '\(meant)'?"
      }
      return Spelling.nearest(to: name, in: ofEveryCommand).map { meant in
        "options follow a command: connref \(command ?? "COMMAND") \(meant)"
      }
    }
    let known = defaults[command]?.first {
      $0.names.contains(name) || Spelling.nearest(to: name, in: $0.names) != nil
    }
    if let known { return known.words }
    if name.count > 4, let meant = ofEveryCommand.first(where: { $0.hasPrefix(name) }) {
      return "did you mean '\(meant)'?"
    }
    return Format(rawValue: name.replacing("--", with: "")).map { format in
      "did you mean '--format \(format.rawValue)'?"
    }
  }

  /// The first word that is a command, with the one below it where it has any; nil for none.
  private static func command(in arguments: [String]) -> String? {
    var commands = Connref.configuration.subcommands
    var path: [String] = []
    for argument in arguments {
      guard let found = commands.first(where: { $0.configuration.commandName == argument })
      else { continue }
      path.append(argument)
      commands = found.configuration.subcommands
    }
    return path.isEmpty ? nil : path.joined(separator: " ")
  }

  private static let ofEveryCommand = [
    "--repository", "--config", "--color", "--no-color", "--quiet", "-q", "--verbose", "-v",
    "--format", "--output",
  ]

  /// Options of git and of other commands that ask for what the command does anyway.
  private static let defaults: [String: [(names: [String], words: String)]] = [
    "check": [
      (["--staged", "--cached", "--index"], "'connref check' alone looks at what is staged")
    ],
    "history": [
      (["--all", "--branches"], "'connref history' alone looks at all branches and tags")
    ],
    "branches": [
      (["--all", "--remotes"], "'connref branches' alone looks at all local and remote branches")
    ],
    "audit": [(["--worktree"], "'connref audit' alone looks at the files on the disk")],
    "list": [(["--worktree"], "'connref list' alone looks at the files on the disk")],
    "repair": [
      (["--staged", "--cached", "--index"], "'connref repair' alone repairs what is staged")
    ],
  ]
}
