package import Solution

/// What a settings file should bind, held against the rows it has.
package struct SettingsCoverage: Sendable {
  /// Unique names of the solutions that the file is for, in order.
  package let solutions: [String]
  /// Declared there in full and bound by no row, ordered by name. What a solution only stubs or expects
  /// from elsewhere has its row where it comes from.
  package let missing: [Reference]
  /// The same where one copy of a solution declares it and another does not: nobody can tell which of
  /// them is deployed.
  package let uncertain: [Reference]
  /// What rows name, and no file of the revision declares, expects or uses.
  package let stale: [LogicalName]
}

extension State {
  /// Of one list of a settings file.
  ///
  /// - Parameters:
  ///   - file: with the rows of that list.
  ///   - others: files of the same environment, whose rows count as well.
  ///   - labels: what stands around the list in its file, which may be a solution's name.
  ///   - chosen: unique names of solutions, where the user says which; empty where the file tells.
  package func coverage(
    of file: SettingsFile, beside others: [SettingsFile] = [], labels: [String] = [],
    chosen: [String] = []
  ) -> SettingsCoverage {
    let instances = self.instances(for: file, labels: labels, chosen: chosen)
    let bound = Set((file.rows + others.flatMap(\.rows)).map(\.reference))
    var missing: [Reference] = []
    var uncertain: [Reference] = []
    for twins in Dictionary(grouping: instances, by: { $0.uniqueName.lowercased() }).values {
      let names = twins.map { Set($0.references.filter { !$0.isStub }.map(\.name)) }
      let certain = names.dropFirst().reduce(names.first ?? []) { $0.intersection($1) }
      for reference in twins.flatMap(\.references)
      where !reference.isStub && !bound.contains(reference.name) {
        if certain.contains(reference.name) {
          missing.append(reference)
        } else {
          uncertain.append(reference)
        }
      }
    }
    var seen: Set<LogicalName> = []
    return SettingsCoverage(
      solutions: Set(instances.map(\.uniqueName)).sorted(),
      missing: missing.uniqued, uncertain: uncertain.uniqued,
      stale: file.rows.map(\.reference).filter {
        !bindings.isKnown($0) && seen.insert($0).inserted
      })
  }

  /// Names of all solutions that declare a reference of their own.
  package var declaringSolutions: [String] { Set(declaring.map(\.uniqueName)).sorted() }

  private var declaring: [Instance] {
    solutions.filter { $0.references.contains { !$0.isStub } }
  }

  /// Whom the user or the list names; else whom a row binds; else, without a row that says so, what
  /// lies nearest.
  private func instances(
    for file: SettingsFile, labels: [String], chosen: [String]
  ) -> [Instance] {
    let names = chosen.isEmpty ? labels : chosen
    let named = solutions.filter { instance in
      names.contains { $0.lowercased() == instance.uniqueName.lowercased() }
    }
    if !chosen.isEmpty || !named.isEmpty { return named }
    let bound = SettingsScope(file, in: self).instances
    if !bound.isEmpty { return bound }
    let near = declaring.filter { bindings.belongs(file.path, to: $0.folder) }
    // Its rows are another repository's, unless the file lies with a solution.
    return (file.rows.isEmpty ? near : near.filter { $0.sharesFolder(with: file.path) })
      .called(in: file.path)
  }
}

extension SettingsRow {
  /// True for the id that a custom connector has in one environment and in no other.
  package var hasEnvironmentConnector: Bool { connector?.isEnvironments ?? false }
}

extension Reference {
  /// The connector's id for a row beside `rows`, all of one environment. A custom connector has another
  /// one in each: `isForeign` where no row tells which. Nil where nothing says what the reference is for.
  package func connectorID(beside rows: [SettingsRow]) -> (id: String, isForeign: Bool)? {
    guard let connector else { return nil }
    guard connector.isEnvironments else { return (connector.name, false) }
    let known = Set(
      rows.filter(\.hasEnvironmentConnector).compactMap(\.connector)
        .filter { $0.isSame(as: connector) }.map(\.name))
    if known.count == 1, let id = known.first { return (id, false) }
    return (connector.name, true)
  }
}

extension Instance {
  /// True for a file that lies below the first folder on the way to the solution.
  fileprivate func sharesFolder(with path: String) -> Bool {
    let parts = path.split(separator: "/").dropLast()
    return parts.first != nil && parts.first == folder.split(separator: "/").first
  }
}

extension [Reference] {
  /// One for each name, ordered by it.
  fileprivate var uniqued: [Reference] {
    var seen: Set<LogicalName> = []
    return filter { seen.insert($0.name).inserted }.sorted { $0.name < $1.name }
  }
}
