import Detection

/// How an incident ended; what a reader filters by.
enum IncidentState: String, CaseIterable {
  /// Something of it is left at the tip of a branch.
  case broken
  case fixed
  /// Nothing is left in files: the new name has to be bound in every environment.
  case complete
  /// A later incident reports the same event whole.
  case superseded
  /// No branch that was looked at shows it any more, and no commit fixed it.
  case vanished

  init(_ incident: Incident) {
    self =
      if incident.isStillBroken {
        .broken
      } else if incident.supersededBy != nil {
        .superseded
      } else if incident.revertedIn != nil {
        .fixed
      } else if incident.outcome != .reverted,
        incident.wasCompleteAtOnce || incident.completedIn != nil
      {
        .complete
      } else {
        .vanished
      }
  }

  var words: PrintableText {
    switch self {
    case .broken: "still broken"
    case .fixed: "fixed"
    case .complete: "completed"
    case .superseded: "part of a later incident"
    case .vanished: "on no branch any more"
    }
  }
}
