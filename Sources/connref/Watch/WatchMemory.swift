import Git
import Platform
import Review

/// The states that a watcher has seen, and the file that keeps them. A file that cannot be written,
/// on a full disk, is tried again at the next look: they are not lost as long as the watcher runs.
struct WatchMemory {
  private(set) var seen: WatchState
  /// Why the file is older than what was seen; nil where it is not.
  private(set) var trouble: String?
  private let file: URL
  private var isSaved = true

  /// A file that is damaged is set aside, and everything is looked at as if for the first time.
  ///
  /// - Returns: beside the memory, what to say of such a file.
  static func opened(_ file: URL) throws -> (memory: WatchMemory, warning: String?) {
    do {
      return (WatchMemory(seen: try WatchState(readingFrom: file), file: file), nil)
    } catch is DecodingError {
      let aside = try unused(file.appendingPathExtension("damaged"))
      do {
        try FileManager.default.moveItem(at: file, to: aside)
      } catch {
        throw Failure(
          message: "could not set '\(path(file))' aside, which is damaged: \(error.systemReason)",
          hint: "connref watch --state with another file")
      }
      return (
        WatchMemory(seen: WatchState(), file: file),
        "'\(path(file))' is damaged and was set aside as '\(aside.lastPathComponent)': "
          + "every branch is looked at again"
      )
    } catch {
      throw Failure(message: "could not read '\(path(file))': \(error.systemReason)")
    }
  }

  /// The file's own name, or one with a number where that is taken.
  private static func unused(_ file: URL) throws(Failure) -> URL {
    for number in 0..<1_000 {
      let candidate = number == 0 ? file : file.appendingPathExtension("\(number)")
      if !FileManager.default.fileExists(atPath: path(candidate)) { return candidate }
    }
    throw Failure(
      message: "could not set a damaged state aside: '\(path(file))' is there a thousand times")
  }

  mutating func remember(_ branches: [String: WatchState.Branch], of repository: String) {
    seen.repositories[repository] = branches
    isSaved = false
  }

  /// Writes unwritten changes. Returns a message for a problem that was not reported before.
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
