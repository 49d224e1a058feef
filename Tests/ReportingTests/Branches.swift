import Detection
import Reporting

/// Branches for the tests of what is written about them.
enum Branches {
  static let hostile = report(Samples.hostile)

  static let hostileEntries = verdicts(Samples.hostile).map {
    WatchEntry(
      repository: Samples.hostile, change: "moved", verdict: $0, before: "1", time: 1_700_000_000)
  }

  static func section(_ text: String, trouble: String? = nil) -> RepositoriesPage.Section {
    var section = RepositoriesPage.Section(title: text)
    section.report = report(text)
    section.trouble = trouble
    return section
  }

  /// One of each state; every string from a repository is `text`.
  static func report(_ text: String) -> Report {
    Report(branches: verdicts(text), main: text)
  }

  private static func verdicts(_ text: String) -> [BranchVerdict] {
    let moment = Moment(
      commit: String(repeating: "1", count: 40), parent: nil, author: text, date: 1_700_000_000,
      offset: 60, summary: text)
    let states: [BranchVerdict.State] = [.main, .clean, .warned, .flagged, .unknown(text)]
    return states.map { state in
      let isBroken = state == .warned || state == .flagged
      return BranchVerdict(
        name: "refs/heads/\(text)", shortName: text, tip: String(repeating: "2", count: 40),
        state: state, mergeBase: state == .main ? nil : moment,
        findings: isBroken
          ? [
            BranchVerdict.DatedFinding(finding: HostileNamesTests.finding(of: text), since: moment),
            BranchVerdict.DatedFinding(finding: Samples.recreated, since: nil),
          ] : [])
    }
  }
}
