import Detection
import Reporting
import Solution

/// Histories to write down.
enum Histories {
  /// 2026-05-20, 16:12:03 in Berlin.
  static let day: Int64 = 1_779_286_323

  static func moment(
    _ digit: Character = "4", author: String = "Anna Berg", date: Int64 = day, offset: Int = 120,
    summary: String = "Fix the SharePoint connection"
  ) -> Moment {
    Moment(
      commit: String(repeating: digit, count: 40), parent: String(repeating: "0", count: 40),
      author: author, date: date, offset: offset, summary: summary)
  }

  static func incident(
    _ finding: Finding = Samples.recreated, moment: Moment = moment(), places: [Moment] = [],
    deletedIn: Moment? = nil, repointedIn: Moment? = nil, fixedIn: Moment? = nil,
    openAt: [Incident.OpenBranch] = [], wasCompleteAtOnce: Bool = false
  ) -> Incident {
    Incident(
      finding: finding, moment: moment, places: places, deletedIn: deletedIn,
      repointedIn: repointedIn, settledIn: fixedIn, openAt: openAt,
      wasCompleteAtOnce: wasCompleteAtOnce)
  }

  static func open(_ branch: String, remains: Remains = remains) -> Incident.OpenBranch {
    .init(branch: branch, remains: remains)
  }

  static let remains = Remains(
    consumers: [Samples.consumer("Order", names: "new_a", .leftBehind)],
    rows: [
      AffectedRow(
        place: Place(path: "config/prod.json", line: 12), reference: LogicalName("new_a"),
        state: .stale)
    ])

  static func report(
    _ incidents: [Incident], lineages: [Lineage] = [], problems: [Report.Problem] = [],
    isComplete: Bool = true, branches: String = "all branches"
  ) -> Report {
    Report(
      History(
        incidents: incidents, lineages: lineages, commits: 1058, solutions: 20, references: 45,
        consumers: 210, isComplete: isComplete),
      problems: problems, branches: branches)
  }

  static let fixed = incident(
    fixedIn: moment("5", author: "Ben Ode", date: day + 37 * 3600, summary: "Restore the name"))

  static let broken = incident(openAt: [open("main"), open("origin/release")])

  static let lineage = Lineage(
    solution: "Sales", connector: Connector(path: "shared_sharepointonline"),
    identities: [
      .init(
        name: LogicalName("new_sharedsharepointonline_a1b2c"), displayName: "SharePoint Sales",
        since: nil, until: moment()),
      .init(
        name: LogicalName("new_sharedsharepointonline_9d8e7"), displayName: "SharePoint Sales",
        since: moment(), until: nil),
    ], incidents: [Samples.recreated.id])

  /// One of each kind, in several solutions.
  static let mixed: Report = {
    let removed = Finding(
      rule: .referenceRemoved, severity: .warning, confidence: .strong, solution: "Service",
      summary: "'Mail' is gone", before: [Samples.declaration("new_mail", displayName: "Mail")],
      consequence: "flows stay off", fix: ["restore it"])
    return report(
      [
        broken, fixed,
        incident(removed, moment: moment("7", author: "Cleo"), wasCompleteAtOnce: true),
        incident(removed, moment: moment("8", author: "Cleo", date: day - 90 * 86_400)),
        incident(
          moment: moment("9", date: day - 400 * 86_400), places: [moment("a"), moment("b")],
          deletedIn: moment("c"), repointedIn: moment("d"), fixedIn: moment("e")),
      ], lineages: [lineage],
      problems: [
        .init(
          Problem(path: "a.xml", message: "cut short"), matters: true,
          commit: String(repeating: "f", count: 40))
      ])
  }()

  /// Every string from a repository is this.
  static func hostile(_ text: String) -> Report {
    let finding = HostileNamesTests.finding(of: text)
    let moment = moment(author: text, summary: text)
    let remains = Remains(
      consumers: finding.consumers, rows: finding.rows, references: finding.before)
    let identity = Lineage.Identity(
      name: LogicalName(text), displayName: text, since: moment, until: nil)
    return report(
      [
        incident(
          finding, moment: moment, places: [moment], deletedIn: moment, repointedIn: moment,
          fixedIn: moment, openAt: [open(text, remains: remains)])
      ],
      lineages: [
        Lineage(
          solution: text, connector: Connector(path: text), identities: [identity, identity],
          incidents: [finding.id])
      ], problems: [.init(Problem(path: text, message: text), matters: true, commit: text)],
      branches: text)
  }

  static func life(_ text: String) -> Report {
    Report(
      reference: text,
      events: LifeEvent.Kind.allCases.map {
        LifeEvent(
          moment: moment(author: text, summary: text), reference: LogicalName(text), kind: $0,
          detail: text)
      }, branches: text)
  }
}
