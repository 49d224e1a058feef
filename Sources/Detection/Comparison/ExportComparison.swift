import Solution

/// Finds references that were made again under an unchanged logical name: another GUID, in an export
/// of the same environment. Files of a solution cannot show it, since they hold no GUID.
struct ExportComparison {
  private let comparison: Comparison

  init(_ comparison: Comparison) {
    self.comparison = comparison
  }

  var findings: [Finding] {
    let before = Dictionary(
      comparison.before.exports.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    return comparison.after.exports.flatMap { export -> [Finding] in
      guard let former = before[export.path], isSameEnvironment(former, export) else { return [] }
      return changes(from: former, to: export).map { finding($0.was, $0.now, in: export) }
    }
  }

  private typealias Change = (was: EnvironmentExport.Entry, now: EnvironmentExport.Entry)

  /// Both say the same environment, or one is silent and a GUID that stayed proves it. A single
  /// reference whose GUID is another in a file that names no environment proves it as well as a file
  /// at its place can: one that was taken from elsewhere would differ in every entry.
  private func isSameEnvironment(_ left: EnvironmentExport, _ right: EnvironmentExport) -> Bool {
    if let left = left.environment, let right = right.environment { return left == right }
    let ids = Set(left.entries.map(\.id))
    return right.entries.contains { ids.contains($0.id) }
      || changes(from: left, to: right).count == 1
  }

  /// Entries of one name with another GUID. A name that stands twice says nothing.
  private func changes(from left: EnvironmentExport, to right: EnvironmentExport) -> [Change] {
    let former = Dictionary(grouping: left.entries, by: \.name)
    let current = Dictionary(grouping: right.entries, by: \.name)
    return current.keys.sorted().compactMap { name in
      guard let was = former[name], was.count == 1, let now = current[name], now.count == 1,
        was[0].id != now[0].id
      else { return nil }
      return (was[0], now[0])
    }
  }

  private func finding(
    _ was: EnvironmentExport.Entry, _ now: EnvironmentExport.Entry, in export: EnvironmentExport
  ) -> Finding {
    let owner = comparison.declaredAfter.entries(of: now.name).first?.instance.uniqueName
    let consumers = comparison.declaredAfter.consumers(naming: now.name).map {
      AffectedConsumer($0.0, naming: now.name, state: .moved)
    }
    let name = now.displayName ?? now.name.spelling
    return Finding(
      rule: ReferenceRecreated.id, severity: .warning, confidence: .certain,
      solution: owner ?? export.path,
      summary: "'\(name)' was deleted and made again under the same logical name",
      before: [declaration(was, in: export)], after: [declaration(now, in: export)],
      evidence: [.otherGUID], consumers: consumers.sorted { $0.place < $1.place },
      remarks: ["its id was \(was.id), and is \(now.id) now"],
      consequence: """
        the files still agree, but that environment has a new reference: it has no connection until \
        it is bound again, and its flows stay off
        """,
      fix: ["bind \(now.name.spelling) in that environment, and turn its flows on"],
      discriminator: export.path)
  }

  private func declaration(
    _ entry: EnvironmentExport.Entry, in export: EnvironmentExport
  ) -> Declaration {
    Declaration(
      name: entry.name, displayName: entry.displayName, connector: entry.connector,
      place: Place(path: export.path, line: entry.line))
  }
}
