import Platform
package import Solution

/// The references that a settings file should bind, compared with its rows.
package struct SettingsCoverage: Sendable {
  /// Unique names of the solutions that the file is for, in order.
  package let solutions: [String]
  /// Declared there in full and bound by no row, ordered by name. What a solution only stubs or expects
  /// from elsewhere has its row at its origin.
  package let missing: [Reference]
  /// The same where one copy of a solution declares it and another does not: it is unknown which of
  /// them is deployed.
  package let uncertain: [Reference]
  /// Names in rows that no file of the revision declares, expects or uses.
  package let stale: [LogicalName]
  /// True where there are rows and nothing says whose they are: another repository's.
  package let isForeign: Bool
}

extension State {
  /// Of one list of a settings file.
  ///
  /// - Parameters:
  ///   - file: with the rows of that list.
  ///   - others: files of the same environment, whose rows count as well.
  ///   - labels: the keys around the list in its file, which may be a solution's name.
  ///   - chosen: unique names of solutions, where the user says which; empty where the file
  ///     decides.
  package func coverage(
    of file: SettingsFile, beside others: [SettingsFile] = [], labels: [String] = [],
    chosen: [String] = []
  ) -> SettingsCoverage {
    let (instances, isOwned) = self.instances(for: file, labels: labels, chosen: chosen)
    let bound = Set((file.rows + others.flatMap(\.rows)).map(\.reference))
    var missing: [Reference] = []
    var uncertain: [Reference] = []
    for twins in Dictionary(grouping: instances, by: { $0.solutionKey }).values {
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
    let stale = file.rows.map(\.reference).filter { !bindings.isKnown($0) }.uniqued()
    let staleNames = Set(stale)
    return SettingsCoverage(
      solutions: Set(instances.map(\.uniqueName)).sorted(),
      missing: missing.oneForEachName, uncertain: uncertain.oneForEachName,
      stale: stale,
      isForeign: !isOwned && !file.rows.isEmpty
        && file.rows.allSatisfy { staleNames.contains($0.reference) })
  }

  /// Names of all solutions that declare a reference of their own.
  package var declaringSolutions: [String] { Set(declaring.map(\.uniqueName)).sorted() }

  private var declaring: [Instance] {
    solutions.filter { $0.references.contains { !$0.isStub } }
  }

  /// Those that the user or the list names; else those that the rows say; else, without a row that
  /// says so, those that are nearest.
  private func instances(
    for file: SettingsFile, labels: [String], chosen: [String]
  ) -> (instances: [Instance], isOwned: Bool) {
    let names = chosen.isEmpty ? labels : chosen
    let named = solutions.filter { instance in
      names.contains { $0.lowercased() == instance.solutionKey }
    }
    if !chosen.isEmpty || !named.isEmpty { return (named, true) }
    let owners = settingsOwners.owners(ofRows: Set(file.rows.map(\.reference)), at: file.path)
    if !owners.isEmpty { return (owners, true) }
    let near = declaring.filter { instance in
      let own = commonFolders(file.path, instance.folder)
      return snapshot.instances.allSatisfy { commonFolders(file.path, $0.folder) <= own }
    }
    // Its rows are another repository's, unless the file is in a folder with a solution.
    let instances = file.rows.isEmpty ? near : near.filter { $0.sharesFolder(with: file.path) }
    let called = Set(instances.map(\.solutionKey)).called(in: file.path)
    return (instances.filter { called.contains($0.solutionKey) }, false)
  }
}

extension SettingsRow {
  /// True for the id that a custom connector has in one environment and in no other.
  package var hasEnvironmentConnector: Bool { connector?.isEnvironments ?? false }
}

/// The ids that custom connectors have in one environment, as far as its rows say.
package struct EnvironmentConnectors: Sendable {
  private var names: ConnectorTable<String>

  package init(_ rows: [SettingsRow]) {
    names = ConnectorTable(
      rows.filter(\.hasEnvironmentConnector).map { ($0.connector, $0.connector?.name ?? "") })
  }

  /// The connector's id for a row of the reference. A custom connector has another one in each
  /// environment: `isForeign` where no row has it. Nil where the connector is unknown.
  package mutating func id(for reference: Reference) -> (id: String, isForeign: Bool)? {
    guard let connector = reference.connector else { return nil }
    guard connector.isEnvironments else { return (connector.name, false) }
    if let id = names.onlyValue(for: connector) { return (id, false) }
    return (connector.name, true)
  }
}

extension Instance {
  /// True for a file below the first folder of the path to the solution.
  fileprivate func sharesFolder(with path: String) -> Bool {
    let parts = path.split(separator: "/").dropLast()
    return parts.first != nil && parts.first == folder.split(separator: "/").first
  }
}
