import Platform
package import Solution

/// Two instances that are compared: mostly the same solution at the same place on both sides.
package struct InstancePair: Sendable {
  package let before: Instance?
  package let after: Instance?
  /// True where the instance `before` was removed, and `after` is another release, which was there
  /// before as well.
  let isWithdrawal: Bool
  /// The earlier commit that removed the instance `before`; nil where it is in the revision before.
  let removedIn: String?
  /// True where both sides declare the same references in the same places and in one spelling.
  let keepsReferences: Bool
  /// Declared after and not before, in this solution.
  let added: [Reference]
  /// Declared before and not after, in this solution.
  let removed: [Reference]
  /// Declared in full before, and a mere member after, in this solution.
  let emptied: [Reference]
  /// References that both sides declare, spelled otherwise or for another connector after.
  let altered: [(was: Reference, now: Reference)]

  init(
    before: Instance?, after: Instance?, isWithdrawal: Bool = false, removedIn: String? = nil
  ) {
    self.before = before
    self.after = after
    self.removedIn = removedIn
    self.isWithdrawal = isWithdrawal
    let former = before?.references ?? []
    let present = after?.references ?? []
    let areEqual = former == present
    keepsReferences =
      areEqual
      && former.indices.allSatisfy { former[$0].name.spelling == present[$0].name.spelling }
    altered = keepsReferences ? [] : Self.altered(from: former, to: present)
    if areEqual {
      added = []
      removed = []
      emptied = []
    } else {
      let formerNames = Set(former.map(\.name))
      let presentNames = Set(present.map(\.name))
      added = present.filter { !formerNames.contains($0.name) }
      removed = former.filter { !presentNames.contains($0.name) }
      let stubs = Set(present.filter(\.isStub).map(\.name))
        .subtracting(present.filter { !$0.isStub }.map(\.name))
      emptied = stubs.isEmpty ? [] : former.filter { !$0.isStub && stubs.contains($0.name) }
    }
  }

  private static func altered(
    from former: [Reference], to present: [Reference]
  ) -> [(was: Reference, now: Reference)] {
    func isAltered(_ was: Reference, _ now: Reference) -> Bool {
      was.connector != now.connector || was.name.spelling != now.name.spelling
    }
    let known = former.keyed(by: \.name)
    return present.compactMap { now in
      guard let was = known[now.name], isAltered(was, now) else { return nil }
      return (was, now)
    }
  }

  /// True where the solution, at its place, declares what it declared before and expects the same from
  /// elsewhere: a link that it holds on both sides leads where it led.
  var declaresTheSame: Bool {
    guard let before, let after, !isWithdrawal else { return false }
    return before.folder == after.folder && before.uniqueName == after.uniqueName
      && before.form == after.form && before.declarations == after.declarations
      && keepsReferences
      && before.externals.elementsEqual(after.externals) {
        $0.name == $1.name && $0.origin == $1.origin
      }
  }

  /// True when a name is declared on one side alone, in any letter case, or in full before alone.
  var changesNames: Bool { !added.isEmpty || !removed.isEmpty || !emptied.isEmpty }

  /// True where a release is compared with one at another place, or with nothing.
  var isAcrossPlaces: Bool { before?.folder != after?.folder }

  /// The same pair the other way round.
  package var reversed: InstancePair { InstancePair(before: after, after: before) }

  /// True where the file that declares the references was removed, and other files of the solution were
  /// not: what it declares is not known any more.
  package var losesDeclarations: Bool {
    guard let before, let after else { return false }
    return before.declarations == .read && !before.references.isEmpty
      && after.declarations == .absent
  }

  /// True where the side before has no solution, none of its declarations, or a patch in its place: an
  /// ancestor may have had them.
  var lacksFormerState: Bool {
    guard let before else { return true }
    guard let after, after.declarations == .read else { return false }
    return before.declarations == .absent
      || (before.patchedSolution != nil && after.patchedSolution == nil)
  }

  /// True where a patch was unpacked over its solution.
  var becomesPatch: Bool {
    guard let before, let after else { return false }
    return before.patchedSolution == nil && after.patchedSolution != nil
  }

  /// False where the side before or after says nothing of what is declared: a patch holds only what
  /// changed, and a declaration file may be missing or unreadable.
  var isComparable: Bool {
    guard let before, let after else { return false }
    return before.declarations == .read && after.declarations == .read
      && before.patchedSolution == nil && after.patchedSolution == nil
  }
}
