/// The record that makes a report evidence: which revisions were looked at, when, by which version
/// of connref, and under which policy.
package struct RunRecord: Hashable, Sendable {
  /// One of the revisions that were looked at.
  package struct Revision: Hashable, Sendable {
    /// Its role in the run. The raw value is a promise of JSON.
    package enum Role: String, Sendable {
      case before, after
      /// The revision of a command that compares nothing.
      case revision
      /// The branch that others are compared with.
      case main
      /// The end of a branch.
      case branch
    }

    let role: Role
    /// As the user knows it: `HEAD`, `what is staged`.
    let name: String
    /// In hexadecimal; of what is not committed, the commit that is checked out. Nil where there is none.
    let commit: String?
    /// The committer's time, in seconds since 1970.
    let date: Int64?
    /// Minutes east of Greenwich.
    let offset: Int
    let isCommitted: Bool
    /// git's id of the bytes of a zip that is looked at without git.
    package var blob: String?

    package init(
      _ role: Role, name: String, commit: String?, date: Int64? = nil, offset: Int = 0,
      isCommitted: Bool = true
    ) {
      self.role = role
      self.name = name
      self.commit = commit
      self.date = date
      self.offset = offset
      self.isCommitted = isCommitted
    }
  }

  /// The files that said by which rules to judge.
  package struct Policy: Hashable, Sendable {
    /// Where they were read: `HEAD`, `what is staged`, the name of a file; nil where none is there and the
    /// built-in defaults were used.
    let source: String?
    /// The commit that they were read from; nil where they were not.
    let commit: String?
    /// Each file, and git's id of what it held.
    let files: [File]

    package struct File: Hashable, Sendable {
      let path: String
      /// Nil for a file that was named on the command line.
      let blob: String?

      package init(path: String, blob: String?) {
        self.path = path
        self.blob = blob
      }
    }

    package init(source: String?, commit: String?, files: [File]) {
      self.source = source
      self.commit = commit
      self.files = files
    }
  }

  /// In seconds since 1970.
  let time: Int64
  /// The repository's pages; nil where its remote is none that is known.
  package var forge: Forge?
  /// The commit that the program was built from; nil where the build does not know it.
  let build: String?
  var revisions: [Revision]
  let policy: Policy?
  /// Nil where no environment was looked at.
  package var inventory: Inventory?

  package init(time: Int64, build: String?, revisions: [Revision], policy: Policy?) {
    self.time = time
    self.build = build
    self.revisions = revisions
    self.policy = policy
  }

  /// `2026-05-20T16:12:03Z`.
  var timestamp: String { CivilDate(time).timestamp }

  /// `connref 0.2.0 (1f2e3d4c5b6a)`.
  var maker: PrintableText {
    let build: PrintableText = build.map { " (\($0))" } ?? ""
    return "connref \(ToolVersion.current)\(build)"
  }

  /// How many revisions a line for people names.
  private static let limit = 4

  /// `4f2c9e1a2b (main, 2026-05-20) against …`.
  var revisionWords: Phrase {
    let shown = revisions.prefix(Self.limit).map(\.words)
    let rest = revisions.count - shown.count
    let more: [Phrase] = rest > 0 ? ["\(rest) more"] : []
    return Phrase(joining: shown + more, separator: ", ")
  }

  /// `.connref.yml and .connref-accepted.yml of main (4f2c9e1a2b)`.
  var policyWords: Phrase? {
    guard let policy else { return nil }
    guard let source = policy.source, !policy.files.isEmpty else { return "built-in defaults" }
    let files = Phrase(
      joining: policy.files.map { "\(name: $0.path)" }, separator: " and ")
    let commit: Phrase =
      policy.commit.flatMap { $0.prefix(10) == source ? nil : " (\(commit: $0))" } ?? ""
    return source == policy.files.first?.path
      ? files : "\(files) of \(source.shortened(to: 60))\(commit)"
  }

  /// `compared HEAD (4f2c9e1a2b of 2026-05-20) with what is staged at 2026-05-20T16:12:03Z with connref
  /// 0.2.0, policy: built-in defaults`.
  var sentence: Phrase {
    let policy: Phrase = policyWords.map { ", policy: \($0)" } ?? ""
    let beside: Phrase = inventory.map { " beside inventory \($0.words)" } ?? ""
    return "\(lookedAt)\(beside) at \(timestamp) with \(maker)\(policy)"
  }

  private var lookedAt: Phrase {
    if revisions.isEmpty { return "made" }
    guard revisions.count == 2, revisions[0].role == .before else {
      return "looked at \(revisionWords)"
    }
    let (before, after) = (revisions[0], revisions[1])
    // What is not committed is mostly compared with the commit that it is on top of.
    let isOnBefore =
      !after.isCommitted && after.commit != nil && after.commit == before.commit
    return "compared \(before.words) with \(isOnBefore ? "\(after.shortName)" : after.words)"
  }

  /// Every revision and the inventory, a line each.
  var details: [PrintableText] {
    revisions.map { "looked at \($0.role.rawValue): \($0.words.text)" }
      + (inventory.map { ["looked at inventory: \($0.words)"] } ?? [])
  }

  /// For tables and properties: a name and a value each.
  var cells: [(name: String, value: PrintableText)] {
    var cells: [(name: String, value: PrintableText)] = [
      ("run time", "\(timestamp)"), ("connref version", maker),
      ("revisions", revisionWords.text),
    ]
    if let inventory { cells.append(("inventory", inventory.words)) }
    if let policy = policyWords { cells.append(("policy", policy.text)) }
    return cells
  }

  /// The record for programs.
  var value: JSONValue {
    .object(
      [
        ("time", .text(timestamp)),
        ("version", .text(ToolVersion.current)),
        ("build", .text(build)),
        ("repository", .text(forge?.address)),
        ("revisions", .array(revisions.map(\.value))),
        ("policy", policy?.value ?? .null),
      ] + (inventory.map { [("inventory", $0.value)] } ?? []))
  }
}

extension RunRecord.Revision {
  fileprivate var shortName: String { name.shortened(to: 120) }

  fileprivate var words: Phrase {
    if let blob { return "\(shortName) (blob \(name: String(blob.prefix(10))))" }
    guard let commit else { return "\(shortName)" }
    let short = String(commit.prefix(10))
    let day: PrintableText = date.map { " of \(CivilDate($0, offset: offset).dayText)" } ?? ""
    if !isCommitted { return "\(shortName) on top of \(commit: commit)\(day)" }
    return short == name || commit == name
      ? "\(commit: commit)\(day)" : "\(shortName) (\(commit: commit)\(day))"
  }

  fileprivate var value: JSONValue {
    [
      "role": .text(role.rawValue),
      "name": .text(name),
      "commit": .text(commit),
      "date": .text(date.map { CivilDate($0, offset: offset).timestamp }),
      "committed": .boolean(isCommitted),
      "blob": .text(blob),
    ]
  }
}

extension RunRecord.Policy {
  fileprivate var value: JSONValue {
    [
      "source": .text(source),
      "commit": .text(commit),
      "files": .array(files.map { ["path": .text($0.path), "blob": .text($0.blob)] }),
    ]
  }
}
