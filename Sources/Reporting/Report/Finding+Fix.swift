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
    let merge = onceMerged.map { main in
      FixStep.command(
        "git merge \(Checkout.quoted(main))", purpose: "merge '\(main)' into this branch")
    }
    let first = commands.isEmpty && merge == nil ? nil : arrival
    return [first, merge].compactMap { $0 } + commands + fix
  }

  /// What a repair forward does. A lost link was not moved from anywhere.
  private var forwardPurpose: String {
    RuleBook.repair(of: rule) == .link ? "use the nearest reference" : "finish the move"
  }
}
