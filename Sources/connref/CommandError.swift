/// The user asked for what cannot be, and can ask otherwise.
struct UsageError: Error, Sendable {
  let message: String
  var hint: String?
  /// What can be chosen from, a line each.
  var details: [String] = []
}

/// A command could not do its work.
struct Failure: Error, Sendable {
  let message: String
  var hint: String?
}
