/// A severity that findings of a rule have, and in which cases.
package struct RuleSeverity: Sendable, Hashable {
  package let severity: Severity
  /// Continues a sentence that begins with the severity: `where nothing uses it`. Nil for what findings
  /// of the rule have as a matter of course.
  package let condition: String?

  private init(_ severity: Severity, _ condition: String? = nil) {
    self.severity = severity
    self.condition = condition
  }

  package static let error = RuleSeverity(.error)
  package static let warning = RuleSeverity(.warning)
  package static let note = RuleSeverity(.note)

  package static func error(_ condition: String) -> RuleSeverity { .init(.error, condition) }
  package static func warning(_ condition: String) -> RuleSeverity { .init(.warning, condition) }
  package static func note(_ condition: String) -> RuleSeverity { .init(.note, condition) }
}

extension [RuleSeverity] {
  /// In one line: `error; warning where nothing uses it`.
  package var words: String {
    map { entry in
      entry.condition.map { "\(entry.severity.rawValue) \($0)" } ?? entry.severity.rawValue
    }.joined(separator: "; ")
  }
}
