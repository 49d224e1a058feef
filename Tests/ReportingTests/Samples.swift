import Detection
import Reporting
import Solution

/// The finding of the documentation: one reference re-created, three flows moved, one row stale.
enum Samples {
  static let customizations = "solutions/Sales/Other/Customizations.xml"

  /// What a name must not do to a terminal, a log or a build server.
  static let hostile = "x\n::error::forged\u{1b}[2J\u{202e}\u{9b}\u{2028}##vso[task]\r"

  static func declaration(
    _ name: String, displayName: String? = "SharePoint Sales",
    connector: String = "shared_sharepointonline", path: String = customizations, line: Int = 214
  ) -> Declaration {
    Declaration(
      name: LogicalName(name), displayName: displayName, connector: Connector(path: connector),
      place: Place(path: path, line: line))
  }

  static func consumer(
    _ name: String, names reference: String?, _ state: AffectedConsumer.State,
    path: String = "solutions/Sales/Workflows/Notify-1.json"
  ) -> AffectedConsumer {
    AffectedConsumer(
      kind: .flow, id: "0b7d0d8e-5b6e-4f0e-9d55-000000000001", name: name,
      place: Place(path: path, line: 9), reference: reference.map { LogicalName($0) }, state: state)
  }

  static let recreated = Finding(
    rule: .referenceRecreated, severity: .error, confidence: .certain, solution: "Sales",
    summary: "'SharePoint Sales' was deleted and re-created under another logical name",
    before: [declaration("new_sharedsharepointonline_a1b2c")],
    after: [declaration("new_sharedsharepointonline_9d8e7")],
    evidence: [.sameConnector, .sameDisplayName, .consumersMoved],
    consumers: ["Notify", "Order", "Return"].map {
      consumer($0, names: "new_sharedsharepointonline_9d8e7", .moved)
    },
    rows: [
      AffectedRow(
        place: Place(path: "config/prod.json", line: 12),
        reference: LogicalName("new_sharedsharepointonline_a1b2c"), state: .stale)
    ],
    consequence: "config/prod.json still binds the old name; import leaves 3 flows off",
    fix: [
      .command("connref repair 3f9a21c07d44 | git apply --index"),
      .command(
        "connref explain reference-recreated", purpose: "then make the maker's environment agree"),
    ])

  static func report(
    _ findings: [Finding], problems: [Report.Problem] = [],
    extent: Scope.Extent = .revisions(2), before: Side = .revision("4f2c9e1"),
    after: Side = .staged, _ examination: Report.Examination = .check
  ) -> Report {
    Report(
      examination, before: before, after: after,
      scope: Scope(extent: extent, solutions: 3, references: 41, consumers: 212),
      findings: findings, problems: problems)
  }
}
