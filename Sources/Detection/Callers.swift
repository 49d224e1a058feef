import Platform
package import Solution

/// The apps that call flows: where such a flow does not run, a part of the app does not work.
package struct Callers: Sendable {
  /// How many apps the remarks of one finding list.
  private static let limit = 5

  private let apps: [Consumer]

  /// Of a snapshot that holds at least its apps.
  package init(_ snapshot: Snapshot) {
    // An app that is unpacked beside its metadata, or belongs to two solutions, is one app.
    apps = snapshot.instances.flatMap(\.consumers).filter { !$0.calls.isEmpty }.uniqued(on: \.id)
  }

  /// True where apps that call a flow are worth a line.
  package static func concern(_ finding: Finding) -> Bool {
    finding.consumers.contains { $0.kind == .flow }
  }

  /// The same findings, with a remark for each app that calls one of their flows.
  package func remarking(_ findings: [Finding]) -> [Finding] {
    guard !apps.isEmpty else { return findings }
    return findings.map { finding in
      var finding = finding
      finding.remarks += remarks(on: finding)
      return finding
    }
  }

  private func remarks(on finding: Finding) -> [String] {
    let flows = finding.consumers.filter { $0.kind == .flow }
    var remarks: [String] = []
    for app in apps {
      let called = flows.filter { app.calls.contains($0.id) }
      guard let first = called.first else { continue }
      let others = called.count > 1 ? " and \(called.count - 1) more of these flows" : ""
      remarks.append("the app '\(app.name)' calls '\(first.name)'\(others)")
    }
    let left = remarks.count - Self.limit
    guard left > 0 else { return remarks }
    return remarks.prefix(Self.limit) + ["\(left) more apps call these flows"]
  }
}
