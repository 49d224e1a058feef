import Solution

/// The severity and the fix for a logical name that should have been another one: it cannot be
/// changed afterwards, so one that may be deployed is kept.
struct NamingAdvice {
  let severity: Severity
  let fix: [FixStep]

  /// - Parameters:
  ///   - isNew: true where the reference was made in the change that is judged.
  ///   - whenNew: what to do then.
  init(isNew: Bool, whenNew: String) {
    let keep = "keep the logical name; change only the display name"
    severity = isNew ? .warning : .note
    fix =
      isNew
      ? ["before anything is deployed: \(whenNew)", "where it is deployed already: \(keep)"]
      : [
        "\(keep): another logical name is another reference, and each environment must be bound again",
        "for the next one: \(whenNew)",
      ]
  }
}

extension State {
  /// Whether the reference has just been made; nil where its name must not be judged at all, since it
  /// was there before the change.
  func isNew(_ reference: Reference) -> Bool? {
    guard let additions else { return false }
    return additions[reference.name].map { $0 == .alone }
  }
}
