import Solution

/// The solutions that a settings file is for, as far as its rows say.
struct SettingsScope: Sendable {
  let instances: [Instance]

  init(_ file: SettingsFile, in state: State) {
    let near = state.solutions.filter { state.bindings.belongs(file.path, to: $0.folder) }
    instances = near.explaining(Set(file.rows.map(\.reference))).called(in: file.path)
  }

  func holds(_ instance: Instance) -> Bool {
    instances.contains { $0.folder == instance.folder && $0.uniqueName == instance.uniqueName }
  }
}

extension [Instance] {
  /// The solutions of which a file has these rows. What one of them alone declares is proof; a reference
  /// that several have in common proves nothing where one of those is proven already.
  fileprivate func explaining(_ rows: Set<LogicalName>) -> [Instance] {
    var holders: [LogicalName: Set<String>] = [:]
    var definers: [LogicalName: Set<String>] = [:]
    for instance in self {
      for reference in instance.references where rows.contains(reference.name) {
        let solution = instance.uniqueName.lowercased()
        holders[reference.name, default: []].insert(solution)
        if !reference.isStub { definers[reference.name, default: []].insert(solution) }
      }
    }
    let proven = Set(holders.values.filter { $0.count == 1 }.joined())
    let likely = holders.filter { $0.value.isDisjoint(with: proven) }
      .flatMap { definers[$0.key] ?? $0.value }
    let solutions = proven.union(likely)
    return filter { solutions.contains($0.uniqueName.lowercased()) }
  }

  /// Those that the name of a file names, `Sales-prod.json`; all where it names none.
  func called(in path: String) -> [Instance] {
    let file = path.split(separator: "/").last?.lowercased() ?? ""
    let named = filter { $0.uniqueName.count > 3 && file.contains($0.uniqueName.lowercased()) }
    let longest = named.map(\.uniqueName.count).max()
    return named.isEmpty ? self : named.filter { $0.uniqueName.count == longest }
  }
}
