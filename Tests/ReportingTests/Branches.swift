import Detection
import Reporting

/// Branches for the tests of what is written about them.
enum Branches {
  static let hostile = report(Samples.hostile)

  static let hostileEntries = hostile.branches.map {
    WatchEntry(
      repository: Samples.hostile, change: "moved", verdict: $0, before: "1", time: 1_700_000_000)
  }

  /// One of each state; every string that comes out of a repository is `text`.
  static func report(_ text: String) -> BranchesReport {
    let moment = Moment(
      commit: String(repeating: "1", count: 40), parent: nil, author: text, date: 1_700_000_000,
      offset: 60, summary: text)
    let states: [BranchVerdict.State] = [.main, .clean, .warned, .flagged, .unknown(text)]
    let branches = states.map { state in
      let isBroken = state == .warned || state == .flagged
      return BranchVerdict(
        name: "refs/heads/\(text)", shortName: text, tip: String(repeating: "2", count: 40),
        state: state, mergeBase: state == .main ? nil : moment,
        standing: isBroken
          ? [
            BranchVerdict.Standing(finding: HostileNamesTests.finding(of: text), since: moment),
            BranchVerdict.Standing(finding: Samples.recreated, since: nil),
          ] : [])
    }
    return BranchesReport(branches, main: text)
  }
}
