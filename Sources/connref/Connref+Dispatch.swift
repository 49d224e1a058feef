import ArgumentParser
import Detection
import Git
import Solution

extension Connref {
  /// One place where every outcome becomes a status: ArgumentParser would end with 1 for any error,
  /// and 1 means findings.
  static func status(of arguments: [String], in context: RunContext, console: Console) -> ExitStatus
  {
    do {
      var command = try HookCommand.called(by: arguments) ?? parseAsRoot(arguments)
      if let command = command as? any ContextualCommand {
        return try command.run(in: context, console: console)
      }
      try command.run()
      return .clear
    } catch let error as GitError {
      console.complain(error.message, hint: error.hint)
      return .unknown
    } catch let error as PolicyError {
      for fault in error.faults {
        console.complain("\(fault.place.path):\(fault.place.line): \(fault.message)")
      }
      if let hint = error.hint { console.hint(hint) }
      return .unknown
    } catch let error as UsageError {
      console.complain(error.message, hint: error.hint)
      return .wrongUsage
    } catch let error as Failure {
      console.complain(error.message, hint: error.hint)
      return .unknown
    } catch {
      return status(ofParsing: error, console: console)
    }
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
      return .wrongUsage
    default:
      console.complain(message)
      return .unknown
    }
  }
}
