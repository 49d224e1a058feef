import Foundation
import Review

/// What a watcher has seen, and the file that keeps it. A file that cannot be written, on a full disk,
/// is tried again at the next look: what was seen is not lost as long as the watcher runs.
struct WatchMemory {
  private(set) var seen: WatchState
  /// Why the file is older than what was seen; nil where it is not.
  private(set) var trouble: String?
  private let file: URL
  private var isSaved = true

  /// Throws for a file that is none of ours.
  init(_ file: URL) throws {
    self.file = file
    do {
      seen = try WatchState(readingFrom: file)
    } catch {
      throw Failure(
        message: "could not read '\(Self.path(file))': it is no state of a watcher",
        hint: "connref watch --state with another file")
    }
  }

  mutating func remember(_ branches: [String: WatchState.Branch], of repository: String) {
    seen.repositories[repository] = branches
    isSaved = false
  }

  /// Writes what is not written yet. Returns a message for trouble that was not told before.
  mutating func save() -> String? {
    guard !isSaved else { return nil }
    do {
      try seen.write(to: file)
      isSaved = true
      trouble = nil
      return nil
    } catch {
      let reason = (error as? Unwritable)?.reason ?? error.systemReason
      let message = "could not write '\(Self.path(file))': \(reason)"
      defer { trouble = message }
      return message == trouble ? nil : message
    }
  }

  private static func path(_ file: URL) -> String { file.path(percentEncoded: false) }
}
