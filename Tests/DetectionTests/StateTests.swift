import Detection
import Solution
import Testing

private let sharePoint = "shared_sharepointonline"
private let outlook = "shared_office365"

/// What state rules say of a change, and of a revision by itself.
@Suite struct StateTests {
  private func brought(
    _ before: [ExamplePart], _ after: [ExamplePart], past: Past = .unknown,
    conventions: Conventions = .standard
  ) -> [String] {
    let comparison = Comparison(
      from: before, to: after, past: past,
      conventions: conventions)
    let reported = RuleBook.findings(in: comparison)
    let states = comparison.states(knowsEveryConsumer: true)
    return lines(
      RuleBook.findings(introducedBetween: states.before, and: states.after, excluding: reported))
  }

  private func audited(
    _ parts: [ExamplePart], conventions: Conventions = .standard
  ) -> [String] {
    let state = State(RuleExample.snapshot(of: parts), conventions: conventions)
    return lines(RuleBook.findings(in: state))
  }

  private func lines(_ findings: [Finding]) -> [String] {
    findings.map { "\($0.severity) \($0.rule.rawValue): \($0.summary)" }
  }

  private let base: [ExamplePart] = [
    .reference("sales_Orders_SharePoint", "Orders", sharePoint),
    .flow("Archive", ["sales_Orders_SharePoint"]),
  ]

  @Test func `what was so before is not reported again`() {
    let draft = ExamplePart.flow("Draft", [nil])
    #expect(brought(base + [draft], base + [draft, .flow("Other", [])]) == [])
    #expect(
      brought(base, base + [draft]) == [
        "warning flow-unbound: 'Draft' uses no reference for 'shared_x_0', which its actions use"
      ])
  }

  @Test func `a solution that is renamed brings nothing`() {
    let before: [ExamplePart] = [
      .reference("sales_x_a1b2c", "Orders", sharePoint), .flow("Archive", ["sales_x_a1b2c"]),
      .flow("Draft", [nil]), .flow("Lost", ["sales_Gone"]),
    ]
    let after: [ExamplePart] = [
      .reference("sales_x_a1b2c", "Orders", sharePoint, solution: "SalesTwo"),
      .flow("Archive", ["sales_x_a1b2c"], solution: "SalesTwo"),
      .flow("Draft", [nil], solution: "SalesTwo"),
      .flow("Lost", ["sales_Gone"], solution: "SalesTwo"),
    ]
    #expect(brought(before, after) == [])
  }

  @Test func `a name off the pattern is a note until a team configures naming`() throws {
    let name = "sales_sharedsharepointonline_a1b2c"
    let new: [ExamplePart] = [
      .reference(name, "Orders again", sharePoint), .flow("Remind", [name]),
    ]
    let words =
      "name-off-convention: '\(name)' does not follow {publisher}_{purpose}_{connector}: "
      + "the connector 'SharePoint' is missing at the end"
    #expect(brought(base, base + new) == ["note " + words])
    let naming = try #require(NamingConvention(pattern: NamingConvention.standardPattern))
    let configured = Conventions(naming: naming)
    #expect(brought(base, base + new, conventions: configured) == ["warning " + words])
    #expect(brought([], base + new, conventions: configured) == ["note " + words])
    #expect(brought([], base + new) == ["note " + words])
    #expect(audited(base + new) == ["note " + words])
  }

  @Test(arguments: [
    (
      ["Approve order", "Send the order"], "x", "sales_Order_SharePoint, if that is what it is for"
    ),
    (["Approve order"], "", "logical name sales_<purpose>_SharePoint"),
    (["Create order", "Create invoice"], "", "logical name sales_<purpose>_SharePoint"),
    (["CreateCreateOrder"], "", "logical name sales_<purpose>_SharePoint"),
    ([], "SharePoint Invoices", "sales_Invoices_SharePoint, if"),
    ([], "SharePoint Invoices-a1b2c", "sales_Invoices_SharePoint, if"),
    ([], "Microsoft SharePoint Base-2024", "sales_Base_SharePoint, if"),
    (["A", "B"], "", "logical name sales_<purpose>_SharePoint"),
  ])
  func `a name is proposed from what uses the reference, else from its display name`(
    flows: [String], title: String, proposal: String
  ) {
    let name = "sales_sharedsharepointonline_a1b2c"
    let parts = [ExamplePart.reference(name, title, sharePoint)] + flows.map { .flow($0, [name]) }
    let findings = RuleBook.findings(
      in: State(RuleExample.snapshot(of: parts), conventions: .standard))
    let fix = findings.first { $0.rule == .nameOffConvention }?.fix.map(\.line)
    #expect(fix?.joined(separator: "; ").contains(proposal) == true, "\(fix ?? [])")
  }

  @Test func `a name that was there before is never judged`() {
    let name = "sales_sharedsharepointonline_a1b2c"
    let here = ExamplePart.reference(name, "Reminders", sharePoint)
    let there = ExamplePart.reference(name, "Reminders", sharePoint, solution: "Base")
    let flow = ExamplePart.flow("Remind", [name])
    #expect(brought(base + [there, flow], base + [here, flow]) == [], "it moved")
    #expect(brought(base + [there], base + [there, .stub(name), flow]) == [], "a stub of it came")
    var past = Past()
    past.introductions[LogicalName(name)] = Past.Introduction(commit: "4f2c9e1", age: 7)
    #expect(brought(base, base + [here, flow], past: past) == [], "it came back")
  }

  @Test func `a default prefix is one warning, and none where it is the publisher's own`() {
    let name = "new_sharedsharepointonline_a1b2c"
    let after = base + [.reference(name, "Orders again", sharePoint), .flow("Remind", [name])]
    #expect(
      brought(base, after) == [
        "warning publisher-default: '\(name)' has a default publisher's prefix; the solution's is sales"
      ])
  }

  @Test(arguments: [
    ("cr1a2_Orders_SharePoint", true), ("crf4e_Orders_SharePoint", true),
    ("cruet_Orders_SharePoint", false), ("crm_Orders_SharePoint", false),
    ("newer_Orders_SharePoint", false), ("Sales.shared_sql.1a2b3", false),
  ])
  func `a default prefix differs from one that a team chose`(name: String, isDefault: Bool) {
    let reported = audited(base + [.reference(name, "Mail", sharePoint), .flow("F", [name])])
    #expect(reported.contains { $0.contains("publisher-default") } == isDefault)
  }

  @Test func `a copy of a solution brings nothing that was so before`() {
    let parts: [ExamplePart] = [
      .reference("sales_Orders_SharePoint", "Orders", sharePoint),
      .reference("sales_Spare_SharePoint", "orders", sharePoint),
      .flow("Archive", ["sales_Orders_SharePoint", "sales_Gone"]), .flow("Draft", [nil]),
    ]
    let one = RuleExample.snapshot(of: parts)
    let copies = one.instances.map { instance in
      Instance(
        folder: "backup/Sales", uniqueName: instance.uniqueName, form: .plain,
        publisherPrefix: instance.publisherPrefix, declarations: .read,
        references: instance.references, externals: [], consumers: instance.consumers,
        source: instance.source)
    }
    let comparison = Comparison(
      before: one, after: Snapshot(instances: copies + one.instances))
    let states = comparison.states(knowsEveryConsumer: true)
    #expect(
      lines(RuleBook.findings(introducedBetween: states.before, and: states.after, excluding: []))
        == [])
    #expect(audited(parts).count == 4)
  }

  @Test func `an alias is the same in any letter case`() {
    #expect(
      audited([
        .reference("sales_Orders_SharePoint", "Orders", sharePoint),
        .flow("Archive", ["sales_Orders_SharePoint"], unlisted: ["Shared_X_0"]),
      ]) == [])
  }

  @Test func `twenty flows that name what is not there are one finding`() {
    let flows = (1...20).map { ExamplePart.flow("Flow \($0)", ["sales_Gone"]) }
    #expect(
      audited(base + flows) == [
        "warning link-unresolved: 20 flows use sales_Gone, which nothing declares"
      ])
  }
}

