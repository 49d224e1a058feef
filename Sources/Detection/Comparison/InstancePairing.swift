import Solution

/// Decides which instances of a solution are compared: the one place for it.
///
/// First an instance with itself, at its place, in any version. A new one is compared with the
/// highest version of its line before, or with the last state of a line that only ancestors have. A
/// removed one is compared with the highest version of its line that remains, where it was a newer
/// one: an older release and a copy remove nothing.
struct InstancePairing {
  private let before: [Instance]
  private let after: [Instance]
  private(set) var pairs: [InstancePair] = []
  /// Where versions do not show which release precedes another one, and it matters.
  private(set) var remarks: [Problem] = []
  /// On the side before alone, and not paired yet.
  private var removed: [Instance] = []
  /// On the side after alone, and not paired yet.
  private var added: [Instance] = []

  /// - Parameter lastStates: of lines that are on neither side before, from the ancestors.
  init(
    from before: Snapshot, to after: Snapshot, lastStates: [SolutionLine: Past.LastRelease] = [:]
  ) {
    self.before = before.instances
    self.after = after.instances
    pairSamePlaces()
    guard !removed.isEmpty || !added.isEmpty else {
      pairLastStates(lastStates)
      return
    }
    pairMoved()
    pairRenamed()
    pairReleases()
    // The same solution as another kind; then under another unique name.
    pairRest { $0.isSameSolution(as: $1) }
    pairRest { $0.sharesMostConsumers(with: $1) }
    pairLastStates(lastStates)
    pairWithdrawn()
    pairs += added.map { InstancePair(before: nil, after: $0) }
  }

  /// Those that both sides read from the same files are left out: in a large repository nearly all.
  private mutating func pairSamePlaces() {
    var here = before.startIndex
    var there = after.startIndex
    // Both are ordered by folder, then by unique name, then by form.
    while here < before.endIndex || there < after.endIndex {
      let order = order(here, there)
      if order == 0 {
        if before[here].source !== after[there].source {
          pairs.append(InstancePair(before: before[here], after: after[there]))
        }
      } else if order < 0 {
        removed.append(before[here])
      } else {
        added.append(after[there])
      }
      if order <= 0 { here += 1 }
      if order >= 0 { there += 1 }
    }
  }

  /// Negative where the first is earlier; an instance precedes the end of the other list.
  private func order(_ here: Int, _ there: Int) -> Int {
    guard here < before.endIndex else { return 1 }
    guard there < after.endIndex else { return -1 }
    let (left, right) = (before[here], after[there])
    if left.folder != right.folder { return left.folder < right.folder ? -1 : 1 }
    if left.uniqueName != right.uniqueName { return left.uniqueName < right.uniqueName ? -1 : 1 }
    if left.form != right.form { return left.form.rawValue < right.form.rawValue ? -1 : 1 }
    return 0
  }

  /// Another form in the same folder, another name in it, the same files elsewhere, the same version
  /// elsewhere. Where one solution was in two folders, the form shows which of them moved.
  private mutating func pairMoved() {
    pairRest { $0.folder == $1.folder && $0.isSameSolution(as: $1) }
    pairRest { $0.folder == $1.folder && $0.form == $1.form }
    pairRest { $0.folder == $1.folder }
    pairRest { $0.source === $1.source && SolutionLine($0) == SolutionLine($1) }
    pairRest {
      $0.form == $1.form && $0.version == $1.version && SolutionLine($0) == SolutionLine($1)
    }
  }

  /// A folder of the same flows under another unique name. It precedes a build of the solution
  /// under its old name, which counts only now that the folder is removed.
  private mutating func pairRenamed() {
    let names = Set(added.filter { !$0.mayBeCopy }.map(\.solutionKey))
    pairRest {
      !$0.mayBeCopy && $0.form == $1.form && !names.contains($0.solutionKey)
        && $0.sharesMostConsumers(with: $1)
    }
  }

  private mutating func pairRest(_ matches: (Instance, Instance) -> Bool) {
    for instance in removed {
      guard
        let position = added.firstIndex(where: {
          (instance.form == .clone) == ($0.form == .clone) && matches(instance, $0)
        })
      else { continue }
      pairs.append(InstancePair(before: instance, after: added.remove(at: position)))
      removed.removeAll { $0 === instance }
    }
  }

