package import Detection
package import Git
package import Solution

/// The result of a history scan.
package struct HistoryOutcome: Sendable {
  package let history: History
  /// The problems, with the commit that has each; ordered by path.
  package let problems: [HistoryProblem]
  /// Of the reference that the user named, oldest first; empty where none was named.
  package let life: [LifeEvent]
  /// The ends of the branches that were looked at.
  package let tips: [(branch: String, commit: ObjectID)]
}

package struct HistoryProblem: Sendable, Hashable {
  package let problem: Problem
  /// 40 hexadecimal digits; nil where no single commit is meant.
  package let commit: String?
  /// The commit since which the file can be read on every branch, and that was compared with how it could
  /// be read last: nothing is unknown any more. 40 hexadecimal digits.
  package var correctedIn: String?
  /// True where the commit removed what says what other files are of, and some branch still lacks it or had
  /// it restored.
  package var isLoss = false
}
