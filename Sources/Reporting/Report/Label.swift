/// The label of a fact. Every format uses these words and no others.
enum Label: String, CaseIterable, Sendable {
  // The change, or the state.
  case was, now, uses, name, connector
  // Its origin.
  case commit, earlier, since, on
  // Why it is one event, and what it concerns.
  case because, moved, broken, stale, missing, row, also
  case leftBehind = "left behind"
  case usedBy = "used by"
  case calledBy = "called by"
  case boundIn = "bound in"
  case unboundIn = "no id in"
  case alsoIn = "also in"
  // Its outcome.
  case fixed, state, accepted
  case stillBroken = "still broken"
  // Why it matters, and what to do.
  case impact, fix, explain, id
  // The events of a life.
  case declared, renamed, gained, lost, returned, removed
  case recreated = "re-created as"
  case connectorChanged = "connector now"

  /// Where a fact is shown: the most important first.
  enum Part: Sendable {
    /// At once.
    case change
    /// At once too: what became of it.
    case outcome
    /// In the details of an entry.
    case circumstance
    /// Last: the impact, the fix, the id.
    case consequence
  }

  var part: Part {
    switch self {
    case .was, .now, .uses, .name, .connector, .commit, .since, .on, .calledBy, .boundIn,
      .unboundIn, .declared, .renamed, .gained, .lost, .returned, .removed, .recreated,
      .connectorChanged:
      .change
    case .fixed, .state, .accepted, .stillBroken: .outcome
    case .earlier, .because, .moved, .broken, .stale, .missing, .row, .also, .leftBehind, .usedBy,
      .alsoIn:
      .circumstance
    case .impact, .fix, .explain, .id: .consequence
    }
  }

  var text: PrintableText { PrintableText(stringLiteral: rawValue) }
}
