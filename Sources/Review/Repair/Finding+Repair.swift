package import Detection
import Editing
import Solution

extension Finding {
  /// The zips that declare its new references; empty where a file of a folder does.
  package var archives: Set<String> {
    let paths = after.map { $0.place?.path ?? "" }
    let archives = paths.compactMap { path -> String? in
      let parts = path.split(separator: ".zip/", maxSplits: 1)
      return parts.count > 1 ? "\(parts[0]).zip" : nil
    }
    return archives.count == paths.count ? Set(archives) : []
  }

  var stage: RepairKind.Stage { RuleBook.repair(of: rule)?.stage ?? .settings }

  /// True where its repair finds a row by its line, which another repair may move.
  func addsRows(_ direction: Repair.Direction) -> Bool {
    rows.contains { $0.state == .missing }
      && !(direction == .back && RuleBook.repair(of: rule) == .identity)
  }

  /// True when neither a consumer nor a row was left behind, but for those of `files`. A row that is missing is for
  /// `settings sync` to add.
  func isFollowed(besides files: Set<String>) -> Bool {
    rows.allSatisfy { $0.state == .missing || files.contains($0.place.path) }
      && consumers.allSatisfy { $0.state == .moved }
  }
}

extension Repair {
  /// True where the finding stays true when all have moved to the added reference.
  func leavesFinding(_ finding: Finding) -> Bool {
    direction == .forward && RuleBook.repair(of: finding.rule)?.remainsAfterMove == true
  }
}
