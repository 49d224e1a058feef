import Solution

/// Why settings files cannot be chosen or changed.
package struct SettingsRefusal: Error, Hashable, Sendable {
  /// In git's manner, the file in single quotes.
  package let message: String
  /// The fix, to be pasted where it is a command.
  package let hint: String?

  init(_ message: String, hint: String? = nil) {
    self.message = message
    self.hint = hint
  }

  /// Of a file whose content is the matter.
  init(_ path: String, _ reason: Unreadable) {
    let parts = Unreadable.naming(path, in: reason.message).split(separator: "\n", maxSplits: 1)
      .map(String.init)
    let place = reason.line.map { "\(path):\($0)" } ?? path
    message = "could not use '\(place)': it \(parts.first ?? "")"
    hint = parts.count > 1 ? parts[1].replacing("hint: ", with: "") : nil
  }
}
