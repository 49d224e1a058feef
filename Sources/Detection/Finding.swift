package import Solution

/// One finding of a rule about a change, independent of any output format.
package struct Finding: Sendable, Hashable {
  package let rule: RuleID
  package var severity: Severity
  package var confidence: Confidence
  /// The solution's unique name.
  package let solution: String
  /// One sentence for the first line: lower case unless it begins with a name, no full stop.
  package var summary: String
  /// The references on the side `before`.
  package var before: [Declaration]
  /// The references on the side `after`.
  package var after: [Declaration]
  package var evidence: [Evidence]
  package var consumers: [AffectedConsumer]
  package var rows: [AffectedRow]
  /// Further lines: a twin that still declares the old one, the commit that moved the
  /// flows, candidates, why confidence is lower.
  package var remarks: [String]
  /// Where other files mention an old name: pipelines, scripts, documents. No rule sets them.
  package var mentions: [Place] = []
  /// The outcome in the revision that was looked at; nil where there is nothing to follow, as
  /// for findings in one revision by itself. No rule sets it.
  package var outcome: Outcome?
  /// The branch to merge before it can be fixed: only the merge has the finding. Nil mostly. No rule sets it.
  package var onceMerged: String?
  /// The earlier commit that let the old one go, in hexadecimal; nil where this change did.
  package let deletedIn: String?
  /// The earlier commit that moved the consumers; nil where this change did, or none moved.
  package let repointedIn: String?
  /// Why it breaks; one sentence or two, no full stop.
  package let consequence: String
  /// The steps of the fix, in addition to a repair.
  package var fix: [FixStep]
  /// The repair that a patch can make; nil where there is none.
  package var repair: RepairOffer?
  /// Distinguishes two findings of one rule about the same names: a consumer's id, a settings
  /// file, a connector. Part of the id; empty where the names say enough.
  package let discriminator: String
  /// The statement about its reference or consumer, in the plural: findings with the same
  /// words can be reported together. Nil for a finding that is reported by itself.
  package let theme: Theme?
  /// The subject of the rule, where that is neither reference: a settings row.
  private let focus: Place?

  package init(
    rule: RuleID, severity: Severity, confidence: Confidence, solution: String, summary: String,
    before: [Declaration] = [], after: [Declaration] = [], evidence: [Evidence] = [],
    consumers: [AffectedConsumer] = [], rows: [AffectedRow] = [], remarks: [String] = [],
    deletedIn: String? = nil, repointedIn: String? = nil, consequence: String, fix: [FixStep],
    repair: RepairOffer? = nil, discriminator: String = "", theme: Theme? = nil,
    focus: Place? = nil
  ) {
    self.rule = rule
    self.severity = severity
    self.confidence = confidence
    self.solution = solution
    self.summary = summary
    self.before = before
    self.after = after
    self.evidence = evidence
    self.consumers = consumers
    self.rows = rows
    self.remarks = remarks
    self.deletedIn = deletedIn
    self.repointedIn = repointedIn
    self.consequence = consequence
    self.fix = fix
    self.repair = repair
    self.discriminator = discriminator
    self.theme = theme
    self.focus = focus
  }

  /// Where a reader looks first: where the rule points, else what is now, else what was, else the
  /// first consumer.
  package var place: Place? {
    focus ?? after.first?.place ?? before.first?.place ?? consumers.first?.place
  }
}

extension Finding {
  /// Joins a finding of the same rule and consumer about another reference to this one.
  mutating func absorb(_ other: Finding) {
    before += other.before.filter { !before.contains($0) }
    remarks += other.remarks.filter { !remarks.contains($0) }
    fix += other.fix.filter { !fix.contains($0) }
    if repair != other.repair { repair = nil }
  }
}

/// The common statement of several findings: `12 references have no connection id in
/// config/prod.json`.
package struct Theme: Sendable, Hashable {
  /// The counted thing, in the singular: `reference`, `flow`.
  package let noun: String
  /// The predicate, in the plural: `have no connection id in config/prod.json`.
  package let predicate: String
  /// The steps that fix all of them.
  package let fix: [FixStep]

  package init(_ noun: String, _ predicate: String, fix: [FixStep]) {
    self.noun = noun
    self.predicate = predicate
    self.fix = fix
  }
}

