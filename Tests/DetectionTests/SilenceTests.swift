import Detection
import Solution
import Testing

private let sharePoint = "shared_sharepointonline"

/// Changes that people make every day and that break nothing.
@Suite struct Silence {
  @Test func `an alias renumbered`() {
    let before: [ExamplePart] = [
      .reference("sales_A", "A", sharePoint), .reference("sales_B", "B", sharePoint),
      .flow("F", ["sales_A", "sales_B"]),
    ]
    let after: [ExamplePart] = [
      .reference("sales_A", "A", sharePoint), .reference("sales_B", "B", sharePoint),
      .flow("F", ["sales_B", "sales_A"]),
    ]
    #expect(changes(before, after).isEmpty)
  }

  @Test func `a flow package was added, whose flows have connections by nature`() throws {
    let connections: [ExamplePart] = [.embedded("Archive", connection: "shared-sharepointonl-1b2c")]
    let solution = try #require(RuleExample.snapshot(of: connections).instances.first)
    let package = Instance(
      folder: solution.folder, uniqueName: solution.uniqueName, form: .flowPackage,
      publisherPrefix: nil, declarations: .absent, references: [], externals: [],
      consumers: solution.consumers, source: solution.source)
    #expect(
      RuleBook.findings(
        in: Comparison(before: .empty, after: Snapshot(instances: [package]))
      ).isEmpty)
    #expect(!changes([], connections).isEmpty)
    // An audit lists them; a package has no reference that could be chosen.
    func fix(_ instance: Instance) -> [String] {
      RuleBook.findings(in: State(Snapshot(instances: [instance]))).flatMap(\.fix).map(\.line)
    }
    #expect(fix(package).map { $0.hasPrefix("add the flow to a solution") } == [true])
    #expect(fix(solution).map { $0.hasPrefix("open the flow in the designer") } == [true])
  }

  @Test func `the order of the declarations changed`() {
    let a = ExamplePart.reference("sales_A", "A", sharePoint)
    let b = ExamplePart.reference("sales_B", "B", sharePoint)
    #expect(changes([a, b], [b, a]).isEmpty)
  }

  @Test func `a whole solution deleted with its flows`() {
    let rest = ExamplePart.reference("base_A", "A", sharePoint, solution: "Base")
    let before: [ExamplePart] = [
      rest, .reference("sales_A", "Sales", sharePoint), .flow("F", ["sales_A"]),
    ]
    #expect(changes(before, [rest]).isEmpty)
  }

  @Test func `a solution renamed with everything in it`() {
    let before: [ExamplePart] = [
      .reference("sales_A", "Sales", sharePoint), .flow("F", ["sales_A"]),
    ]
    let after: [ExamplePart] = [
      .reference("sales_A", "Sales", sharePoint, solution: "SalesTwo"),
      .flow("F", ["sales_A"], solution: "SalesTwo"),
    ]
    #expect(changes(before, after).isEmpty)
  }

  @Test func `a stub filled in, and emptied again because a base took it over`() {
    let full: [ExamplePart] = [
      .reference("sales_A", "Sales", sharePoint), .flow("F", ["sales_A"]),
    ]
    let stub: [ExamplePart] = [
      .stub("sales_A"), .flow("F", ["sales_A"]),
      .reference("sales_A", "Sales", sharePoint, solution: "Base"),
    ]
    #expect(changes([.stub("sales_A"), .flow("F", ["sales_A"])], full).isEmpty)
    #expect(changes(full, stub).isEmpty)
  }

  @Test func `a reference gave way to a stub that a sibling had declared long before`() {
    let sibling = ExamplePart.reference("base_A_f7ca3", "Approvals", sharePoint, solution: "Base")
    let before: [ExamplePart] = [
      sibling, .reference("base_A_14f40", "Approvals", sharePoint), .flow("F", ["base_A_14f40"]),
    ]
    let after: [ExamplePart] = [sibling, .stub("base_A_f7ca3"), .flow("F", ["base_A_f7ca3"])]
    #expect(changes(before, after).isEmpty)
  }

  @Test func `a patch unpacked over its base, and the base unpacked over the patch`() {
    let base: [ExamplePart] = [
      .reference("sales_A", "A", sharePoint), .reference("sales_B", "B", sharePoint),
      .flow("F", ["sales_A"]), .flow("G", ["sales_B"]),
    ]
    let patch: [ExamplePart] = [
      .reference("sales_A", "A", sharePoint, solution: "Sales_Patch_33b0c84d"),
      .flow("F", ["sales_A"], solution: "Sales_Patch_33b0c84d"),
      .flow("G", ["sales_B"], solution: "Sales_Patch_33b0c84d"),
    ]
    #expect(changes(base, patch).isEmpty)
    #expect(changes(patch, base).filter { $0.severity > .note }.isEmpty)
  }

  @Test func `a restored old name is a note`() {
    var past = Past()
    past.introductions = [
      LogicalName("sales_A_11111"): Past.Introduction(commit: "one", age: 3),
      LogicalName("sales_A_22222"): Past.Introduction(commit: "two", age: 2),
    ]
    let before: [ExamplePart] = [
      .reference("sales_A_22222", "Files", sharePoint), .flow("F", ["sales_A_22222"]),
    ]
    let after: [ExamplePart] = [
      .reference("sales_A_11111", "Files", sharePoint), .flow("F", ["sales_A_11111"]),
    ]
    let reported = changes(before, after, past: past)
    #expect(reported.map(\.severity) == [.note])
    #expect(reported.first?.evidence.contains(.returned) == true)
  }

  @Test func `stock display names pair with nothing when no consumer says which`() {
    let before: [ExamplePart] = [
      .reference("new_Users_11111", "Office 365 Users", "shared_office365users"),
      .reference("new_Users_22222", "Office 365 Users", "shared_office365users"),
    ]
    let after: [ExamplePart] = [
      .reference("new_Users_33333", "Office 365 Users", "shared_office365users"),
      .reference("new_Users_44444", "Office 365 Users", "shared_office365users"),
    ]
    let reported = changes(before, after)
    #expect(reported.allSatisfy { $0.rule == .referenceRemoved && $0.severity == .note })
    #expect(reported.allSatisfy { $0.remarks.count == 2 })
  }
}
