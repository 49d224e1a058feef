import ArgumentParser
import Git
import Platform
import Reporting
import Review

/// The value of `--color`.
enum ColorChoice: String, CaseIterable, ExpressibleByArgument {
  case auto, always, never
}

/// Writes findings to standard output, all else to standard error.
struct Console: Sendable {
  let isQuiet: Bool
  /// True where what was looked at, and how long it took, is printed too.
  let isVerbose: Bool
  /// The columns that a text may take: those of the terminal, 100 at most; 80 without one.
  let width: Int
  /// Each stream by itself: a pipe gets no colour, even beside a terminal.
  let colorsOutput: Bool
  let colorsErrors: Bool
  private let hasOneStream: Bool
  private let faults: OutputFaults

  /// A line that is longer is hard to read.
  private static let widest = 100
  /// The width below which the terminal has to wrap.
  private static let narrowest = 40

  init(
    _ context: RunContext, isQuiet: Bool = false, isVerbose: Bool = false,
    color: ColorChoice = .auto
  ) {
    self.isQuiet = isQuiet
    self.isVerbose = isVerbose
    width = StandardStream.output.width.map { min(max($0, Self.narrowest), Self.widest) } ?? 80
    hasOneStream = context.hasOneStream
    faults = context.faults
    func isColored(_ stream: StandardStream) -> Bool {
      switch color {
      case .always: return true
      case .never: return false
      case .auto: break
      }
      if let wish = context.environment["NO_COLOR"], !wish.isEmpty { return false }
      for name in ["CLICOLOR_FORCE", "FORCE_COLOR"] {
        if let force = context.environment[name], force != "0", !force.isEmpty { return true }
      }
      return stream.isTerminal && context.environment["TERM"] != "dumb"
    }
    colorsOutput = isColored(.output)
    colorsErrors = isColored(.error)
  }

  /// Writes to standard output as it is. A failed write is reported when the run ends: a watcher
  /// continues without its log.
  func write(_ text: String) { write(text.utf8) }

  /// The same of bytes that need be no text.
  func write(_ bytes: some Sequence<UInt8>) {
    do {
      try StandardStream.output.write(bytes)
    } catch {
      faults.note(error.systemReason)
    }
  }

  /// Writes a line to standard error.
  func say(_ line: String) {
    if hasOneStream { return write(line + "\n") }
    // There is no place left to report it.
    try? StandardStream.error.write(line + "\n")
  }

  /// Writes a warning to standard error.
  func warn(_ message: String) { say("warning: \(PrintableText(escaping: message))") }

  /// Writes a line that only informs; silent with `--quiet`.
  func inform(_ line: String) {
    if !isQuiet { say(line) }
  }

  /// Where nothing was found that could be looked at, and nothing was expected.
  func sayThatNoSolutionIsHere() {
    guard !isQuiet else { return }
    say("note: no solution was found here")
    hint(
      "connref reads solutions that 'pac solution unpack', 'clone' or 'sync' wrote, and zips of them: "
        + "pac solution clone --name Sales")
  }

  /// An error in git's style, with the fix in a second line.
  func complain(_ message: String, hint: String? = nil, details: [String] = []) {
    say("error: \(PrintableText(escaping: message))")
    for line in details { say("\(PrintableText(escaping: line))") }
    if let hint { self.hint(hint) }
  }

  /// How to repair several findings at once; silent for fewer than two that a patch can fix.
  ///
  /// - Parameter onDisk: They are about the files on the disk, which need not be staged.
  func hintAtRepairs(of outcome: CheckOutcome, onDisk: Bool) {
    let count = outcome.repairable.count
    guard count > 1, !isQuiet else { return }
    hint(
      "to repair \(count) of them in one go: connref repair --all"
        + "\(onDisk ? " --worktree" : "") --apply")
  }

  /// The next step for the user, to be pasted.
  func hint(_ text: String) {
    for (number, line) in text.split(separator: "\n").enumerated() {
      say("\(number == 0 ? "hint: " : "")\(PrintableText(escaping: String(line)))")
    }
  }
}

extension Console {
  /// A configuration or an approval that was written and not staged does nothing yet.
  func sayUnstagedPolicy(of repository: Repository) throws {
    for file in try PolicyFiles(repository).unstagedFiles() {
      inform("note: \(file.message)")
      if !isQuiet { hint(file.hint) }
    }
  }
}