/// A reference as a finding shows it. For a name that nothing declares all but the name is nil.
package struct Declaration: Sendable, Hashable {
  package let name: LogicalName
  package let displayName: String?
  package let connector: Connector?
  package let place: Place?
  /// The earlier commit that removed the file of the place, in hexadecimal: it was there before that.
  /// Nil where the file is in the revision that was looked at.
  package var removedIn: String?

  package init(
    name: LogicalName, displayName: String? = nil, connector: Connector? = nil, place: Place? = nil
  ) {
    self.name = name
    self.displayName = displayName
    self.connector = connector
    self.place = place
  }

  package init(_ reference: Reference) {
    self.init(
      name: reference.name, displayName: reference.displayName, connector: reference.connector,
      place: reference.place)
  }

  /// The declaration of a name; where there is none, its name, and the place that has it.
  init(of name: LogicalName, _ reference: Reference?, else place: Place? = nil) {
    if let reference { self.init(reference) } else { self.init(name: name, place: place) }
  }
}

package struct AffectedConsumer: Sendable, Hashable {
  package enum State: String, Sendable, CaseIterable {
    /// Used the removed reference, uses the added one.
    case moved
    /// Still uses the removed reference.
    case leftBehind = "left-behind"
    /// Names what nothing declares, or names nothing any more.
    case broken
    /// Names a reference, and is as it should be.
    case naming
  }

  package let kind: Consumer.Kind
  package let id: String
  package let name: String
  package let place: Place
  /// The reference it names now; nil where it names none.
  package let reference: LogicalName?
  package let state: State

  package init(
    kind: Consumer.Kind, id: String, name: String, place: Place, reference: LogicalName?,
    state: State
  ) {
    self.kind = kind
    self.id = id
    self.name = name
    self.place = place
    self.reference = reference
    self.state = state
  }
}

package struct AffectedRow: Sendable, Hashable {
  package enum State: String, Sendable, CaseIterable {
    /// Binds the removed reference.
    case stale
    /// The file binds the solution, and has no row for the reference.
    case missing
    /// The row has no connection id, or something else in its place.
    case empty
    /// The row has something in the connection id's place that a pipeline is to replace.
    case placeholder
    /// One of several rows for the same reference in one list.
    case duplicate
    /// The row is for another connector than the reference, or for none.
    case otherConnector = "other-connector"
    /// The row has a connection id, or a custom connector's, that another row has too.
    case shared
    /// The row's connection belongs to a person.
    case personal
  }

  package let place: Place
  package let reference: LogicalName
  package let state: State

  package init(place: Place, reference: LogicalName, state: State) {
    self.place = place
    self.reference = reference
    self.state = state
  }
}

package enum Severity: String, Sendable, CaseIterable, Comparable {
  case note, warning, error

  package static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }
  private var rank: Int {
    switch self {
    case .note: 0
    case .warning: 1
    case .error: 2
    }
  }
}

package enum Confidence: String, Sendable, CaseIterable {
  case certain, strong, medium
}

/// Why two references are held to be one.
package enum Evidence: String, Sendable, CaseIterable {
  case sameConnector = "same-connector"
  case sameDisplayName = "same-display-name"
  /// Equal prefix and stem of the logical name, another random suffix.
  case sameStem = "same-stem"
  /// Equal stem, another publisher prefix.
  case otherPrefix = "other-prefix"
  /// An agent's reference, named for its connection: the connection alone is another.
  case otherConnection = "other-connection"
  /// Another GUID under the same logical name, in the same environment.
  case otherGUID = "other-guid"
  case consumersMoved = "consumers-moved"
  /// An ancestor declared the added name.
  case returned
  /// Deleted, repointed or made in an earlier commit.
  case severalCommits = "several-commits"
}
