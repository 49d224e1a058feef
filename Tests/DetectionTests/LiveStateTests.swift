import Detection
import Platform
import Solution
import Testing

/// What is said of an environment beside a revision.
@Suite struct LiveStateTests {
  private let git: [ExamplePart] = [
    .reference("sales_Orders_SharePoint", "Orders", "shared_sharepointonline"),
    .flow("Archive", ["sales_Orders_SharePoint"]),
  ]
  private let there: [LivePart] = [
    .reference("sales_Orders_SharePoint"), .flow("Archive", ["sales_Orders_SharePoint"]),
  ]

  private func reported(
    _ git: [ExamplePart], _ live: [LivePart], conventions: Conventions = .standard,
    extents: [EnvironmentTable: EnvironmentTable.Extent]? = nil
  ) -> [String] {
    let example = RuleExample("", state: git, conventions: conventions, live: live, reports: [])
    let whole = example.liveState.environment
    let environment = LiveEnvironment(
      host: whole.host, references: whole.references, flows: whole.flows,
      users: Array(whole.users.values), extents: extents ?? whole.extents)
    return RuleBook.findings(in: LiveState(environment, beside: example.state)).map {
      "\($0.severity) \($0.rule.rawValue): \($0.summary)"
    }
  }

  @Test func `an environment that is as git says is silent`() {
    #expect(reported(git, there) == [])
  }

  @Test func `what was not saved whole says nothing of what is not there`() {
    let less: [LivePart] = [.flow("Archive", ["sales_Orders_SharePoint"])]
    #expect(reported(git, less).count == 1)
    #expect(reported(git, less, extents: [.references: .part, .flows: .all]) == [])
    #expect(reported(git, [], extents: [:]) == [])
  }

  @Test func `a solution of which nothing is there is one note`() {
    let more: [ExamplePart] = [
      .reference("hr_Leave_SharePoint", "Leave", "shared_sharepointonline", solution: "Leave"),
      .flow("Approve leave", ["hr_Leave_SharePoint"], solution: "Leave"),
    ]
    #expect(
      reported(git + more, there) == [
        "note environment-drift: nothing of solution 'Leave' is in contoso.crm.dynamics.com"
      ])
  }

  @Test func `what other teams have is no more than a note`() {
    let others: [LivePart] = [
      .reference("msdyn_x", connection: nil), .flow("Theirs", ["msdyn_x"], isOn: false),
      .reference("msdyn_y", owner: "ben@contoso.com"), .person("ben@contoso.com"),
    ]
    #expect(reported(git, there + others).allSatisfy { $0.hasPrefix("note ") })
    #expect(reported(git, there + others).count == 2)
  }

  @Test func `without a solution to compare with, all of it counts`() {
    #expect(
      reported([], [.reference("hr_x", connection: nil), .flow("Theirs", ["hr_x"])]) == [
        "warning environment-unbound: 'hr_x' has no connection in contoso.crm.dynamics.com: 'Theirs' uses it"
      ])
  }

  @Test func `a reference of the platform is unbound by design`() {
    #expect(
      reported([], [.reference("msdyn_Dataverse", connection: nil)]) == [
        "note environment-unbound: 'msdyn_Dataverse' has no connection in contoso.crm.dynamics.com"
      ])
  }

  @Test func `an owner that is neither a user nor a team is said once both are known`() {
    let live: [LivePart] = [
      .reference("sales_Orders_SharePoint", owner: "gone"),
      .flow("Archive", ["sales_Orders_SharePoint"]), .application("deployer"),
    ]
    #expect(
      reported(git, live) == [
        "warning environment-owner-disabled: 1 reference in contoso.crm.dynamics.com belongs to gone, which is not a user or a team there"
      ])
    let less: [EnvironmentTable: EnvironmentTable.Extent] = [
      .references: .all, .flows: .all, .users: .all,
    ]
    #expect(reported(git, live, extents: less) == [])
  }

  @Test func `one person is one finding, with all that is theirs`() {
    let anna = "anna.berg@contoso.com"
    let owned: [LivePart] = [
      .reference("sales_Orders_SharePoint", owner: anna),
      .flow("Archive", ["sales_Orders_SharePoint"], owner: anna), .person(anna),
    ]
    #expect(
      reported(git, owned) == [
        "warning environment-owner-personal: \(anna), a person, owns 1 reference and 1 flow in contoso.crm.dynamics.com"
      ])
    let known = Conventions(owners: Owners(servicePrincipals: [WildcardText("anna.*")]))
    #expect(reported(git, owned, conventions: known) == [])
  }

  @Test func `the platform's own users do not count`() {
    #expect(
      reported(
        git,
        [
          .reference("sales_Orders_SharePoint", owner: "SYSTEM"),
          .flow("Archive", ["sales_Orders_SharePoint"], owner: "SYSTEM"), .person("SYSTEM"),
        ]) == [])
  }

  @Test func `one that looks like what is missing was re-created`() {
    let live: [LivePart] = [
      .reference("sales_Orders2_SharePoint", displayName: "orders "),
      .flow("Archive", []),
    ]
    #expect(
      reported(git, live) == [
        "warning environment-recreated: 'sales_Orders_SharePoint' was re-created in contoso.crm.dynamics.com as sales_Orders2_SharePoint"
      ])
  }
}
