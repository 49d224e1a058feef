/// The user asked for what cannot be, and can ask otherwise.
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
