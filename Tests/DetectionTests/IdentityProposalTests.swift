import Detection
import Solution
import Testing

/// What an audit says of sharing before a team has groups.
struct IdentityProposalTests {
  private static let name = "sales_Orders_Dataverse"

  private func flow(_ name: String, _ operations: String...) -> ExamplePart {
    .flow(name, [Self.name], operations: operations)
  }

  private var parts: [ExamplePart] {
    [
      .reference(Self.name, "Orders", "shared_commondataserviceforapps"),
      flow("Report week", "ListRecords"), flow("Report month", "Get-Items", "HtmlToText"),
      flow("Sync: \"a\" # b", "ListRecords", "UpdateRecord"), flow("Bill*", "PostItem"),
      flow("Tell customer", "SendEmailV2", "ListRecords"),
      flow("Clean up", "Get-AdminApps", "Remove-AdminApp"), flow("Nothing", "SubscribeTrigger"),
      flow("Unknown"),
    ]
  }

  private func note(
    _ parts: [ExamplePart], _ conventions: Conventions = .standard
  ) -> Finding? {
    RuleBook.findings(in: State(RuleExample.snapshot(of: parts), conventions: conventions))
      .first { $0.rule == .referenceOvershared }
  }

  private func groups(_ note: Finding?) throws -> [IdentityGroup] {
    guard case .command(let line, _)? = note?.fix.first else { return [] }
    return try Configuration(file: Array(line.utf8)).conventions.groups
  }

  @Test func `an audit notes which flows share a reference for different work`() {
    let note = note(parts)
    #expect(note?.severity == .note)
    #expect(note?.summary == "'\(Self.name)' is shared by flows that do different work")
    #expect(
      note?.remarks == [
        "\(Self.name): 2 reporting, 2 service, 1 customer-facing, 1 bulk flows"
      ])
  }

  @Test func `the groups that it proposes can be pasted and hold each flow once`() throws {
    let groups = try groups(note(parts))
    #expect(groups.map(\.name) == ["reporting", "service", "customer-facing", "bulk"])
    #expect(groups.map { $0.flows.map(\.text) }[0] == ["Report *"])
    for instance in RuleExample.snapshot(of: parts).instances {
      for flow in instance.consumers {
        let number = groups.count { $0.holds(flow, of: instance) }
        #expect(number == (["Nothing", "Unknown"].contains(flow.name) ? 0 : 1), "\(flow.name)")
      }
    }
  }

  @Test func `a draft of a configuration has the same groups as a comment`() throws {
    let draft = ConfigurationDraft(RuleExample.snapshot(of: parts), mainBranch: nil).text
    #expect(try Configuration(file: Array(draft.utf8)).conventions.groups.isEmpty)
    let lines = draft.split(separator: "\n", omittingEmptySubsequences: false).drop {
      $0 != "# identities:"
    }
    .prefix { $0.hasPrefix("# ") }.map { $0.dropFirst(2) }
    let configuration = try Configuration(file: Array(lines.joined(separator: "\n").utf8))
    #expect(configuration.conventions.groups == (try groups(note(parts))))
  }

  @Test func `many flows are proposed in a file of their own`() throws {
    let many = (0..<90).map { flow("Flow\($0)", "ListRecords") }
    guard case .command(let line, _)? = note(parts + many)?.fix.first else {
      Issue.record("no fix")
      return
    }
    #expect(line == "connref config --init --output /dev/stdout")
  }

  @Test func `few flows, flows of one kind and a team's own agreement are not noted`() {
    #expect(note(Array(parts.prefix(3) + parts[4...4])) == nil)
    #expect(note([parts[0]] + (0..<9).map { flow("Report \($0)", "ListRecords") }) == nil)
    #expect(note(parts, Conventions(sharing: Sharing(mostFlows: 20))) == nil)
    let all = IdentityGroup(name: "all", solutions: [WildcardText("*")])
    #expect(note(parts, Conventions(groups: [all])) == nil)
    #expect(note(parts, Conventions(sharing: Sharing(allowed: [WildcardText("*")]))) == nil)
  }

  @Test func `a check says nothing of it`() {
    let comparison = Comparison(before: .empty, after: RuleExample.snapshot(of: parts))
    let states = comparison.states(knowsEveryConsumer: true)
    let found = RuleBook.findings(
      introducedBetween: states.before, and: states.after, excluding: [])
    #expect(!found.contains { $0.rule == .referenceOvershared })
  }
}
