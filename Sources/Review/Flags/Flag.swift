import Platform
import Solution

/// The note on the tip of a broken branch. Its shape is a promise: members are added, never renamed.
struct Flag: Codable, Equatable {
  struct Entry: Codable, Equatable {
    let id: String
    let rule: String
    let severity: String
    let solution: String
    let summary: String
    /// Logical names.
    let before: [String]
    let after: [String]
    /// The commit from which on the branch has it.
    let since: String?
  }

  let schema: String
  /// In full: `refs/heads/main`.
  let branch: String
  /// The last commit that counts as correct: later tips are compared with it.
  let base: String
  let findings: [Entry]

  /// Where flags are written.
  static let reference = "refs/notes/connref"
  static let schema = "connref/1"

  init(branch: String, base: String, findings: [Entry]) {
    schema = Self.schema
    self.branch = branch
    self.base = base
    self.findings = findings
  }

  /// Nil for a note that connref did not write.
  init?(_ text: String) {
    // With any fault, it is not ours.
    guard let flag = try? JSONDecoder().decode(Flag.self, from: Data(text.utf8)),
      flag.schema == Self.schema
    else { return nil }
    self = flag
  }

  /// Unprintable characters are escaped: `git log` shows notes in a terminal.
  func text() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let json = String(decoding: try encoder.encode(self), as: UTF8.self)
    var text = ""
    for scalar in json.unicodeScalars {
      let category = scalar.properties.generalCategory
      let isHidden =
        scalar != "\n"
        && [.control, .format, .lineSeparator, .paragraphSeparator].contains(category)
      text += isHidden ? scalar.jsonEscape : String(scalar)
    }
    return text + "\n"
  }
}
