import Detection
import Git
import Review
import Solution
import TestSupport
import Testing

/// The only connection of an unpacked canvas app, which loses its reference.
@Suite struct UnpackedAppLinkTests {
  enum Form: CaseIterable { case connections, properties }

  /// - Parameter name: nil for an entry whose data source has no reference.
  private func app(_ name: String?, _ form: Form, isShared: Bool = false) -> [String: TestFile] {
    let api = "/providers/microsoft.powerapps/apis/shared_sharepointonline"
    let entry =
      #"{"5b": {"id": "5b", "connectionRef": {"id": "\#(api)""#
      + (isShared ? #", "sharedConnectionId": "\#(api)/connections/abc""# : "")
      + (name.map { #", "xrmConnectionReferenceLogicalName": "\#($0)""# } ?? "")
      + #"}, "dataSources": ["Lists"]}}"#
    switch form {
    case .connections: return ["apps/Board/Connections/Connections.json": TestFile(entry)]
    case .properties:
      let text = entry.replacing("\"", with: "\\\"")
      return [
        "apps/Board/Properties.json": TestFile(
          #"{"Name": "Board", "LocalConnectionReferences": "\#(text)"}"#)
      ]
    }
  }

  private func fixture(_ states: [[String: TestFile]]) throws -> TestRepository {
    let fixture = try TestRepository { Commit("base", Sales.base.files()) }
    for (number, state) in states.enumerated() {
      try fixture.stage(state)
      try fixture.git("commit", "--quiet", "-m", "state \(number)")
    }
    return fixture
  }

  private func outcomes(_ fixture: TestRepository) throws -> [Outcome] {
    var scan = HistoryScan(try Repository(folder: fixture.path, environment: Command.closedWorld))
    return try scan.outcome().history.incidents.map(\.outcome)
  }

  @Test(arguments: Form.allCases)
  func `without a connection it lost its reference, until it has one again`(form: Form) throws {
    let (full, open) = (app(Sales.old.name, form), app(nil, form))
    let lost = try fixture([full, open])
    #expect(
      try lost.check(.commit("HEAD")).reported == ["error link-lost: \(Sales.old.name) -> "])
    #expect(try outcomes(lost) == [.open])
    #expect(try outcomes(fixture([full, open, full])) == [.reverted])
  }

  @Test(arguments: Form.allCases)
  func `with a connection it uses that directly`(form: Form) throws {
    let lost = try fixture([
      app(Sales.old.name, form, isShared: true), app(nil, form, isShared: true),
    ])
    #expect(try lost.check(.commit("HEAD")).findings.map(\.rule) == [.connectionEmbedded])
    #expect(try outcomes(lost) == [.open])
  }

  @Test(arguments: Form.allCases)
  func `a new app without a reference, and one that goes, are silent`(form: Form) throws {
    #expect(try fixture([app(nil, form)]).check(.commit("HEAD")).findings == [])
    let removed = app(Sales.old.name, form).mapValues { _ in TestFile?.none }
    let fixture = try fixture([app(Sales.old.name, form)])
    try fixture.stage(removed)
    #expect(try fixture.check().findings.filter { $0.severity > .note } == [])
  }
}
