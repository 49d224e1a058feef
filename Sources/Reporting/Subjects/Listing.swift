internal import Detection
import Platform
package import Solution

/// The content of a snapshot, joined: each reference with its consumers and the settings files that
/// bind it.
package struct Listing: Sendable {
  /// A solution in one place.
  struct Entry: Sendable {
    let instance: Instance
    let references: [Usage]
    let externals: [ExternalUsage]
    /// Links that resolve to nothing, in the order of the consumers.
    let unresolved: [Use]
    /// False for a build, a clone or an older release beside a solution: see `Snapshot.countedSolutions`.
    let isCounted: Bool
  }

  struct Usage: Sendable {
    let reference: Reference
    let consumers: [Use]
    let rows: [Row]
  }

  struct ExternalUsage: Sendable {
    let external: ExternalReference
    let consumers: [Use]
    let rows: [Row]
  }

  /// A consumer and the link by which it names a reference, or names none.
  struct Use: Sendable {
    /// The solution of the consumer.
    let solution: String
    let consumer: Consumer
    let link: Link
    /// The apps that call the consumer.
    var callers: [Caller] = []
  }

  /// An app that calls a flow.
  struct Caller: Sendable {
    /// The solution of the app.
    let solution: String
    let app: Consumer
  }

  typealias Row = SettingsFile.LocatedRow

  let entries: [Entry]
  let settings: [SettingsFile]

  /// Joins what `snapshot` holds, its settings files as far as it has them.
  ///
  /// A link resolves to its own instance, else to every other that declares the reference, else to an
  /// external dependency of its manifest.
  package init(_ snapshot: Snapshot) {
    var joins = snapshot.instances.map { _ in Join() }
    var declaredIn: [LogicalName: [Int]] = [:]
    for (number, instance) in snapshot.instances.enumerated() {
      for name in Set(instance.references.lazy.filter { !$0.isStub }.map(\.name)) {
        declaredIn[name, default: []].append(number)
      }
    }
    let callers = Self.callers(in: snapshot)
    for (number, instance) in snapshot.instances.enumerated() {
      let own = Set(instance.references.map(\.name))
      let externals = Set(instance.externals.map(\.name))
      for consumer in instance.consumers {
        for link in consumer.links {
          let use = Use(
            solution: instance.uniqueName, consumer: consumer, link: link,
            callers: consumer.kind == .flow ? callers[consumer.id] ?? [] : [])
          if let name = link.reference, own.contains(name) {
            joins[number].uses[name, default: []].append(use)
          } else if let name = link.reference, let others = declaredIn[name] {
            for other in others { joins[other].uses[name, default: []].append(use) }
          } else if let name = link.reference, externals.contains(name) {
            joins[number].uses[name, default: []].append(use)
          } else {
            joins[number].unresolved.append(use)
          }
        }
      }
    }
    let rows = snapshot.settings.rowsByReference
    let counted = Set(snapshot.countedSolutions.map { ObjectIdentifier($0) })
    entries = zip(snapshot.instances, joins).map { instance, join in
      Entry(
        instance: instance,
        references: instance.references.map {
          Usage(
            reference: $0, consumers: join.uses[$0.name] ?? [], rows: rows[$0.name] ?? [])
        },
        externals: instance.externals.map {
          ExternalUsage(
            external: $0, consumers: join.uses[$0.name] ?? [], rows: rows[$0.name] ?? [])
        },
        unresolved: join.unresolved, isCounted: counted.contains(ObjectIdentifier(instance)))
    }
    settings = snapshot.settings
  }

  private init(entries: [Entry], settings: [SettingsFile]) {
    self.entries = entries
    self.settings = settings
  }

  package var isEmpty: Bool { entries.isEmpty }

  /// Only these solutions, by their unique names; letter case does not count. Other consumers of
  /// their references stay.
  package func narrowed(to solutions: [String]) -> Listing {
    let names = Set(solutions.map { $0.lowercased() })
    return Listing(
      entries: entries.filter { names.contains($0.instance.solutionKey) },
      settings: settings)
  }

  private struct Join {
    var uses: [LogicalName: [Use]] = [:]
    var unresolved: [Use] = []
  }

  /// By the id of the flow that is called.
  private static func callers(in snapshot: Snapshot) -> [String: [Caller]] {
    var callers: [String: [Caller]] = [:]
    for instance in snapshot.instances {
      for app in instance.consumers {
        for flow in app.calls {
          callers[flow, default: []].append(Caller(solution: instance.uniqueName, app: app))
        }
      }
    }
    return callers
  }
}

extension Listing.Row {
  /// False for a row that is there and binds nothing.
  var isBound: Bool { row.bindsConnection }
}

extension [Listing.Row] {
  /// Each file once, in order: one may have a row for each of several environments.
  var paths: [String] { map(\.path).uniqued() }
}
