package import Solution

/// Two instances that are compared: mostly the same solution at the same place on both sides.
package struct InstancePair: Sendable {
  package let before: Instance?
  package let after: Instance?
  /// True where the instance `before` was removed, and `after` is another release, which was there
  /// before as well.
  let isWithdrawal: Bool
  /// Declared after and not before, in this solution.
  let arrived: [Reference]
  /// Declared before and not after, in this solution.
  let left: [Reference]

  init(before: Instance?, after: Instance?, isWithdrawal: Bool = false) {
    self.before = before
    self.after = after
    self.isWithdrawal = isWithdrawal
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

  /// True where a release is compared with one at another place, or with nothing.
  var isAcrossPlaces: Bool { before?.folder != after?.folder }

  /// False where the side before or after says nothing of what is declared: a patch holds only what
  /// changed, and a declaration file may be missing or unreadable.
  var isComparable: Bool {
    guard let before, let after else { return false }
    return before.declarations == .read && after.declarations == .read
      && before.patchedSolution == nil && after.patchedSolution == nil
  }
}
