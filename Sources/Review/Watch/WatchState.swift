package import Foundation

/// What a watcher has seen so far. Written as a whole, so that a killed watcher leaves either the
/// state before or the one after.
package struct WatchState: Codable, Equatable, Sendable {
  package struct Branch: Codable, Equatable, Sendable {
    /// 40 hexadecimal digits.
    package var tip: String
    /// The commit that the main branch is judged from as long as it is broken; nil otherwise.
    package var base: String?
    package var isFlagged: Bool
  }

  /// By the repository's path, then by the branch's full name.
  package var repositories: [String: [String: Branch]]

  package init() { repositories = [:] }

  /// Empty where there is no file yet. Throws for a file that is none of ours: it is not overwritten.
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
    try WholeFile.write(text, to: file)
  }
}
