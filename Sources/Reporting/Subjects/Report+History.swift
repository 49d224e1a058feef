package import Detection
import Solution

extension Report {
  /// The report of a scan over many commits: every incident, and what became of it. Those that are still
  /// broken are first, the most severe of them before the others; else the newest is first.
  ///
  /// - Parameters:
  ///   - branches: What was looked at, as a reader knows it: `all branches`, `main..release`.
  ///   - checkout: What is checked out; nil where nothing can be.
  package init(
    _ history: History, problems: [Problem] = [], branches: String = "all branches",
    failOn: Severity = .error, checkout: Checkout? = nil
  ) {
    let anchors = IncidentAnchors(history.incidents)
    let entries = history.incidents.enumerated().map { position, incident in
      incident.entry(anchor: anchors[position], checkout)
    }
    let scope = Scope(
      extent: .commits(history.commits), solutions: history.solutions,
      references: history.references, consumers: history.consumers)
    let ended = "the scan was ended before it had seen every commit: there may be more"
    self.init(
      command: "history", title: "history of connection references",
      subject: "\(branches.shortened(to: 200))",
      extent: "checked \(scope.words) in \(scope.extentWords)",
      tallies: Self.tallies(of: history),
      sections: Self.incidents(entries) + Self.lineages(history.lineages),
      data: HistoryData(history: history, scope: scope, branches: branches, problems: problems))
    overview = Self.stillBroken(entries)
    accepted = history.incidents.filter(\.isStillBroken).compactMap { incident in
      incident.approval.map { AcceptedFinding(finding: incident.finding, approval: $0) }
    }
    self.problems =
      problems + (history.isComplete ? [] : [Problem(ended, matters: true)])
    notice = history.isComplete ? nil : "\(ended)"
    if history.incidents.isEmpty {
      let extent: PrintableText = "\(counted(history.commits, "commit")) of \(branches)"
      let left: PrintableText =
        history.notesLeftOut == 1 ? "1 note is" : "\(history.notesLeftOut) notes are"
      emptySentence =
        history.notesLeftOut == 0
        ? """
        no incident in \(extent): no connection reference was re-created, replaced or lost
        """ : "no incident in \(extent): \(left) left out (connref history --notes)"
    }
    self.failOn = failOn
    rules = RuleBook.askedByHistory
    topics = rules.map(\.rawValue)
    timeline = Timeline(entries, incidents: history.incidents, lineages: history.lineages)
  }

  private static func tallies(of history: History) -> [Tally] {
    func number(_ state: IncidentState) -> Int {
      history.incidents.count { IncidentState($0) == state }
    }
    return [
      Tally(history.incidents.count, noun: "incident"),
      Tally(
        history.incidents.count { $0.isStillBroken && $0.approval == nil }, state: "still broken",
        tone: .broken,
        inVerdict: history.incidents.isEmpty ? .never : .always),
      Tally(number(.fixed), state: "fixed later", tone: .fixed, inVerdict: .never),
      Tally(number(.complete), state: "completed", inVerdict: .never),
      Tally(
        number(.superseded), state: "part of a later one", inVerdict: .never, onPage: .ifAny),
      Tally(
        number(.vanished), state: "on no branch any more", inVerdict: .never, onPage: .ifAny),
      Tally(history.commits, noun: "commit", inVerdict: .never),
    ]
  }

  private static func stillBroken(_ entries: [Entry]) -> Overview? {
    let broken = entries.filter { $0.state == .broken }.mostSevereFirst
    guard !broken.isEmpty else { return nil }
    return Overview(
      title: "Still broken, at a glance",
      columns: ["What", "Solution", "Since", "Left at the tip of"],
      rows: broken.map { entry in
        Overview.Row(
          cells: [
            "\(entry.finding?.displayLabel ?? "")",
            "\(entry.finding?.solution.shortened(to: 60) ?? "")",
            "\(entry.moment?.day ?? "")",
            Phrase(
              joining: entry.facts.filter { $0.label == .stillBroken }.flatMap(\.lines)
                .map(\.words), separator: "; "),
          ], severity: entry.severity, anchor: entry.anchor)
      })
  }

  /// What is still broken has a section of its own, before all that needs no work.
  private static func incidents(_ entries: [Entry]) -> [Section] {
    let broken = entries.filter(\.isOpen).mostSevereFirst
    guard !broken.isEmpty else { return [Section(entries)] }
    let others = entries.filter { !$0.isOpen }
    let isAccepted = others.contains { $0.state == .broken }
    let title: PrintableText = isAccepted ? "Accepted, or no longer broken" : "No longer broken"
    return [
      Section(broken, title: "Still broken (\(counted(broken.count, "incident")))"),
      Section(others, title: "\(title) (\(counted(others.count, "incident")))"),
    ].filter { !$0.groups.isEmpty }
  }

