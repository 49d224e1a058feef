import Reporting
import Solution
import Testing

struct ListReportTests {
  @Test func `each reference is shown with who uses it and what binds it`() {
    let snapshot = Inventories.snapshot(
      references: [
        Inventories.reference("new_sharedsharepointonline_a1b2c"),
        Inventories.reference(
          "new_shared_approvals_14f40", displayName: nil, connector: nil, isStub: true),
      ],
      externals: [
        ExternalReference(
          name: LogicalName("base_shared_teams"), origin: .solution("Base (1.2.0.0)"),
          place: Place(path: "solutions/Sales/Other/Solution.xml", line: 8))
      ],
      consumers: [
        Inventories.flow("Notify", names: ["new_sharedsharepointonline_a1b2c"]),
        Inventories.flow(
          "Order", names: ["NEW_sharedsharepointonline_A1B2C", "base_shared_teams"]),
      ],
      settings: [
        Inventories.settings("config/prod.json", [("new_sharedsharepointonline_a1b2c", "abc")]),
        Inventories.settings("config/test.json", [("new_sharedsharepointonline_a1b2c", "")]),
      ])
    #expect(
      ListReport(Inventory(snapshot)).text == """
        Sales  solutions/Sales  (unpacked, prefix new)
          new_sharedsharepointonline_a1b2c  'SharePoint Sales'
              shared_sharepointonline
              used by 2 flows; bound in 'config/prod.json'; no connection id in
              'config/test.json'
          new_shared_approvals_14f40
              stub: defined by another solution
              used by nobody; in no settings file
          base_shared_teams
              external: comes with Base (1.2.0.0)
              used by 1 flow; in no settings file

        """)
  }

  @Test func `the apps that call a flow are counted where its reference is`() {
    let snapshot = Inventories.snapshot(
      references: [Inventories.reference("new_a"), Inventories.reference("new_b")],
      consumers: [
        Inventories.flow("Notify", names: ["new_a"]), Inventories.flow("Order", names: ["new_a"]),
        Inventories.app("Order desk", id: "new_desk_1a2b3", calls: ["notify", "order"]),
        Inventories.app("Stock", id: "new_stock_4d5e6", calls: ["order", "elsewhere"]),
      ])
    #expect(
      ListReport(Inventory(snapshot)).text == """
        Sales  solutions/Sales  (unpacked, prefix new)
          new_a  'SharePoint Sales'
              shared_sharepointonline
              used by 2 flows, called by 2 apps
          new_b  'SharePoint Sales'
              shared_sharepointonline
              used by nobody

        """)
  }

  @Test func `a settings file with a row for each environment is told once`() {
    let snapshot = Inventories.snapshot(
      references: [Inventories.reference("new_a")],
      settings: [
        Inventories.settings("settings.json", [("new_a", "1"), ("new_a", "2"), ("new_a", nil)])
      ])
    #expect(
      ListReport(Inventory(snapshot)).text.hasSuffix(
        """
              used by nobody; bound in 'settings.json'; no connection id in
              'settings.json'

        """))
  }

  @Test func `a link that resolves to nothing is marked`() {
    let snapshot = Inventories.snapshot(consumers: [Inventories.flow("Notify", names: ["new_gone"])]
    )
    #expect(
      ListReport(Inventory(snapshot)).text == """
        Sales  solutions/Sales  (unpacked, prefix new)
          unresolved  flow 'Notify'
              names new_gone, which nothing declares
              solutions/Sales/Workflows/Notify-1.json:9

        """)
  }

  @Test func `a link without a name and an embedded connection are told apart`() {
    let snapshot = Inventories.snapshot(consumers: [
      Inventories.flow("Empty", names: [nil]),
      Inventories.flow("Embedding", names: [nil], embeds: "shared-x-1"),
    ])
    let text = ListReport(Inventory(snapshot)).text
    #expect(text.contains("names no reference as shared_x_0\n"))
    #expect(text.contains("embeds a connection as shared_x_0, and names no reference\n"))
  }

  @Test func `a flow with two links to one reference is one user`() {
    let snapshot = Inventories.snapshot(
      references: [Inventories.reference("new_a")],
      consumers: [Inventories.flow("Notify", names: ["new_a", "new_a"])])
    #expect(ListReport(Inventory(snapshot)).text.contains("used by 1 flow\n"))
  }

  @Test func `a link to another solution counts there`() throws {
    let base = try #require(
      Inventories.instance(
        name: "Base", folder: "solutions/Base", references: [Inventories.reference("new_a")]))
    let sales = try #require(
      Inventories.instance(consumers: [Inventories.flow("Notify", names: ["new_a"])]))
    #expect(
      ListReport(Inventory(Snapshot(instances: [base, sales]))).text == """
        Base  solutions/Base  (unpacked, prefix new)
          new_a  'SharePoint Sales'
              shared_sharepointonline
              used by 1 flow

        Sales  solutions/Sales  (unpacked, prefix new)

        """)
  }

  @Test func `unknown declarations are no empty list`() throws {
    let instance = try #require(Inventories.instance(declarations: .unreadable))
    #expect(
      ListReport(Inventory(Snapshot(instances: [instance]))).text.contains(
        "  the declarations could not be read\n"))
  }

  @Test func `the root is a dot`() {
    #expect(ListReport(Inventory(Inventories.snapshot(folder: ""))).text.hasPrefix("Sales  .  ("))
  }

  @Test func `nothing found is said`() {
    #expect(ListReport(Inventory(.empty)).text == "no solution found\n")
  }
}
