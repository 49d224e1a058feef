package import Solution

/// The same solution on both sides, as far as it is on both.
package struct InstancePair: Sendable {
  package let before: Instance?
  package let after: Instance?
  /// Declared after and not before, in this solution.
  let arrived: [Reference]
  /// Declared before and not after, in this solution.
  let left: [Reference]

  init(before: Instance?, after: Instance?) {
    self.before = before
    self.after = after
    let former = before?.references ?? []
    let present = after?.references ?? []
    if former == present {
      arrived = []
      left = []
    } else {
      let formerNames = Set(former.map(\.name))
      let presentNames = Set(present.map(\.name))
      arrived = present.filter { !formerNames.contains($0.name) }
      left = former.filter { !presentNames.contains($0.name) }
    }
  }

  /// True when a name is declared on one side alone, in any letter case.
  var changesNames: Bool { !arrived.isEmpty || !left.isEmpty }

  /// By folder, then by unique name, then by the overlap of their consumers' ids: a moved or
  /// renamed folder, a changed unique name and another form on disk change nothing.
  ///
  /// Those that both sides read from the same files in the same folder are left out: in a large
  /// repository nearly all of them.
  static func changed(from before: Snapshot, to after: Snapshot) -> [InstancePair] {
    var pairs: [InstancePair] = []
    var left: [Instance] = []
    var right: [Instance] = []
    var here = before.instances.startIndex
    var there = after.instances.startIndex
    // Both are ordered by folder, then by unique name.
    while here < before.instances.endIndex || there < after.instances.endIndex {
      let order = order(before.instances, here, after.instances, there)
      if order == 0 {
        if before.instances[here].source !== after.instances[there].source {
          pairs.append(InstancePair(before: before.instances[here], after: after.instances[there]))
        }
      } else if order < 0 {
        left.append(before.instances[here])
      } else {
        right.append(after.instances[there])
      }
      if order <= 0 { here += 1 }
      if order >= 0 { there += 1 }
    }
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
    take { $0.folder == $1.folder && $0.uniqueName.lowercased() == $1.uniqueName.lowercased() }
    take { $0.folder == $1.folder && $0.form == $1.form }
    take { $0.folder == $1.folder }
    // Where one solution lay in two folders, the form tells which of them moved.
    take { $0.form == $1.form && $0.uniqueName.lowercased() == $1.uniqueName.lowercased() }
    take { $0.uniqueName.lowercased() == $1.uniqueName.lowercased() }
    take { overlap($0, $1) * 2 > max($0.consumers.count, $1.consumers.count) }
    pairs += left.map { InstancePair(before: $0, after: nil) }
    pairs += right.map { InstancePair(before: nil, after: $0) }
    return pairs
  }

  /// Negative where the first comes first; an instance comes before the end of the other list.
  private static func order(
    _ left: [Instance], _ here: Int, _ right: [Instance], _ there: Int
  ) -> Int {
    guard here < left.endIndex else { return 1 }
    guard there < right.endIndex else { return -1 }
    if left[here].folder != right[there].folder {
      return left[here].folder < right[there].folder ? -1 : 1
    }
    if left[here].uniqueName == right[there].uniqueName { return 0 }
    return left[here].uniqueName < right[there].uniqueName ? -1 : 1
  }

  private static func overlap(_ left: Instance, _ right: Instance) -> Int {
    Set(left.consumers.map(\.id)).intersection(right.consumers.map(\.id)).count
  }
}
