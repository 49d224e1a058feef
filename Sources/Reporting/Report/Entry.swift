import Detection
import Solution

/// One thing that a report lists: a finding, an incident, a reference.
struct Entry: Sendable {
  /// The finding that the entry shows; nil for an entry that is no fault.
  let finding: Finding?
  /// The heading, one sentence or a name.
  let title: Phrase
  /// Its subject, in as few words as possible: a reference's or a consumer's name.
  let name: PrintableText
  /// Where a reader looks first.
  var place: Place?
  /// When it happened; nil for what is there now.
  var moment: Moment?
  /// The unique name of its solution, where no finding says it; nil for none.
  var solution: String?
  /// How an incident ended.
  var state: IncidentState?
  /// In the order in which they are shown.
  let facts: [Fact]
  /// The target of links to it: no other entry of the report has it, and the same event has it in
  /// the next run.
  let anchor: String
  /// The topics it is counted under: its rule, or the branches that have it.
  var topics: [String] = []
  /// False for what is over: formats may leave out what only matters while something is to be done.
  var isOpen = true

  /// The severity of the finding; nil for an entry that is no fault.
  var severity: Severity? { finding?.severity }

  /// `error[reference-recreated]`.
  var mark: PrintableText? {
    finding.map { "\($0.severity.rawValue)[\($0.rule.rawValue)]" }
  }

  /// Where it is, for a heading: the place, or the solution where no line says more.
  var location: PrintableText? {
    if let place, moment == nil { return "\(place.words)" }
    return finding.map { "solution '\($0.solution.shortened())'" }
  }

  /// For where one line has to do: what happened, and where more is said.
  var shortText: PrintableText {
    let lines = facts.filter { $0.label.part == .change || $0.label == .stillBroken }
      .flatMap(\.logLines)
    // The first fix is the one that can be pasted, where there is one.
    let more = [Label.fix, .id].compactMap { label in
      facts.first { $0.label == label }?.logLines.first
    }
    let explanation =
      finding.map { ["explain: connref explain \($0.rule.rawValue)" as PrintableText] } ?? []
    return PrintableText(joining: [title.text] + lines + more + explanation, separator: "; ")
  }

  /// Each fact as lines of a log: `was: new_a, Customizations.xml:6 in HEAD`.
  var logLines: [PrintableText] { facts.flatMap(\.logLines) }
}

extension Fact {
  fileprivate var logLines: [PrintableText] {
    lines(upTo: Self.limit).map { "\(label.text): \($0.whole.text)" }
  }
}

extension [Entry] {
  /// Those with a finding, in their order else.
  var mostSevereFirst: [Entry] {
    Severity.allCases.sorted(by: >).flatMap { severity in filter { $0.severity == severity } }
  }
}

/// Entries that say the same of several references or consumers.
struct EntryGroup: Sendable {
  /// At least one; all of one rule, severity, solution and theme.
  private(set) var entries: [Entry]

  /// The words they share; nil for a single entry.
  var theme: Theme? { entries.count > 1 ? entries.first?.finding?.theme : nil }

  /// `2 references have no row in config/prod.json`.
  var title: PrintableText? {
    theme.map { "\(counted(entries.count, "\($0.noun)")) \($0.predicate)" }
  }

  /// The file that all of them are in; nil for several.
  var path: String? {
    let paths = Set(entries.map { $0.place?.path })
    return paths.count == 1 ? entries.first?.place?.path : nil
  }

  /// The facts of the whole group: the impact, the fix, where the rule is explained.
  var facts: [Fact] {
    guard let theme, let finding = entries.first?.finding else { return [] }
    return [
      Fact(.impact, "\(finding.prose(finding.consequence))"),
      Fact(.fix, theme.fix.map(\.phrase)),
      Fact(.explain, "\(command: "connref explain \(finding.rule.rawValue)")"),
    ].present
  }

  private init(_ entry: Entry) { entries = [entry] }

  /// In the order of their first entries.
  static func groups(of entries: [Entry]) -> [EntryGroup] {
    var groups: [EntryGroup] = []
    var positions: [Key: Int] = [:]
    for entry in entries {
      if let key = Key(entry) {
        if let position = positions[key] {
          groups[position].entries.append(entry)
          continue
        }
        positions[key] = groups.count
      }
      groups.append(EntryGroup(entry))
    }
    return groups.map(\.inOrder)
  }

  /// Those of one theme by file, then by name.
  private var inOrder: EntryGroup {
    guard theme != nil else { return self }
    var group = self
    group.entries.sort {
      ($0.place?.path ?? "", $0.name.description.lowercased())
        < ($1.place?.path ?? "", $1.name.description.lowercased())
    }
    return group
  }

  private struct Key: Hashable {
    let rule: RuleID
    let severity: Severity
    let solution: String
    let theme: Theme

    init?(_ entry: Entry) {
      guard let finding = entry.finding, let theme = finding.theme else { return nil }
      rule = finding.rule
      severity = finding.severity
      solution = finding.solution
      self.theme = theme
    }
  }
}
