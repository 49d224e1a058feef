import Review

/// The arguments cannot be followed; the user can change them.
struct UsageError: Error, Sendable {
  let message: String
  var hint: String?
  /// The possible choices, a line each.
  var details: [String] = []
}

/// A command could not do its work.
struct Failure: Error, Sendable {
  let message: String
  var hint: String?
}

extension FindingSearch {
  /// Throws where `id` is neither the id of a finding nor its first digits.
  static func ensureID(_ id: String) throws {
    guard !isID(id) else { return }
    let isShort = id.count < 4 && id.allSatisfy(\.isHexDigit)
    throw UsageError(
      message: isShort
        ? "'\(id)' is too short: give at least four digits of the id"
        : "'\(id)' is not the id of a finding: it has twelve hexadecimal digits, of which the "
          + "first four are enough",
      hint: "connref check prints one with each finding")
  }
}

extension FindingSearch {
  /// For an id that is nowhere; `hint` is for one that resembles no other.
  func failure(toFind id: String, hint: String) throws -> Failure {
    Failure(
      message: "could not find '\(id)' in what is staged, on the disk, in an audit or in the past",
      hint: try nearest(to: id).map { "did you mean '\($0)'?" } ?? hint)
  }
}
