import Reporting
import Solution
import Testing

struct ListReportTests {
  @Test func `each reference is shown with who uses it and what binds it`() {
    let snapshot = Listings.snapshot(
      references: [
        Listings.reference("new_sharedsharepointonline_a1b2c"),
        Listings.reference(
          "new_shared_approvals_14f40", displayName: nil, connector: nil, isStub: true),
      ],
      externals: [
        ExternalReference(
          name: LogicalName("base_shared_teams"), origin: .solution("Base (1.2.0.0)"),
          place: Place(path: "solutions/Sales/Other/Solution.xml", line: 8))
      ],
      consumers: [
        Listings.flow("Notify", names: ["new_sharedsharepointonline_a1b2c"]),
        Listings.flow(
          "Order", names: ["NEW_sharedsharepointonline_A1B2C", "base_shared_teams"]),
      ],
      settings: [
        Listings.settings("config/prod.json", [("new_sharedsharepointonline_a1b2c", "abc")]),
        Listings.settings("config/test.json", [("new_sharedsharepointonline_a1b2c", "")]),
      ])
    #expect(
      Report(Listing(snapshot)).text == """
        Sales in solutions/Sales, unpacked, prefix new
          new_sharedsharepointonline_a1b2c 'SharePoint Sales'
            connector  shared_sharepointonline
            used by    2 flows: 'Notify', 'Order'
            bound in   config/prod.json
            no id in   config/test.json
          new_shared_approvals_14f40
            connector  stub: defined by another solution
            used by    nothing
            bound in   no settings file
          base_shared_teams
            declared   in Base (1.2.0.0); solution.xml lists it as a missing dependency
            used by    1 flow: 'Order'
            bound in   no settings file

        """)
  }

  @Test func `the apps that call a flow are counted where its reference is`() {
    let snapshot = Listings.snapshot(
      references: [Listings.reference("new_a"), Listings.reference("new_b")],
      consumers: [
        Listings.flow("Notify", names: ["new_a"]), Listings.flow("Order", names: ["new_a"]),
        Listings.app("Order desk", id: "new_desk_1a2b3", calls: ["notify", "order"]),
        Listings.app("Stock", id: "new_stock_4d5e6", calls: ["order", "elsewhere"]),
      ])
    #expect(
      Report(Listing(snapshot)).text == """
        Sales in solutions/Sales, unpacked, prefix new
          new_a 'SharePoint Sales'
            connector  shared_sharepointonline
            used by    2 flows: 'Notify', 'Order'
            called by  2 apps: 'Order desk', 'Stock'
          new_b 'SharePoint Sales'
            connector  shared_sharepointonline
            used by    nothing

        """)
  }

  @Test func `a settings file with a row for each environment is shown once`() {
    let snapshot = Listings.snapshot(
      references: [Listings.reference("new_a")],
      settings: [
        Listings.settings("settings.json", [("new_a", "1"), ("new_a", "2"), ("new_a", nil)])
      ])
    #expect(
      Report(Listing(snapshot)).text.hasSuffix(
        """
            used by    nothing
            bound in   settings.json
            no id in   settings.json

        """))
  }

  @Test func `a link that resolves to nothing is marked`() {
    let snapshot = Listings.snapshot(consumers: [Listings.flow("Notify", names: ["new_gone"])]
    )
    #expect(
      Report(Listing(snapshot)).text == """
        Sales in solutions/Sales, unpacked, prefix new
          state    declares no reference
          unresolved: flow 'Notify'
            uses     new_gone, which nothing declares
                       solutions/Sales/Workflows/Notify-1.json:9

        """)
  }

  @Test func `a link without a name and an embedded connection are distinguished`() {
    let snapshot = Listings.snapshot(consumers: [
      Listings.flow("Empty", names: [nil]),
      Listings.flow("Embedding", names: [nil], embeds: "shared-x-1"),
    ])
    let text = Report(Listing(snapshot)).text
    #expect(text.contains("uses     no reference as shared_x_0\n"))
    #expect(text.contains("uses     an embedded connection as shared_x_0, and no reference\n"))
  }

  @Test func `a flow with two links to one reference is one user`() {
    let snapshot = Listings.snapshot(
      references: [Listings.reference("new_a")],
      consumers: [Listings.flow("Notify", names: ["new_a", "new_a"])])
    #expect(Report(Listing(snapshot)).text.contains("used by    1 flow: 'Notify'\n"))
  }

  @Test func `a link to another solution counts there`() throws {
    let base = try #require(
      Listings.instance(
        name: "Base", folder: "solutions/Base", references: [Listings.reference("new_a")]))
    let sales = try #require(
      Listings.instance(consumers: [Listings.flow("Notify", names: ["new_a"])]))
    #expect(
      Report(Listing(Snapshot(instances: [base, sales]))).text == """
        Base in solutions/Base, unpacked, prefix new
          new_a 'SharePoint Sales'
            connector  shared_sharepointonline
            used by    1 flow: 'Notify'

        Sales in solutions/Sales, unpacked, prefix new
          state      declares no reference

        """)
  }

  @Test func `unknown declarations are no empty list`() throws {
    let instance = try #require(Listings.instance(declarations: .unreadable))
    #expect(
      Report(Listing(Snapshot(instances: [instance]))).text.contains(
        "  state    the declarations could not be read\n"))
  }

  @Test func `the root is a dot`() {
    #expect(Report(Listing(Listings.snapshot(folder: ""))).text.hasPrefix("Sales in ., "))
  }

  @Test func `nothing found is said`() {
    #expect(Report(Listing(.empty)).text == "no solution found\n")
  }
}
