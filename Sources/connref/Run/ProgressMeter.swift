import Platform
import Review

/// One line on standard error that shows the progress of a scan: on a terminal only, and only for
/// work that lasts longer than half a second.
struct ProgressMeter {
  private let isShown: Bool
  private let start = ContinuousClock.now
  private var last = ContinuousClock.now
  private var isOnScreen = false

  init(context: RunContext, isQuiet: Bool) {
    isShown = !isQuiet && StandardStream.error.isTerminal && context.environment["TERM"] != "dumb"
  }

  mutating func show(_ progress: HistoryScan.Progress) {
    guard isShown, progress.done % 64 == 0 else { return }
    let now = ContinuousClock.now
    guard now - start > .milliseconds(500), now - last > .milliseconds(100) else { return }
    last = now
    isOnScreen = true
    let seconds = Double((now - start).components.seconds) + 0.5
    let rate = Double(progress.done) / seconds
    let left = Int(Double(progress.total - progress.done) / max(rate, 1))
    let line =
      "\(progress.done) of \(progress.total) commits, \(Int(rate)) a second, \(left) s left"
    draw("\r\u{1B}[K\(line)")
  }

  /// Takes the line away again.
  func clear() {
    if isOnScreen { draw("\r\u{1B}[K") }
  }

  private func draw(_ text: String) {
    // Progress that cannot be shown is worth no word.
    try? StandardStream.error.write(text)
  }
}
