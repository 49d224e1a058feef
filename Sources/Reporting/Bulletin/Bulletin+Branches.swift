import Detection

extension Bulletin {
  /// What stands on any branch but the main one, once for all the branches that have it.
  package init(_ report: BranchesReport) {
    command = "branches"
    let others = report.branches.filter { $0.state != .main }
    subject = report.main.map { "branches against \($0.shortened(to: 60))" } ?? "branches"
    scopeLine = report.scopeLine
    rules = RuleBook.askedByCheck
    topics = others.map(\.shortName)
    items = Self.items(of: others, main: report.main ?? "the main branch").inOrder
    accepted = []
    troubles = others.compactMap { branch in
      branch.reason.map { reason in
        Trouble(
          topic: branch.shortName,
          sentence: """
            could not tell about '\(branch.shortName.shortened(to: 60))': \
            \(reason.shortened(to: 400))
            """,
          matters: true)
      }
    }
    failOn = .error
  }

  private static func items(of branches: [BranchVerdict], main: String) -> [Item] {
    var ids: [String] = []
    var standings: [String: [(branch: BranchVerdict, standing: BranchVerdict.Standing)]] = [:]
    for branch in branches {
      for standing in branch.standing {
        let id = standing.finding.id
        if standings[id] == nil { ids.append(id) }
        standings[id, default: []].append((branch, standing))
      }
    }
    return ids.compactMap { id in
      // The same event may weigh more on one branch than on another: the gravest is told.
      guard let all = standings[id],
        let gravest = all.max(by: { $0.standing.finding.severity < $1.standing.finding.severity })
      else { return nil }
      return Item(
        finding: gravest.standing.finding, topics: all.map(\.branch.shortName),
        place: gravest.standing.finding.place, before: .revision(main),
        after: .revision(gravest.branch.shortName),
        origin: [Fact("on", all.map { line($0.branch, $0.standing) })], fingerprint: id)
    }
  }

  private static func line(
    _ branch: BranchVerdict, _ standing: BranchVerdict.Standing
  ) -> Phrase {
    let name = branch.shortName.shortened(to: 60)
    guard let since = standing.since else { return "\(name: name)" }
    return "\(name: name), since \(since.words): \(since.summary.shortened(to: 100))"
  }
}
