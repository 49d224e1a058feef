/// The result of a scan over many commits.
package struct History: Sendable {
  /// The newest first.
  package let incidents: [Incident]
  /// References that were re-created or replaced, ordered by solution and first name.
  package let lineages: [Lineage]
  /// Commits that were looked at.
  package let commits: Int
  /// In the revisions at the tips, each solution and reference once.
  package let solutions: Int
  package let references: Int
  package let consumers: Int
  /// False when the scan was ended before it had seen everything.
  package let isComplete: Bool
  /// Events that are only notes, where notes were left out.
  package let notesLeftOut: Int

  package init(
    incidents: [Incident], lineages: [Lineage], commits: Int, solutions: Int, references: Int,
    consumers: Int, isComplete: Bool, notesLeftOut: Int = 0
  ) {
    self.incidents = incidents
    self.lineages = lineages
    self.commits = commits
    self.solutions = solutions
    self.references = references
    self.consumers = consumers
    self.isComplete = isComplete
    self.notesLeftOut = notesLeftOut
  }
}
