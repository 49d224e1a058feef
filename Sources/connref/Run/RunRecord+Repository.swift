import Detection
import Git
import Reporting
import Review

extension RunRecord {
  /// Of a run of this program.
  ///
  /// - Parameter config: What `--config` names.
  init(
    _ revisions: [Revision], policy source: PolicySource? = nil, config: String? = nil,
    of repository: Repository?, in context: RunContext
  ) {
    self.init(
      time: context.reportTime, build: BuildVersion.commit, revisions: revisions,
      policy: source.map { Policy($0, config: config) })
    forge = repository?.configuration("remote.origin.url").flatMap { Forge(remote: $0) }
  }

  /// Of a check or an audit.
  init(
    _ outcome: CheckOutcome, config: String? = nil, of repository: Repository?,
    in context: RunContext
  ) {
    var after = Revision(
      outcome.before == outcome.after ? .revision : .after, outcome.after,
      outcome.commits.after, in: repository)
    after.blob = outcome.blobs.after?.hex
    var before =
      outcome.base.map { base in
        Revision(
          .before, name: "the merge base of \(base) and \(outcome.after.name)",
          outcome.commits.before, in: repository)
      } ?? Revision(.before, outcome.before, outcome.commits.before, in: repository)
    before.blob = outcome.blobs.before?.hex
    self.init(
      outcome.before == outcome.after ? [after] : [before, after], policy: outcome.policy,
      config: config, of: repository, in: context)
  }

  /// Of one revision, or of the files on the disk.
  init(
    at revision: String?, config: String? = nil, of repository: Repository, in context: RunContext
  ) throws {
    let files = PolicyFiles(repository)
    let commit =
      try revision.map { revision throws(GitError) in try repository.commitID(of: revision) }
      ?? repository.head().commit
    let side: Side =
      revision.map { .revision($0) } ?? (repository.isBare ? .revision("HEAD") : .worktree)
    self.init(
      [Revision(.revision, side, commit, in: repository)],
      policy: try files.source(of: try files.currentSide()), config: config, of: repository,
      in: context)
  }
}

extension RunRecord.Revision {
  init(
    _ role: Role, _ side: Side, _ commit: ObjectID?, in repository: Repository?
  ) {
    let isCommitted = if case .revision = side { true } else { false }
    self.init(role, name: side.name, commit, isCommitted: isCommitted, in: repository)
  }

  init(
    _ role: Role, name: String, _ id: ObjectID?, isCommitted: Bool = true,
    in repository: Repository?
  ) {
    // A commit that cannot be read again has no date, and its id says enough.
    let commit = id.flatMap { try? repository?.commit($0) }
    self.init(
      role, name: name, commit: id?.hex, date: commit?.committer.date,
      offset: commit?.committer.offset ?? 0, isCommitted: isCommitted)
  }
}

extension RunRecord.Policy {
  init(_ source: PolicySource, config: String?) {
    var files = source.files
    if config != nil { files[Configuration.path] = nil }
    let name: String? =
      switch source.side {
      case .index: "what is staged"
      case .worktree: "the worktree"
      case .commit(let id): source.name ?? String(id.hex.prefix(10))
      case .nowhere: nil
      }
    let commit: String? = if case .commit(let id) = source.side { id.hex } else { nil }
    let given = config.map { File(path: $0, blob: nil) }
    let own = files.sorted { $0.key < $1.key }.map { File(path: $0.key, blob: $0.value.hex) }
    self.init(
      source: own.isEmpty ? config : name, commit: own.isEmpty ? nil : commit,
      files: [given].compactMap { $0 } + own)
  }
}
