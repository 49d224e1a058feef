import Platform
import Solution

extension Comparison {
  /// Both sides as state rules judge them in a change: all that was there before, as far as it was
  /// read, and of what is there after the solutions and consumers that changed.
  ///
  /// - Parameter knowsEveryConsumer: whether the snapshots hold all consumers, and not a selection.
  package func states(knowsEveryConsumer: Bool) -> (before: State, after: State) {
    let solutions = Set((before.solutions + after.solutions).map { ObjectIdentifier($0) })
    let copies = Copies(in: before, after)
    func parts(
      _ instances: [Instance], _ consumers: (Instance) -> [Consumer]
    ) -> [State.Part] {
      instances.filter {
        solutions.contains(ObjectIdentifier($0)) && !($0.form == .clone && copies.contains($0))
      }.map { State.Part(instance: $0, consumers: consumers($0)) }
    }
    var changed: [InstancePlace: [Consumer]] = [:]
    for pair in consumers where pair.changesConnections {
      guard let consumer = pair.after, let instance = pair.instanceAfter else { continue }
      changed[InstancePlace(instance), default: []].append(consumer)
    }
    let former = formerNames
    return (
      State(
        Snapshot(
          instances: before.instances, settings: settingsBeforeAsNamedAfter, exports: before.exports
        ),
        conventions: conventions, declarations: declaredBefore,
        parts: parts(before.instances) { $0.consumers },
        // Nothing on this side is new; it only shows what was there already.
        additions: [:], knowsEveryConsumer: knowsEveryConsumer, former: former),
      State(
        after, conventions: conventions, declarations: declaredAfter,
        // What was unknown before may have been the same before.
        parts: parts(
          instances.filter { $0.before?.declarations != .unreadable }.compactMap(\.after)
        ) { changed[InstancePlace($0)] ?? [] },
        additions: Dictionary(
          firstOf: additions.map {
            ($0.reference.name, $0.pair.before?.declarations == .read ? .alone : .withSolution)
          }),
        knowsEveryConsumer: knowsEveryConsumer, former: former)
    )
  }

  /// The settings files of the side `before`, a moved one under its new path: a moved file
  /// is no reason to report its faults again.
  var settingsBeforeAsNamedAfter: [SettingsFile] {
    let pathsAfter = Set(after.settings.map(\.path))
    let pathsBefore = Set(before.settings.map(\.path))
    var added = after.settings.filter { !pathsBefore.contains($0.path) }
    guard !added.isEmpty else { return before.settings }
    return before.settings.map { file in
      guard !pathsAfter.contains(file.path),
        let position = added.firstIndex(where: { $0.rows == file.rows })
      else { return file }
      return SettingsFile(path: added.remove(at: position).path, rows: file.rows)
    }
  }
}

/// The place of an instance, which is unique in its snapshot.
private struct InstancePlace: Hashable {
  let folder: String
  let uniqueName: String

  init(_ instance: Instance) {
    folder = instance.folder
    uniqueName = instance.uniqueName
  }
}

extension ConsumerPair {
  /// True when a consumer that is there after names or uses anything else than before.
  fileprivate var changesConnections: Bool {
    guard let after else { return false }
    return before?.links != after.links || before?.usedAliases != after.usedAliases
      || before?.uses != after.uses || before?.childFlows != after.childFlows
      || (before?.connectorUses == 0) != (after.connectorUses == 0)
  }
}
