import Detection
import Testing

/// Every rule's examples are its documentation and its tests, and every rule reads every example.
@Suite struct `Rule examples` {
  static let examples = RuleBook.rules.flatMap { rule in
    rule.documentation.examples.map { (rule.id, $0) }
  }

  @Test(arguments: examples.indices)
  func `exactly the rules that an example names report it`(position: Int) {
    let (_, example) = Self.examples[position]
    let findings =
      if !example.live.isEmpty {
        RuleBook.findings(in: example.liveState)
      } else if example.isState {
        RuleBook.findings(in: example.state)
      } else {
        RuleBook.findings(in: example.comparison)
      }
    let rules = findings.map(\.rule)
    #expect(Set(rules) == Set(example.reports), "\(example.title): \(rules)")
  }

  @Test(arguments: examples.indices)
  func `a snapshot compared with itself is silent`(position: Int) {
    let (_, example) = Self.examples[position]
    for parts in [example.before, example.after] {
      let same = RuleExample("itself", before: parts, after: parts, reports: [])
      #expect(RuleBook.findings(in: same.comparison).isEmpty, "\(example.title)")
      let states = same.comparison.states(knowsEveryConsumer: true)
      #expect(
        RuleBook.findings(introducedBetween: states.before, and: states.after, excluding: [])
          .isEmpty,
        "\(example.title)")
    }
  }

  @Test(
    arguments: examples.indices.filter { examples[$0].1.isState && examples[$0].1.live.isEmpty })
  func `what an example of a state says is brought by the change that brings it`(position: Int) {
    let (_, example) = Self.examples[position]
    let comparison = example.addition
    let reported = RuleBook.findings(in: comparison)
    let states = comparison.states(knowsEveryConsumer: true)
    let brought = RuleBook.findings(
      introducedBetween: states.before, and: states.after, excluding: reported)
    let rules = Set((reported + brought).map(\.rule))
    for id in example.reports {
      let reporters = (RuleBook.rule(id) as? any StateRule.Type)?.reportedBy ?? []
      #expect(rules.contains(id) || !rules.isDisjoint(with: reporters), "\(example.title)")
    }
    #expect(example.reports.isEmpty == rules.isEmpty, "\(example.title): \(rules)")
  }

  /// Those of approvals judge a list that no example has: see `ApprovalRuleTests`.
  @Test(arguments: RuleBook.rules.filter { !($0 is any ApprovalRule.Type) }.map { $0.id })
  func `a rule has an example that it reports`(id: RuleID) throws {
    let rule = try #require(RuleBook.rule(id))
    #expect(rule.documentation.examples.contains { $0.reports.contains(id) })
  }

  @Test func `every rule id has a rule, in the same order`() {
    #expect(RuleBook.rules.map { $0.id } == RuleID.allCases)
  }
}