  /// The names that each reference has had.
  private static func lineages(_ lineages: [Lineage]) -> [Section] {
    guard !lineages.isEmpty else { return [] }
    return [
      Section(
        lineages.enumerated().map { number, lineage in
          let title: Phrase = lineage.title.map { ", '\($0.shortened(to: 60))'" } ?? ""
          let connector: Phrase = lineage.connector.map { ", \(name: $0.name)" } ?? ""
          return Entry(
            finding: nil, title: "\(lineage.solution.shortened(to: 40))\(title)\(connector)",
            name: "\(lineage.title ?? "")", solution: lineage.solution,
            facts: [
              Fact(
                .name,
                lineage.identities.map {
                  Fact.Line(words: "\(name: $0.name.spelling)", note: $0.span)
                })
            ], anchor: "lineage-\(number + 1)")
        }, title: "The names that each reference has had")
    ]
  }
}

extension Finding {
  /// The name that people know it by: the display name, else the logical one.
  var displayLabel: PrintableText {
    let declarations = before + after
    let name =
      declarations.lazy.compactMap(\.displayName).first ?? declarations.first?.name.spelling
      ?? consumers.first?.name ?? solution
    return "\(name.shortened(to: 60))"
  }
}

extension Incident {
  /// The incident as an entry: its finding, with its origin and its outcome.
  func entry(anchor: String, _ checkout: Checkout? = nil) -> Entry {
    let state = IncidentState(self)
    let before: Side = .revision(moment.parent.map { String($0.prefix(10)) } ?? "nothing")
    let after: Side = .revision(moment.shortCommit)
    let facts =
      finding.change(before, after) + origin + circumstances + outcome(state)
      + (state == .broken
        ? finding.consequences(arrival: checkout?.step(to: openAt.map(\.branch)))
        : [Fact(.impact, "\(finding.prose(finding.consequence))")])
      + [Fact(.id, "\(name: finding.id)")]
    return Entry(
      finding: finding, title: "\(finding.prose(finding.summary))", name: "\(finding.id)",
      // The files are looked at as they are now: the line in the old commit may not exist any more.
      place: openAt.lazy.compactMap(\.remains.place).first ?? finding.place,
      moment: moment, state: state, facts: facts.present, anchor: anchor,
      topics: [finding.rule.rawValue], isOpen: state == .broken && approval == nil)
  }

  private var origin: [Fact] {
    [
      Fact(
        .commit,
        """
        \(commit: moment.commit) by \(moment.author.shortened(to: 40)), \(moment.day): \
        \(moment.summary.shortened(to: 100))
        """),
      Fact(
        .earlier,
        [
          deletedIn.map { "the old one was deleted in \($0.words)" },
          repointedIn.map { "the consumers were moved in \($0.words)" },
        ].compactMap { $0 }),
    ]
  }

  private var circumstances: [Fact] {
    // Those that `earlier` says better.
    let shown = [deletedIn, repointedIn].compactMap { $0?.shortCommit }
    let remarks = finding.remarks.filter { remark in !shown.contains { remark.contains($0) } }
    return [
      finding.evidenceFact, finding.consumers(.moved, .moved),
      finding.consumers(.leftBehind, .leftBehind), finding.consumers(.broken, .broken),
    ] + finding.rowFacts + [
      Fact(.also, remarks.map { "\(finding.prose($0))" }),
      Fact(
        .alsoIn, places.map { Fact.Line(words: "\($0.words)") },
        brief: "\(counted(places.count, "commit")): \(listed(places.map(\.words)))"),
    ]
  }

  private func outcome(_ state: IncidentState) -> [Fact] {
    [
      Fact(.fixed, fixing),
      Fact(.stillBroken, rests),
      Fact(.state, rest(state)),
      Fact(.accepted, approval.map { "\($0.words)" }),
    ]
  }

  /// Branches that have the same left of it are one line: `at main, release: 1 flow: 'Order'`.
  private var rests: [Phrase] {
    var branches: [PrintableText: [String]] = [:]
    for tip in openAt { branches[tip.remains.words, default: []].append(tip.branch) }
    let limit = Fact.limit
    return openAt.map(\.remains.words).compactMap { words in
      guard let names = branches.removeValue(forKey: words) else { return nil }
      let shown = Phrase(
        joining: names.prefix(limit).map { "\(name: $0.shortened(to: 60))" }, separator: ", ")
      let more: Phrase = names.count > limit ? " and \(names.count - limit) more" : ""
      return "at \(shown)\(more): \(words)"
    }
  }

  /// `in abc1234567 by Anna Berg, 1 d 13 h later`; nil where no commit fixed it.
  private var fixing: Phrase? {
    revertedIn.flatMap(settled)
  }

  private func settled(in moment: Moment) -> Phrase? {
    guard let span = brokenFor else { return nil }
    return """
      in \(commit: moment.commit) by \(moment.author.shortened(to: 40)), \(elapsed(span)) later: \
      \(moment.summary.shortened(to: 100))
      """
  }

  /// For an incident that is neither fixed nor broken; nil for any other.
  private func rest(_ state: IncidentState) -> Phrase? {
    switch state {
    case .broken, .fixed: nil
    case .complete:
      completion
    case .superseded: supersession
    case .vanished:
      outcome == .reverted
        ? "no branch that was looked at has it any more: what was lost is declared"
        : "no branch that was looked at has it any more, and no commit fixed it"
    }
  }