/// What is said of sharing, and of use.
extension StateTests {
  private static let shared: [ExamplePart] = [
    .reference("sales_Orders_SharePoint", "Orders", sharePoint),
    .flow("Bill customer", ["sales_Orders_SharePoint"]),
    .flow("Report week", ["sales_Orders_SharePoint"]),
  ]
  private static let groups = [
    IdentityGroup(name: "billing", flows: [WildcardText("Bill*")]),
    IdentityGroup(name: "reporting", flows: [WildcardText("Report*")]),
  ]

  @Test func `flows of two groups do not share a reference unless one group holds them all`() {
    #expect(
      audited(Self.shared, conventions: Conventions(groups: Self.groups)) == [
        "warning reference-overshared: 'sales_Orders_SharePoint' is shared by flows of several groups: billing, reporting"
      ])
    let all = IdentityGroup(name: "finance", solutions: [WildcardText("Sales")])
    #expect(audited(Self.shared, conventions: Conventions(groups: Self.groups + [all])) == [])
    #expect(
      audited(
        Self.shared,
        conventions: Conventions(
          groups: Self.groups, sharing: Sharing(allowed: [WildcardText("SALES_*")]))) == [])
  }

  @Test func `a number of flows may be set`() {
    func reported(most: Int) -> [String] {
      audited(Self.shared, conventions: Conventions(sharing: Sharing(mostFlows: most)))
    }
    #expect(reported(most: 2) == [])
    #expect(reported(most: 1).count == 1)
  }

  @Test func `with consumers unread it is unknown what is unused`() {
    let parts = Self.shared + [.reference("sales_Spare_SharePoint", "Spare", sharePoint)]
    let state = State(RuleExample.snapshot(of: parts), knowsEveryConsumer: false)
    #expect(lines(RuleBook.findings(in: state)) == [])
    #expect(audited(parts).count == 1)
  }
}
