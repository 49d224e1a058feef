package import Detection

/// The life of one reference, ready to be written down.
package struct LifeReport: Sendable {
  /// As the user asked for it.
  package let reference: String
  /// The oldest first; events of one commit stay in the order in which they are given.
  package let events: [LifeEvent]
  /// What was looked at: `all branches`.
  package let branches: String

  package init(reference: String, events: [LifeEvent], branches: String = "all branches") {
    self.reference = reference
    self.events = events.enumerated()
      .sorted { ($0.element.moment.date, $0.offset) < ($1.element.moment.date, $1.offset) }
      .map(\.element)
    self.branches = branches
  }
}
