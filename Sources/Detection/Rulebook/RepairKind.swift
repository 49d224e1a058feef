/// How a finding of a rule can be repaired by a patch.
package enum RepairKind: Sendable {
  /// The old logical name again in all files; or all that was left behind moves to the new one.
  case identity
  /// A removed declaration again.
  case declaration
  /// One spelling of a logical name in all files.
  case spelling
  /// A consumer's link names what it named before, or the nearest reference of its solution.
  case link
  /// A link moves to the reference of its connector.
  case linkConnector
  /// A flow's whole list of references again.
  case references
  /// A declaration's connector again.
  case connector
  /// A settings file gets the rows that it lacks.
  case missingRows

  /// When it comes among several repairs: a later one finds what an earlier one restored.
  package enum Stage: Int, Comparable, Sendable {
    case declarations, consumers, settings

    package static func < (one: Stage, other: Stage) -> Bool { one.rawValue < other.rawValue }
  }

  package var stage: Stage {
    switch self {
    case .identity, .declaration, .spelling, .connector: .declarations
    case .link, .linkConnector, .references: .consumers
    case .missingRows: .settings
    }
  }

  /// True where the finding stays right once the move is finished: the old name is not restored.
  package var remainsAfterMove: Bool {
    switch self {
    case .identity, .spelling: true
    case .declaration, .link, .linkConnector, .references, .connector, .missingRows: false
    }
  }
}
