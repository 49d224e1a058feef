import Dispatch
import Platform
import Synchronization

/// A line on standard error during work that shows no progress of its own: on a terminal only, and
/// only after half a second.
final class WaitingNote: Sendable {
  private enum State {
    case waiting, shown, over
  }

  private let state = Mutex(State.waiting)
  private static let text = "connref: checking connection references ..."

  init(in context: RunContext, isQuiet: Bool = false) {
    guard !isQuiet, StandardStream.error.isTerminal, context.environment["TERM"] != "dumb" else {
      return
    }
    DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(500)) { [weak self] in
      self?.show()
    }
  }

  private func show() {
    state.withLock { state in
      guard state == .waiting else { return }
      state = .shown
      Self.draw(Self.text)
    }
  }

  /// The result of `work`, with a note while it lasts.
  static func showing<Result>(
    in context: RunContext, isQuiet: Bool = false, during work: () throws -> Result
  ) rethrows -> Result {
    let note = WaitingNote(in: context, isQuiet: isQuiet)
    defer { note.end() }
    return try work()
  }

  /// Takes the line away again, or keeps it from being shown.
  func end() {
    state.withLock { state in
      if state == .shown { Self.draw("\r\u{1B}[K") }
      state = .over
    }
  }

  private static func draw(_ text: String) {
    // A note that cannot be shown needs no report.
    try? StandardStream.error.write(text)
  }
}
