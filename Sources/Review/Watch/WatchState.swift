import Git
package import Platform

/// The states that a watcher has seen so far. Written as a whole, so that a killed watcher leaves
/// either the state before or the one after.
package struct WatchState: Codable, Equatable, Sendable {
  package struct Branch: Codable, Equatable, Sendable {
    /// 40 hexadecimal digits.
    package var tip: String
    /// Whether it is broken.
    package var isFlagged: Bool
    /// Why the branch could not be checked; nil where it could.
    package var unknown: String?
    /// Why its flag could not be written or removed; nil where it could.
    package var flagFailure: String?
    /// True where the command that reports it failed; nil where it did not.
    package var isUnreported: Bool?

    package init(
      tip: String, isFlagged: Bool, unknown: String? = nil, flagFailure: String? = nil,
      isUnreported: Bool? = nil
    ) {
      self.tip = tip
      self.isFlagged = isFlagged
      self.unknown = unknown
      self.flagFailure = flagFailure
      self.isUnreported = isUnreported
    }

    /// Whether it is looked at again although it has not moved.
    package var needsAnotherLook: Bool {
      unknown != nil || flagFailure != nil || isUnreported ?? false
    }
  }

  /// By the repository's path, then by the branch's full name.
  package var repositories: [String: [String: Branch]]

  package init() { repositories = [:] }

  /// Empty where there is no file yet. Throws for a file that a watcher did not write as it is.
  package init(readingFrom file: URL) throws {
    guard FileManager.default.fileExists(atPath: file.path(percentEncoded: false)) else {
      self.init()
      return
    }
    self = try JSONDecoder().decode(WatchState.self, from: try Data(contentsOf: file))
  }

  /// Throws `Unwritable`; what was written before is there still.
  package func write(to file: URL) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let text = try encoder.encode(self)
    do {
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    } catch {
      throw Unwritable(reason: error.systemReason)
    }
    try WholeFile.write(Array(text), to: file.path(percentEncoded: false))
  }
}