  /// A new release, beside the older ones or in their place.
  private mutating func pairReleases() {
    var rest: [Instance] = []
    for instance in added {
      let line = SolutionLine(instance)
      let releases = instance.form.hasManifest ? before.filter { SolutionLine($0) == line } : []
      let earlier = releases.filter { !instance.isReleased(before: $0) }
      // An older release that was added later says nothing of the newer ones, as long as those stay.
      if !releases.isEmpty, earlier.isEmpty, releases.allSatisfy(stays) { continue }
      guard
        let former = (earlier.isEmpty ? releases : earlier).max(by: { isLess($0, $1, instance) })
      else {
        rest.append(instance)
        continue
      }
      remark(on: instance, comparedWith: former, ratherThan: releases)
      pairs.append(InstancePair(before: former, after: instance))
      removed.removeAll { $0 === former }
    }
    added = rest
  }

  /// Says so where another release would have been as good, and declares something else.
  private mutating func remark(
    on instance: Instance, comparedWith former: Instance, ratherThan releases: [Instance]
  ) {
    let others = releases.filter {
      $0 !== former && $0.references != former.references
        && ($0.version == nil || $0.version == former.version)
        && ($0.form == .archive) == (former.form == .archive)
    }
    guard let other = others.first else { return }
    let reason =
      other.version == nil
      ? "the version of '\(other.folder)' cannot be read, so that the order of paths decided"
      : "'\(other.folder)' has the same version and declares other references"
    remarks.append(
      Problem(
        path: instance.folder,
        message: "'\(instance.uniqueName)' was compared with '\(former.folder)': \(reason)",
        hidesContent: false))
  }

  private func stays(_ instance: Instance) -> Bool {
    after.contains { $0.folder == instance.folder && SolutionLine($0) == SolutionLine(instance) }
  }

  /// By version; of equal ones a folder precedes a zip, then what was removed, then the same form.
  private func isLess(_ one: Instance, _ other: Instance, _ instance: Instance?) -> Bool {
    if one.isReleased(before: other) || other.isReleased(before: one) {
      return one.isReleased(before: other)
    }
    func rank(_ candidate: Instance) -> Int {
      (candidate.form == .archive ? 0 : 4) + (stays(candidate) ? 0 : 2)
        + (candidate.form == instance?.form ? 1 : 0)
    }
    if rank(one) != rank(other) { return rank(one) < rank(other) }
    return one.folder < other.folder
  }

  /// A solution that is added again, or whose declarations are, is compared with what an ancestor had.
  private mutating func pairLastStates(_ states: [SolutionLine: Past.LastRelease]) {
    guard !states.isEmpty else { return }
    pairs = pairs.map { pair in
      guard pair.lacksFormerState, let after = pair.after, let state = states[SolutionLine(after)]
      else { return pair }
      return InstancePair(before: state.instance, after: after, removedIn: state.commit)
    }
    added = added.filter { instance in
      guard let state = states[SolutionLine(instance)] else { return true }
      pairs.append(
        InstancePair(before: state.instance, after: instance, removedIn: state.commit))
      return false
    }
  }

  /// Pairs removed instances that were newer than any release that remains.
  private mutating func pairWithdrawn() {
    for instance in removed {
      let line = SolutionLine(instance)
      let releases = instance.form.hasManifest ? after.filter { SolutionLine($0) == line } : []
      let newest = releases.max { isLess($0, $1, instance) }
      if let newest, newest.isReleased(before: instance) {
        pairs.append(InstancePair(before: instance, after: newest, isWithdrawal: true))
      } else {
        pairs.append(InstancePair(before: instance, after: nil))
      }
    }
  }
}

extension Instance {
  /// By version alone; one that cannot be read precedes any other.
  fileprivate func isReleased(before other: Instance) -> Bool {
    switch (version, other.version) {
    case (let own?, let others?): own < others
    case (nil, .some): true
    case (_, nil): false
    }
  }

  fileprivate func sharesMostConsumers(with other: Instance) -> Bool {
    let common = Set(consumers.map(\.id)).intersection(other.consumers.map(\.id)).count
    return common * 2 > max(consumers.count, other.consumers.count)
  }
}
