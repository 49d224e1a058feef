package import Solution

/// Which solutions declared or used which references in earlier revisions, as far as they were
/// read.
package struct FormerNames: Sendable {
  /// Unique names in lower case, by the reference that the solution declared.
  package private(set) var declared: [LogicalName: Set<String>] = [:]
  /// The same, by the reference that a consumer of the solution used.
  package private(set) var used: [LogicalName: Set<String>] = [:]
  /// The references that a settings file had rows for, and has none for any more, by path.
  package private(set) var bound: [String: Set<LogicalName>] = [:]

  package init() {}

  /// The uses and declarations of some names in the solutions of a snapshot.
  package init(of names: Set<LogicalName>, in snapshot: Snapshot) {
    guard !names.isEmpty else { return }
    for instance in snapshot.solutions {
      for reference in instance.references where names.contains(reference.name) {
        add(reference.name, declaredBy: instance)
      }
      for consumer in instance.consumers {
        for link in consumer.links {
          guard let name = link.reference, names.contains(name) else { continue }
          add(name, usedBy: instance)
        }
      }
    }
  }

  mutating func add(_ name: LogicalName, declaredBy instance: Instance) {
    declared[name, default: []].insert(instance.solutionKey)
  }

  mutating func add(_ name: LogicalName, usedBy instance: Instance) {
    used[name, default: []].insert(instance.solutionKey)
  }

  package mutating func add(_ names: Set<LogicalName>, boundBy path: String) {
    bound[path, default: []].formUnion(names)
  }

  package mutating func formUnion(_ other: FormerNames) {
    bound.merge(other.bound) { $0.union($1) }
    declared.merge(other.declared) { $0.union($1) }
    used.merge(other.used) { $0.union($1) }
  }

  package func union(_ other: FormerNames) -> FormerNames {
    var copy = self
    copy.formUnion(other)
    return copy
  }
}
