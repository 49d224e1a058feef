/// What `connref repair` can do about a finding.
package enum RepairOffer: Hashable, Sendable {
  /// Take the change back.
  case back
  /// Finish the move to what came.
  case forward
  case either
}

extension Finding {
  /// The way out, a step each: what can be pasted first.
  package var remedy: [String] { remedy(onDisk: false) }

  /// The same.
  ///
  /// - Parameter onDisk: the finding is about the files on the disk, which need not be staged.
  package func remedy(onDisk: Bool) -> [String] {
    let apply = onDisk ? "--worktree | git apply" : "| git apply --index"
    let back = "connref repair \(id) \(apply)"
    let forward = "connref repair \(id) --forward \(apply)"
    let commands =
      switch repair {
      case nil: [String]()
      case .back: [back]
      case .forward: ["finish the move: \(forward)"]
      case .either: ["take it back: \(back)", "or finish the move: \(forward)"]
      }
    return commands + steps
  }
}
