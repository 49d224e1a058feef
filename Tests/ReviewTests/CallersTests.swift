import Detection
import Git
import Review
import TestSupport
import Testing

/// Apps that call a flow which is hurt.
@Suite struct CallersTests {
  private func app(_ name: String, calls flows: [String]) -> TestFile {
    let entries = flows.enumerated().map { number, flow in
      """
      "\(number)":{"parameterHints":{"workflowEntityId":{"value":"\(flow.lowercased())"}}}
      """
    }.joined(separator: ",")
    return TestFile(
      """
      <CanvasApp><Name>new_\(name.lowercased())_1a2b3</Name><DisplayName>\(name)</DisplayName>
      <ConnectionReferences>{\(entries)}</ConnectionReferences></CanvasApp>
      """)
  }

  private func remarks(_ apps: [String: TestFile]) throws -> [String] {
    let two = Sales([Sales.old], [Sales.approve(Sales.old), Sales.remind(Sales.old)])
    let after = Sales([Sales.new], [Sales.approve(Sales.new), Sales.remind(Sales.new)])
    let fixture = try TestRepository { Commit("base", two.files().merging(apps) { $1 }) }
    try fixture.stage(after.files())
    let outcome = try fixture.check()
    #expect(outcome.reported == [recreatedError])
    return outcome.findings.flatMap(\.remarks).filter { $0.contains("app") }
  }

  @Test func `an app is listed with the flow that it calls`() throws {
    #expect(
      try remarks([
        "solutions/Sales/CanvasApps/new_desk_1a2b3.meta.xml": app("Desk", calls: [Sales.remindID]),
        "solutions/Sales/CanvasApps/new_stock_1a2b3.meta.xml": app("Stock", calls: ["elsewhere"]),
      ]) == ["the app 'Desk' calls 'Remind buyer'"])
  }

  @Test func `an app of another solution too, and once for all its flows`() throws {
    #expect(
      try remarks([
        "solutions/Desk/Other/Solution.xml": TestFile(
          "<ImportExportXml><SolutionManifest><UniqueName>Desk</UniqueName></SolutionManifest></ImportExportXml>"
        ),
        "solutions/Desk/CanvasApps/new_desk_1a2b3.meta.xml": app(
          "Desk", calls: [Sales.approveID, Sales.remindID]),
      ]) == ["the app 'Desk' calls 'Approve order' and 1 more of these flows"])
  }

  @Test func `five apps are reported, and how many more there are`() throws {
    let apps = (1...7).map { number in
      (
        "solutions/Sales/CanvasApps/new_desk\(number)_1a2b3.meta.xml",
        app("Desk\(number)", calls: [Sales.approveID])
      )
    }
    let reported = try remarks(Dictionary(uniqueKeysWithValues: apps))
    #expect(reported.count == 6)
    #expect(reported.first == "the app 'Desk1' calls 'Approve order'")
    #expect(reported.last == "2 more apps call these flows")
  }

  @Test func `an app that began to call a flow is no finding`() throws {
    let fixture = try TestRepository { Commit("base", Sales.base.files()) }
    try fixture.stage([
      "solutions/Sales/CanvasApps/new_desk_1a2b3.meta.xml": app("Desk", calls: [Sales.approveID])
    ])
    let outcome = try fixture.check()
    #expect(outcome.isSilent && outcome.isChanged)
  }
}
