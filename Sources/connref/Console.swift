import Foundation
import Reporting
import Review

/// Where output goes: findings to standard output, all else to standard error.
struct Console: Sendable {
  let isQuiet: Bool
  /// Each stream for itself: a pipe gets no colour, whatever the other is.
  let colorsOutput: Bool
  let colorsErrors: Bool
  private let hasOneStream: Bool
  private let faults: OutputFaults

  init(_ context: RunContext, isQuiet: Bool = false, noColor: Bool = false) {
    self.isQuiet = isQuiet
    hasOneStream = context.hasOneStream
    faults = context.faults
    func isColored(_ descriptor: Int32) -> Bool {
      if noColor { return false }
      if let wish = context.environment["NO_COLOR"], !wish.isEmpty { return false }
      if let force = context.environment["CLICOLOR_FORCE"], force != "0", !force.isEmpty {
        return true
      }
      return isatty(descriptor) != 0 && context.environment["TERM"] != "dumb"
    }
    colorsOutput = isColored(1)
    colorsErrors = isColored(2)
  }

  /// Writes to standard output as it is. What cannot be written is told when the run ends: a watcher
  /// goes on without its log.
  func write(_ text: String) { write(Data(text.utf8)) }

  /// The same of bytes that need be no text.
  func write(_ bytes: some DataProtocol & Sendable) {
    do {
      try FileHandle.standardOutput.write(contentsOf: bytes)
    } catch {
      faults.note(error.systemReason)
    }
  }

  /// Writes a line to standard error.
  func say(_ line: String) {
    if hasOneStream { return write(line + "\n") }
    // There is no place left to tell it.
    try? FileHandle.standardError.write(contentsOf: Data((line + "\n").utf8))
  }

  /// Writes a line that only informs; silent with `--quiet`.
  func inform(_ line: String) {
    if !isQuiet { say(line) }
  }

  /// An error in git's manner, with what mends it in a second line.
  func complain(_ message: String, hint: String? = nil) {
    say("error: \(PrintableText(escaping: message))")
    if let hint { self.hint(hint) }
  }

  /// What the user can do next, to be pasted.
  func hint(_ text: String) { say("hint: \(PrintableText(escaping: text))") }
}
