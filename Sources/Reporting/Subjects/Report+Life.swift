package import Detection
import Solution

extension Report {
  /// The life of one reference: what each commit did to it, the oldest first.
  ///
  /// - Parameters:
  ///   - reference: As the user wrote it.
  ///   - branches: What was looked at: `all branches`.
  package init(
    reference: String, events: [LifeEvent], problems: [Problem] = [],
    branches: String = "all branches"
  ) {
    let events = events.enumerated()
      .sorted { ($0.element.moment.date, $0.offset) < ($1.element.moment.date, $1.offset) }
      .map(\.element)
    self.init(
      command: "history", title: "Life of a connection reference",
      subject: "'\(reference.shortened())' in \(branches.shortened(to: 200))",
      extent: "'\(reference.shortened())' in \(branches.shortened(to: 200))",
      tallies: [Tally(events.count, noun: "event")],
      sections: Self.sections(events),
      data: LifeData(reference: reference, events: events, branches: branches))
    self.problems = problems
    clean = nil
    if events.isEmpty {
      emptySentence =
        "no commit of \(branches) declares or uses '\(reference.shortened())'"
    }
  }

  /// A section for each name, as long as events are of that name; an entry for each commit.
  private static func sections(_ events: [LifeEvent]) -> [Section] {
    var sections: [(name: LogicalName, commits: [[LifeEvent]])] = []
    for event in events {
      if sections.last?.name != event.reference { sections.append((event.reference, [])) }
      let last = sections.count - 1
      let commits = sections[last].commits
      if commits.last?.last?.moment.commit == event.moment.commit {
        sections[last].commits[commits.count - 1].append(event)
      } else {
        sections[last].commits.append([event])
      }
    }
    var number = 0
    return sections.map { section in
      Section(
        section.commits.compactMap { events in
          number += 1
          return events.first.map { entry($0.moment, events, number) }
        }, title: "\(name: section.name.spelling)")
    }
  }

  private static func entry(_ moment: Moment, _ events: [LifeEvent], _ number: Int) -> Entry {
    Entry(
      finding: nil,
      title: """
        \(moment.day) \(commit: moment.commit) by \(moment.author.shortened(to: 40)): \
        \(moment.summary.shortened(to: 100))
        """, name: "\(moment.shortCommit)",
      facts: events.map { event in
        Fact(event.kind.label, [Fact.Line(words: "\(event.detail.shortened())")])
      }, anchor: "event-\(number)")
  }
}

extension LifeEvent.Kind {
  fileprivate var label: Label {
    switch self {
    case .declared: .declared
    case .renamed: .renamed
    case .connectorChanged: .connectorChanged
    case .consumerGained: .gained
    case .consumerLost: .lost
    case .recreated: .recreated
    case .moved: .moved
    case .returned: .returned
    case .removed: .removed
    }
  }
}

/// The data of the life of a reference for programs.
struct LifeData: ReportData {
  let reference: String
  let events: [LifeEvent]
  let branches: String

  var members: [JSONValue.Member] {
    [
      ("reference", .text(reference)),
      ("branches", .text(branches)),
      (
        "events",
        .array(
          events.map { event in
            [
              "logicalName": .text(event.reference.spelling),
              "kind": .text(event.kind.rawValue),
              "detail": .text(event.detail),
              "moment": .moment(event.moment),
            ]
          })
      ),
    ]
  }
}