  /// The incident that reports the event from then on.
  private var supersession: Phrase? {
    guard let supersededBy, let moment = supersededIn else { return nil }
    return """
      superseded in \(commit: moment.commit) by \(name: supersededBy), which reports the same event \
      with the new name
      """
  }

  /// When nothing of the old name was left in files, and what is left to do in environments.
  private var completion: Phrase {
    let rest: Phrase =
      hasNewName
      ? "\(finding.bindingStep)" : "nothing uses or binds it any more on the branches that have it"
    guard let settled = completedIn.flatMap(settled) else {
      return "completed in the same commit: \(rest)"
    }
    return "completed \(settled); \(rest)"
  }
}

extension Remains {
  /// `2 flows: 'Notify', 'Order'; 1 settings row: config/prod.json:12`.
  var words: PrintableText {
    let names = references.map { PrintableText(escaping: $0.name.spelling.shortened()) }
    let parts = [
      consumers.summary, rows.summary,
      names.isEmpty ? nil : "\(counted(names.count, "reference")): \(listed(names))",
    ].compactMap { $0 }
    return PrintableText(joining: parts, separator: "; ")
  }

  /// The place to fix first.
  fileprivate var place: Place? {
    consumers.first?.place ?? rows.first?.place ?? references.lazy.compactMap(\.place).first
  }
}

extension Lineage {
  /// The display name that it had last.
  var title: String? { identities.last { $0.displayName != nil }?.displayName }
}

extension Lineage.Identity {
  /// `2024-03-01 to 2026-05-20`, `since 2026-05-20`, `until 2024-03-01`.
  var span: PrintableText {
    switch (since?.day, until?.day) {
    case (let since?, let until?): "\(since) to \(until)"
    case (let since?, nil): "since \(since)"
    case (nil, let until?): "until \(until)"
    case (nil, nil): "all the time"
    }
  }
}

/// The data of a history for programs.
package struct HistoryData: ReportData {
  let history: History
  let scope: Scope
  let branches: String
  let problems: [Report.Problem]

  /// A line for programs that read during the scan: a finding in one commit, before its outcome is
  /// known. With a line end.
  package static func found(_ incident: Incident) -> String {
    JSONIncident(incident: incident).foundValue.line
  }

  var members: [JSONValue.Member] {
    [
      ("scope", scope.value(problems)),
      ("branches", .text(branches)),
      ("complete", .boolean(history.isComplete)),
      ("findings", .array(history.incidents.map { JSONIncident(incident: $0).value })),
      ("lineages", .array(history.lineages.map(Self.value))),
      (
        "problems",
        .array(
          problems.map { .object($0.members + [("commit", .text($0.commit))]) })
      ),
    ]
  }

  /// Newest first, with what became of each.
  var lines: [JSONValue]? { history.incidents.map { JSONIncident(incident: $0).value } }

  private static func value(_ lineage: Lineage) -> JSONValue {
    [
      "solution": .text(lineage.solution),
      "connector": .text(lineage.connector?.name),
      "identities": .array(
        lineage.identities.map { identity in
          [
            "logicalName": .text(identity.name.spelling),
            "displayName": .text(identity.displayName),
            "since": .moment(identity.since),
            "until": .moment(identity.until),
          ]
        }),
      "incidents": .array(lineage.incidents.map { .text($0) }),
    ]
  }

  var table: Table? {
    Table(
      titles: [
        "id", "rule", "severity", "confidence", "solution", "date", "commit", "author", "subject",
        "before", "after", "display name", "connector", "moved", "left behind", "stale rows",
        "outcome", "outcome in", "outcome date", "still broken at",
      ], rows: history.incidents.map(Self.row))
  }

  private static func row(_ incident: Incident) -> [PrintableText] {
    let finding = incident.finding
    let declarations = finding.after + finding.before
    let left = finding.consumers.filter { $0.state != .moved }
    return [
      "\(finding.id)",
      "\(finding.rule.rawValue)",
      "\(finding.severity.rawValue)",
      "\(finding.confidence.rawValue)",
      "\(finding.solution)",
      "\(incident.moment.timestamp)",
      "\(incident.moment.commit)",
      "\(incident.moment.author)",
      "\(incident.moment.summary)",
      Table.list(finding.before.map(\.name.spelling)),
      Table.list(finding.after.map(\.name.spelling)),
      "\(declarations.lazy.compactMap(\.displayName).first ?? "")",
      "\(declarations.lazy.compactMap(\.connector).first?.name ?? "")",
      Table.list(finding.consumers.filter { $0.state == .moved }.map(\.name)),
      Table.list(left.map(\.name)),
      Table.list(finding.rows.map(\.placeWords)),
      "\(incident.outcome.rawValue)",
      "\(incident.settledIn?.commit ?? "")",
      "\(incident.settledIn?.timestamp ?? "")",
      Table.list(incident.openAt.map(\.branch)),
    ]
  }
}
