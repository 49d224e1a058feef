import Detection
import Solution
import Testing

/// What is to be said of the approvals themselves.
@Suite struct ApprovalRuleTests {
  private let finding = Finding(
    rule: .nameOffConvention, severity: .warning, confidence: .certain, solution: "Sales",
    summary: "s",
    after: [
      Declaration(name: LogicalName("new_a"))
    ], consequence: "c", fix: [])

  private func reported(
    _ id: String? = nil, rule: RuleID? = .nameOffConvention,
    names: Set<LogicalName>? = [LogicalName("new_a")],
    until: String? = nil, judged: Set<RuleID> = [.nameOffConvention]
  ) -> [String] {
    let approval = Approval(
      id: id ?? finding.id, rule: rule, names: names, reason: "r",
      until: until.flatMap { Day($0) }, place: Place(path: ".connref-accepted.yml", line: 3))
    let use = ApprovalUse(
      approvals: Approvals([approval]), found: [finding], judged: judged,
      today: Day(secondsSince1970: 1_795_000_000))
    return RuleBook.findings(in: use).map { "\($0.rule.rawValue) \($0.place?.line ?? 0)" }
  }

  @Test func `an approval that is needed says nothing`() {
    #expect(reported().isEmpty)
    #expect(reported(until: "2026-11-18").isEmpty)
  }

  @Test func `one whose last day is over is reported, once`() {
    #expect(reported(until: "2026-11-17") == ["approval-expired 3"])
    #expect(reported("ffffffffffff", until: "2026-11-17") == ["approval-expired 3"])
  }

  @Test func `one that lets nothing through is reported, where that is known`() {
    #expect(reported("ffffffffffff") == ["approval-unused 3"])
    #expect(reported("ffffffffffff", judged: []).isEmpty)
    #expect(reported(names: [LogicalName("new_b")]) == ["approval-unused 3"])
  }

  @Test func `one that does not say what it is for is reported`() {
    #expect(reported(rule: nil) == ["approval-broad 3"])
    #expect(reported(names: nil) == ["approval-broad 3"])
  }

  @Test func `each entry has an id of its own`() {
    let entries = ["aaaaaaaaaaaa", "bbbbbbbbbbbb"].map {
      Approval(
        id: $0, rule: nil, names: nil, reason: "r",
        place: Place(path: ".connref-accepted.yml", line: 1))
    }
    let use = ApprovalUse(
      approvals: Approvals(entries), found: [], judged: [], today: Day(secondsSince1970: 0))
    #expect(Set(RuleBook.findings(in: use).map(\.id)).count == 2)
  }

  private func event(
    _ rule: RuleID, _ before: [String], _ after: [String] = [], isReturn: Bool = false
  ) -> Finding {
    func declarations(_ names: [String]) -> [Declaration] {
      names.map {
        Declaration(name: LogicalName($0))
      }
    }
    return Finding(
      rule: rule, severity: .error, confidence: .certain, solution: "Sales", summary: "s",
      before: declarations(before), after: declarations(after),
      evidence: isReturn ? [.sameConnector, .returned] : [.sameConnector], consequence: "c", fix: []
    )
  }

  private func covers(_ approved: Finding, _ found: Finding) -> Bool {
    let approval = Approval(
      id: approved.id, rule: approved.rule,
      names: Set((approved.before + approved.after).map(\.name)),
      removed: approved.replacedNames, reason: "r",
      place: Place(path: ".connref-accepted.yml", line: 1))
    return Approvals([approval]).approval(of: found, on: Day(secondsSince1970: 0)) != nil
  }

  @Test func `an approval stays in force where the same event is reported by another rule`() {
    let recreated = event(.referenceRecreated, ["new_a"], ["new_b"])
    #expect(covers(event(.referenceRemoved, ["new_a"]), recreated))
    #expect(covers(event(.referenceReplaced, ["new_a"], ["new_b"]), recreated))
    #expect(covers(recreated, event(.referenceReplaced, ["new_a"], ["new_b"])))
  }

  @Test func `an approval of the way there does not cover the way back`() throws {
    let there = event(.referenceRecreated, ["new_a"], ["new_b"])
    let back = event(.referenceRecreated, ["new_b"], ["new_a"], isReturn: true)
    #expect(there.id == back.id)
    #expect(covers(there, there) && covers(back, back))
    #expect(!covers(there, back) && !covers(back, there))
    #expect(!covers(there, event(.referenceReplaced, ["new_b"], ["new_a"], isReturn: true)))
    // Both stay in the file beside each other.
    var file = try ApprovalsFile([])
    for finding in [there, back] {
      try file.add([
        Approval(
          id: finding.id, rule: finding.rule,
          names: Set((finding.before + finding.after).map(\.name)),
          removed: finding.replacedNames, reason: "r", place: Place(path: "", line: 1))
      ])
    }
    #expect(
      Set(file.approvals.entries.map(\.removed)) == [
        [LogicalName("new_a")], [LogicalName("new_b")],
      ])
    // An entry without `removed` is for the way there.
    let older = Approvals([
      Approval(
        id: there.id, rule: there.rule, names: [LogicalName("new_a"), LogicalName("new_b")],
        reason: "r", place: Place(path: "", line: 1))
    ])
    let today = Day(secondsSince1970: 0)
    #expect(older.approval(of: there, on: today) != nil)
    #expect(older.approval(of: back, on: today) == nil)
  }

  @Test func `an approval of one event covers no other`() {
    let recreated = event(.referenceRecreated, ["new_a"], ["new_b"])
    #expect(!covers(event(.referenceRemoved, ["new_b"]), recreated))
    #expect(!covers(event(.referenceReplaced, ["new_a"], ["new_c"]), recreated))
    #expect(!covers(recreated, event(.referenceRemoved, ["new_b"])))
    #expect(!covers(event(.linkLost, ["new_a"]), recreated))
  }
}
