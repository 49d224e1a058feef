import Synchronization

/// Answers what is asked of all instances of a snapshot and is the same in nearly every revision of a
/// history: which of them declare a name, and whether two are releases of one solution.
final class InstanceIndex: Sendable {
  /// What it was made of.
  private let instances: [Instance]
  // Each is made when it is first needed.
  private let names = AtomicLazyReference<Names>()
  private let lines = AtomicLazyReference<Lines>()

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

  private final class Lines: Sendable {
    let areRepeated: Bool

    init(_ instances: [Instance]) {
      var seen: Set<SolutionLine> = []
      areRepeated = instances.contains {
        $0.version != nil && !seen.insert(SolutionLine($0)).inserted
      }
    }
  }

  init(_ instances: [Instance]) { self.instances = instances }

  /// True where the answers are right for these instances too.
  func serves(_ others: [Instance]) -> Bool {
    instances.count == others.count
      && zip(instances, others).allSatisfy { $0 === $1 || Self.areAlike($0, $1) }
  }

  private static func areAlike(_ one: Instance, _ other: Instance) -> Bool {
    one.uniqueName == other.uniqueName && one.isManaged == other.isManaged
      && one.form == other.form && (one.version == nil) == (other.version == nil)
      && one.references.count == other.references.count
      && one.references.indices.allSatisfy {
        // Not by whole references: to copy them costs more than to compare names.
        one.references[$0].name == other.references[$0].name
      }
  }

  /// Positions in the list of instances, in order.
  func declarers(of name: LogicalName) -> [Int32] {
    (names.load() ?? names.storeIfNil(Names(instances))).positions[name] ?? []
  }

  var repeatsLines: Bool {
    (lines.load() ?? lines.storeIfNil(Lines(instances))).areRepeated
  }
}
