import Solution

/// The same solution on both sides, as far as it is on both.
struct InstancePair: Sendable {
  let before: Instance?
  let after: Instance?

  /// False when both sides were read from the same files in the same folder.
  var isChanged: Bool {
    guard let before, let after else { return true }
    return before.source !== after.source || before.folder != after.folder
  }

  /// True when a name is declared on one side alone, in any letter case.
  var changesNames: Bool {
    Set((before?.references ?? []).map(\.name)) != Set((after?.references ?? []).map(\.name))
  }

  /// By folder, then by unique name, then by the overlap of their consumers' ids: a moved or
  /// renamed folder, a changed unique name and another form on disk change nothing.
  static func pairs(before: Snapshot, after: Snapshot) -> [InstancePair] {
    var pairs: [InstancePair] = []
    var left = before.instances
    var right = after.instances
    func take(_ matches: (Instance, Instance) -> Bool) {
      for instance in left {
        guard
          let position = right.firstIndex(where: {
            // A build of some day is not what became of a folder, nor the other way round.
            instance.isCopy == $0.isCopy && matches(instance, $0)
          })
        else { continue }
        pairs.append(InstancePair(before: instance, after: right.remove(at: position)))
        left.removeAll { $0.folder == instance.folder && $0.uniqueName == instance.uniqueName }
      }
    }
    if left.count > 8, right.count > 8 {
      pairs = takeEqual(&left, &right)
    }
    take { $0.folder == $1.folder && $0.uniqueName.lowercased() == $1.uniqueName.lowercased() }
    take { $0.folder == $1.folder && $0.form == $1.form }
    take { $0.folder == $1.folder }
    take { $0.uniqueName.lowercased() == $1.uniqueName.lowercased() }
    take { overlap($0, $1) * 2 > max($0.consumers.count, $1.consumers.count) }
    pairs += left.map { InstancePair(before: $0, after: nil) }
    pairs += right.map { InstancePair(before: nil, after: $0) }
    return pairs
  }

  /// The instances that both sides read from the same files, out of the way at once: in a large
  /// repository nearly all of them.
  private static func takeEqual(_ left: inout [Instance], _ right: inout [Instance])
    -> [InstancePair]
  {
    var byFolder: [String: Instance] = [:]
    for instance in right { byFolder[instance.folder + "\n" + instance.uniqueName] = instance }
    var equal: Set<String> = []
    var pairs: [InstancePair] = []
    for instance in left {
      let key = instance.folder + "\n" + instance.uniqueName
      guard let other = byFolder[key], other.source === instance.source else { continue }
      equal.insert(key)
      pairs.append(InstancePair(before: instance, after: other))
    }
    left.removeAll { equal.contains($0.folder + "\n" + $0.uniqueName) }
    right.removeAll { equal.contains($0.folder + "\n" + $0.uniqueName) }
    return pairs
  }

  private static func overlap(_ left: Instance, _ right: Instance) -> Int {
    Set(left.consumers.map(\.id)).intersection(right.consumers.map(\.id)).count
  }
}
