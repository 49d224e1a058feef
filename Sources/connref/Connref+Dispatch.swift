import ArgumentParser
import Detection
import Git
import Platform
import Review
import Solution

extension Connref {
  /// One place where every outcome becomes a status: ArgumentParser would end with 1 for any error,
  /// and 1 means findings.
  static func status(of arguments: [String], in context: RunContext, console: Console) -> ExitStatus
  {
    do {
      var command = try HookCommand.called(by: arguments) ?? parseAsRoot(arguments)
      if let command = command as? any ContextualCommand {
        let own = (command as? any CommonCommand)?.common.console(in: context)
        return try command.run(in: context, console: own ?? console)
      }
      try command.run()
      return .clear
    } catch let error as GitError {
      console.complain(error.message, hint: error.hint ?? hint(for: error, arguments))
      return .unknown
    } catch let error as PolicyError {
      for fault in error.faults {
        console.complain(fault.sentence)
      }
      if let hint = error.hint { console.hint(hint) }
      return .unknown
    } catch let error as UsageError {
      console.complain(error.message, hint: error.hint, details: error.details)
      return .wrongUsage
    } catch let error as Failure {
      console.complain(error.message, hint: error.hint)
      return .unknown
    } catch let error as AmbiguousFinding {
      console.complain(error.message, hint: error.hint)
      return .wrongUsage
    } catch {
      if let misspelt = MisspeltCommand(arguments) {
        console.complain(misspelt.message, hint: misspelt.hint)
        return .wrongUsage
      }
      if let unknown = UnknownOption(arguments, saidBy: fullMessage(for: error)) {
        console.complain(unknown.message, hint: unknown.hint)
        return .wrongUsage
      }
      return status(ofParsing: error, console: console)
    }
  }

  /// The hint for a run without a repository.
  private static func hint(for error: GitError, _ arguments: [String]) -> String? {
    guard error.kind == .notARepository else { return nil }
    return switch arguments.first {
    case "check": "without git, two folders or two zips can be compared: connref check OLD NEW"
    case "audit", "list":
      "without git, a folder or a zip can be read: connref \(arguments[0]) Sales.zip"
    default: "git init makes one; connref demo shows an example"
    }
  }

  /// Of a message of ArgumentParser that lists the possible values: the one that is nearest to the
  /// given one, which it quotes first.
  private static func choice(meantIn message: String) -> String? {
    let parts = message.split(separator: "'", maxSplits: 2)
    guard parts.count == 3, parts[2].hasPrefix(" is invalid for ") else { return nil }
    let choices = message.split(separator: "\n").filter { $0.hasPrefix("  - ") }
    return Spelling.nearest(
      to: String(parts[1]), in: choices.map { String($0.dropFirst("  - ".count)) })
  }

  private static func status(ofParsing error: any Error, console: Console) -> ExitStatus {
    let message = fullMessage(for: error)
    switch exitCode(for: error) {
    case .success:
      console.write(message + "\n")
      return .clear
    case .validationFailure:
      // ArgumentParser begins with a capital, all other errors begin as git's do.
      let label = "Error: "
      console.say(
        message.hasPrefix(label) ? "error: " + message.dropFirst(label.count) : message)
      if let choice = choice(meantIn: message) { console.hint("did you mean '\(choice)'?") }
      return .wrongUsage
    default:
      console.complain(message)
      return .unknown
    }
  }
}
