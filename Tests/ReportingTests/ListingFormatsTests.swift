import Detection
import Reporting
import Solution
import Testing

/// The listing as tables and pictures.
@Suite struct ListingFormatsTests {
  private static let snapshot = Listings.snapshot(
    references: [
      Listings.reference("new_files_a1b2c"),
      Listings.reference("new_mail", displayName: "Mail", connector: "shared_office365"),
    ],
    consumers: [
      Listings.flow("Notify", names: ["new_files_a1b2c", "new_mail"]),
      Listings.flow("Order", names: ["new_files_a1b2c", "new_mail"]),
      Listings.flow("Return", names: ["new_gone"]),
    ],
    settings: [Listings.settings("config/prod.json", [("new_mail", "abc")])])
  private static let listing = Listing(snapshot)

  @Test func `a table has a row for each reference and consumer`() {
    let lines = Report(Self.listing).csv.split(separator: "\r\n")
    #expect(lines.count == 1 + 4 + 1)
    #expect(
      lines[1]
        == "Sales,solutions/Sales,unpacked,new_files_a1b2c,\"SharePoint Sales\",shared_sharepointonline,yes,flow,Notify,notify,solutions/Sales/Workflows/Notify-1.json,9,,"
    )
    #expect(lines[3].contains("new_mail,Mail,shared_office365,yes,flow,Notify"))
    #expect(lines[3].hasSuffix(",config/prod.json,"))
    #expect(lines[5].contains("new_gone,,,no,flow,Return"))
  }

  @Test func `each table of a page has a name of its own`() {
    let names = Report(Self.listing).page
      .matches(of: #/role="region"[^>]*aria-label="([^"]*)"/#).map { String($0.output.1) }
    #expect(names.count == 2)
    #expect(Set(names).count == names.count)
  }

  @Test func `a cell begins no formula`() {
    let listing = Listing(
      Listings.snapshot(references: [Listings.reference("new_a", displayName: "=1+1")]))
    #expect(Report(listing).csv.contains(",'=1+1,"))
  }

  @Test func `consumers of the same references are one box, connectors are frames`() {
    let text = Report(Self.listing).mermaid
    #expect(text.contains("u0[\"Notify<br/>Order\"]:::consumers"))
    #expect(text.contains("subgraph c1[\"shared_office365\"]"))
    #expect(text.contains("new_gone<br/>declared nowhere\"]:::missing"))
    #expect(text.contains("new_files_a1b2c<br/>SharePoint Sales<br/>bound nowhere\"]:::unbound"))
    #expect(text.contains("bound in 1 settings file\"]:::reference"))
    #expect(text.split(separator: "\n").count { $0.contains("-->") } == 3)
  }

  @Test func `flows of one identity group are adjacent`() {
    let group = IdentityGroup(name: "service", flows: [WildcardText("Notify*")])
    let text = Report(Self.listing, groups: [group]).mermaid
    #expect(text.contains("subgraph s1[\"service\"]\n    u2[\"Notify\"]"))
    #expect(text.contains("u0[\"Order\"]"))
  }

  @Test func `two hundred flows are few boxes, with numbers at the lines`() {
    let references = (0..<12).map { Listings.reference("new_r\($0)") }
    let flows = (0..<200).map { number in
      Listings.flow(
        "Flow \(number)",
        names: ["new_r\(number % 12)", "new_r\(number * 7 % 11)", "new_r\(number % 5)"])
    }
    let listing = Listing(Listings.snapshot(references: references, consumers: flows))
    for text in [Report(listing).mermaid, Report(listing).dot] {
      #expect(text.contains("200 flows"))
      #expect(text.split(separator: "\n").count < 60)
    }
    #expect(Report(listing).mermaid.contains("u0 -->|"))
    #expect(Report(listing).dot.contains("u0 -> r0 [label=\""))
  }

  @Test func `a graph quotes any name`() throws {
    let name = "a\"]; b -> c // \\ & <x> #35; `x` [y](z) \n end"
    let listing = Listing(
      Listings.snapshot(
        name: name, references: [Listings.reference("new_a", displayName: name)],
        consumers: [Listings.flow(name, names: ["new_a"])]))
    let mermaid = Report(listing).mermaid
    #expect(!mermaid.contains("a\"]; b"))
    #expect(mermaid.contains("a#34;#93;#59; b -#62; c"))
    // Every quote that is not ours is escaped, so that they are in pairs.
    let dot = Report(listing).dot.replacing("\\\\", with: "").replacing("\\\"", with: "")
    for line in dot.split(separator: "\n") {
      #expect(line.count { $0 == "\"" }.isMultiple(of: 2), "\(line)")
    }
  }

  @Test func `a document has a table a solution, and the picture`() {
    let text = Report(Self.listing).markdown
    #expect(
      text.contains(
        "| `new_mail` 'Mail' | `shared_office365` | 2 flows: 'Notify', 'Order' | `config/prod.json` |"
      ))
    #expect(text.contains("| unresolved: flow 'Return' |"))
    #expect(text.contains("`new_gone`, which nothing declares"))
    #expect(text.contains("```mermaid\nflowchart LR\n"))
    #expect(Report(Listing(.empty)).markdown.contains("no solution found"))
  }

  @Test func `a page has a row a reference, and escapes what a name holds`() {
    let page = Report(Self.listing).page(title: "shop")
    #expect(page.contains("<code>new_<wbr>mail</code> &#39;Mail&#39;"))
    #expect(page.contains("2 flows: &#39;Notify&#39;, &#39;Order&#39;"))
    #expect(page.contains("unresolved: flow &#39;Return&#39;"))
    let hostile = "<script>alert(1)</script>"
    let listing = Listing(
      Listings.snapshot(
        name: hostile, references: [Listings.reference("new_a", displayName: hostile)]))
    #expect(!Report(listing).page(title: hostile).contains("<script>alert"))
    #expect(Report(Listing(.empty)).page.contains("no solution found"))
  }

  @Test func `a page can be filtered by solution, where there are several`() {
    let other = Listings.snapshot(
      name: "Service", references: [Listings.reference("service_mail")])
    let both = Snapshot(
      instances: Self.snapshot.instances + other.instances, settings: Self.snapshot.settings)
    let page = Report(Listing(both)).page
    #expect(
      page.contains(
        """
        <select name="solution"><option value="">all</option><option value="Sales">Sales</option>\
        <option value="Service">Service</option></select>
        """))
    #expect(page.contains(" data-solution=\"Service\""))
    #expect(!Report(Self.listing).page.contains("<select name=\"solution\">"))
  }

  @Test func `one solution can be asked for`() {
    #expect(!Self.listing.narrowed(to: ["sales"]).isEmpty)
    #expect(Self.listing.narrowed(to: ["Other"]).isEmpty)
  }
}
