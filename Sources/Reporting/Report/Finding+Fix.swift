import Detection

extension Finding {
  /// The whole fix: what a patch can do, as command lines, then the steps of the rule.
  ///
  /// - Parameters:
  ///   - onDisk: The finding is about the files on the disk, which need not be staged.
  ///   - arrival: How to go to the branch that a patch is for; nil where it is checked out.
  func fixSteps(onDisk: Bool = false, arrival: FixStep? = nil) -> [FixStep] {
    let apply = onDisk ? "--worktree --apply" : "--apply"
    let back = "connref repair \(id) \(apply)"
    let forward = "connref repair \(id) --forward \(apply)"
    let commands: [FixStep] =
      switch repair {
      case nil: []
      case .back: [.command(back)]
      case .forward: [.command(forward, purpose: forwardPurpose)]
      case .either:
        [
          .command(back, purpose: "take it back"),
          .command(forward, purpose: "or \(forwardPurpose)"),
        ]
      }
    return (commands.isEmpty ? [] : [arrival].compactMap { $0 }) + commands + fix
  }

  /// What a repair forward does. A lost link was not moved from anywhere.
  private var forwardPurpose: String {
    RuleBook.repair(of: rule) == .link ? "use the nearest reference" : "finish the move"
  }
}
