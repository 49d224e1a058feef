import Synchronization

/// Answers which instances of a snapshot declare a name: the same ones in nearly every revision of a
/// history.
final class InstanceIndex: Sendable {
  /// The instances that it was built from.
  private let instances: [Instance]
  // Built on first use.
  private let names = AtomicLazyReference<Names>()

  private final class Names: Sendable {
    let positions: [LogicalName: [Int32]]

    init(_ instances: [Instance]) {
      var positions: [LogicalName: [Int32]] = [:]
      for (number, instance) in instances.enumerated() {
        for reference in instance.references
        where positions[reference.name]?.last != Int32(number) {
          positions[reference.name, default: []].append(Int32(number))
        }
      }
      self.positions = positions
    }
  }

  init(_ instances: [Instance]) { self.instances = instances }

  /// True where the answers are right for these instances too.
  func serves(_ others: [Instance]) -> Bool {
    instances.count == others.count
      && zip(instances, others).allSatisfy { $0 === $1 || Self.areAlike($0, $1) }
  }

  private static func areAlike(_ one: Instance, _ other: Instance) -> Bool {
    one.references.count == other.references.count
      && one.references.indices.allSatisfy {
        // Not by whole references: to copy them costs more than to compare names.
        one.references[$0].name == other.references[$0].name
      }
  }

  /// Positions in the list of instances, in order.
  func declarers(of name: LogicalName) -> [Int32] {
    (names.load() ?? names.storeIfNil(Names(instances))).positions[name] ?? []
  }
}

/// Answers which instances of a snapshot are older releases of a solution: the same ones in most revisions of a
/// history.
final class ReleaseIndex: Sendable {
  /// The instances that it was built from.
  private let instances: [Instance]
  // Built on first use.
  private let found = AtomicLazyReference<Overtaken>()

  private final class Overtaken: Sendable {
    let positions: [Int]

    init(_ instances: [Instance]) {
      let lines = instances.map { SolutionLine($0) }
      var newest: [SolutionLine: SolutionVersion] = [:]
      var newestFolders: [SolutionLine: SolutionVersion] = [:]
      for (instance, line) in zip(instances, lines) {
        guard let version = instance.version else { continue }
        newest[line] = max(newest[line] ?? version, version)
        if instance.form != .archive {
          newestFolders[line] = max(newestFolders[line] ?? version, version)
        }
      }
      positions = instances.indices.filter { position in
        let instance = instances[position]
        guard let version = instance.version,
          let top = (instance.form == .archive ? newest : newestFolders)[lines[position]]
        else { return false }
        return version < top
      }
    }
  }

  init(_ instances: [Instance]) { self.instances = instances }

  /// True where the answers are right for these instances too.
  func serves(_ others: [Instance]) -> Bool {
    instances.count == others.count
      && others.indices.allSatisfy {
        let (one, other) = (instances[$0], others[$0])
        return one === other
          || one.version == other.version && one.form == other.form
            && SolutionLine(one) == SolutionLine(other)
      }
  }

  /// Positions in the list of instances, in order.
  var overtaken: [Int] {
    (found.load() ?? found.storeIfNil(Overtaken(instances))).positions
  }
}
