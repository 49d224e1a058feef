package import Detection
package import Solution

/// All that a repair is worked out from: a finding, what it was found in, and the files of both sides.
package struct RepairCase {
  let finding: Finding
  /// Of whole snapshots: every consumer is in them.
  let comparison: Comparison
  let before: RevisionFiles
  let after: RevisionFiles
  /// The revision before an earlier commit removed the reference in question.
  let past: Revision?

  /// A revision read whole.
  package struct Revision {
    let snapshot: Snapshot
    let files: RevisionFiles

    package init(snapshot: Snapshot, files: RevisionFiles) {
      self.snapshot = snapshot
      self.files = files
    }

    /// True when one of `names` is declared.
    package func declares(oneOf names: Set<LogicalName>) -> Bool {
      snapshot.instances.contains { instance in
        instance.references.contains { names.contains($0.name) }
      }
    }
  }

  /// - Parameter conventions: say whose settings files are whose.
  package init(
    _ finding: Finding, before: Revision, after: Revision, past: Revision? = nil,
    conventions: Conventions
  ) {
    self.finding = finding
    comparison = Comparison(
      before: before.snapshot, after: after.snapshot, conventions: conventions
    ).with(settings: after.snapshot.settings, before: before.snapshot.settings)
    self.before = before.files
    self.after = after.files
    self.past = past
  }
}

/// A change of identity, to be taken back or finished.
struct Renaming {
  /// The names that consumers are to use, and solutions to declare.
  let wanted: [LogicalName]
  /// The names that they use and declare now.
  let unwanted: [LogicalName]

  private let wantedSet: Set<LogicalName>
  private let unwantedSet: Set<LogicalName>

  init(to wanted: [LogicalName], from unwanted: [LogicalName]) {
    self.wanted = wanted
    self.unwanted = unwanted
    wantedSet = Set(wanted)
    unwantedSet = Set(unwanted)
  }

  func wants(_ name: LogicalName) -> Bool { wantedSet.contains(name) }

  func leaves(_ name: LogicalName) -> Bool { unwantedSet.contains(name) }
}
