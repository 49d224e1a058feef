import Solution

/// The repair of a lost link.
extension LinkLost {
  /// True when a solution that is still there declared `name` before.
  static func isRestored(_ name: LogicalName, in comparison: Comparison) -> Bool {
    comparison.instances.contains { pair in
      pair.after != nil && pair.after?.form != .archive
        && pair.before?.references.contains { $0.name == name } == true
    }
  }

  /// True when the revision before shows which reference the link should use.
  static func isTakenBack(
    _ name: LogicalName, _ pair: ConsumerPair, in comparison: Comparison
  ) -> Bool {
    guard let before = pair.before else { return false }
    // There is no file to put the declaration back into.
    if pair.instanceBefore?.declarations == .read, pair.instanceAfter?.declarations == .absent {
      return false
    }
    if before.names(name) { return isRestored(name, in: comparison) }
    return (pair.after?.links(to: name) ?? []).contains { link in
      before.links(aliased: link.alias).contains { former in
        former.alias == link.alias && link.mayShareConnector(with: former)
          && former.reference.map { comparison.declaredAfter.declares($0) } ?? false
      }
    }
  }

  static func repair(
    _ instance: Instance, isTakenBack: Bool, isNear: Bool
  ) -> RepairOffer? {
    guard instance.form != .archive else { return nil }
    switch (isTakenBack, isNear) {
    case (true, true): return .either
    case (true, false): return .back
    case (false, true): return .forward
    case (false, false): return nil
    }
  }
}
