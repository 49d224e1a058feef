import Detection
import Git
import Solution

/// Adds to findings of a merge which commit did its part on which side: one removed a reference,
/// another made a flow use it.
struct MergeStory {
  /// The commits that are merged, `HEAD` first.
  let sides: [ObjectID]
  /// Whether a commit may have changed who declares or uses one of these references; a caller that knows
  /// what commits did saves their reading.
  var mayConcern: (Commit, Set<LogicalName>) -> Bool = { _, _ in true }
  /// How many commits of each side are looked at.
  private static let limit = 500

  private struct Event {
    let side: Int
    let remark: String
  }

  /// The same findings, with remarks on those that both sides caused.
  ///
  /// A commit that cannot be read ends the walk of its side: only a remark is missing, the
  /// finding stays.
  func explaining(_ findings: [Finding], with loader: inout SnapshotLoader) -> [Finding] {
    let names = Set(findings.flatMap { $0.before.map(\.name) })
    let consumers = Set(findings.flatMap { $0.consumers.map(\.id) })
    guard sides.count > 1, !names.isEmpty, !consumers.isEmpty else { return findings }
    var removed: [LogicalName: [Event]] = [:]
    var named: [Link: [Event]] = [:]
    for (number, side) in sides.enumerated() {
      let others = sides.filter { $0 != side }
      var walk = Ancestors(of: [side], hiding: others, in: loader.repository)
      for _ in 0..<Self.limit {
        guard let commit = try? walk.next(), let first = commit.parents.first else { break }
        guard mayConcern(commit, names) else { continue }
        guard let after = try? loader.tree(commit.tree), let before = try? loader.tree(of: first)
        else { break }
        guard before.root !== after.root else { continue }
        let step = Step(
          from: loader.outline(of: before).0.instances, to: loader.outline(of: after).0.instances)
        for name in names where step.removes(name) {
          removed[name, default: []].append(
            Event(side: number, remark: "\(Self.words(commit)) removed \(name.spelling)"))
        }
        for link in step.links(added: names, by: consumers) {
          named[link, default: []].append(
            Event(side: number, remark: "\(Self.words(commit)) made a flow use it"))
        }
      }
    }
    return findings.map { Self.explaining($0, removed, named) }
  }

  private static func explaining(
    _ finding: Finding, _ removed: [LogicalName: [Event]], _ named: [Link: [Event]]
  ) -> Finding {
    var finding = finding
    var remarks: [String] = []
    for name in finding.before.map(\.name) {
      guard let removal = removed[name]?.first else { continue }
      let links = finding.consumers.compactMap {
        named[Link(consumer: $0.id, reference: name)]?.first
      }.filter { $0.side != removal.side }
      guard !links.isEmpty else { continue }
      remarks.append(removal.remark)
      for link in links where !remarks.contains(link.remark) { remarks.append(link.remark) }
    }
    finding.remarks += remarks
    return finding
  }

  /// `commit 4f2c9e1a2b by Anna Berg ('Export Sales')`.
  private static func words(_ commit: Commit) -> String {
    "commit \(commit.id.hex.prefix(10)) by \(commit.author.name) ('\(commit.summary)')"
  }

  private struct Link: Hashable {
    let consumer: String
    let reference: LogicalName
  }

  /// The change of one commit. Unchanged solutions are one object on both sides, and are not
  /// looked at.
  private struct Step {
    private let before: [Instance]
    private let after: [Instance]
    private let removed: [Instance]
    private let added: [Instance]

    init(from before: [Instance], to after: [Instance]) {
      self.before = before
      self.after = after
      let (left, right) = (
        Set(before.map(ObjectIdentifier.init)), Set(after.map(ObjectIdentifier.init))
      )
      removed = before.filter { !right.contains(ObjectIdentifier($0)) }
      added = after.filter { !left.contains(ObjectIdentifier($0)) }
    }

    /// True where it was declared in full before, and is not after.
    func removes(_ name: LogicalName) -> Bool {
      removed.contains { Self.declares(name, $0) } && !after.contains { Self.declares(name, $0) }
    }

    /// Uses of these names by these consumers that were not there before.
    func links(added names: Set<LogicalName>, by consumers: Set<String>) -> Set<Link> {
      var links: Set<Link> = []
      for instance in added {
        for name in names {
          for consumer in instance.consumers(naming: name)
          where consumers.contains(consumer.id) && !wasUsed(name, by: consumer.id) {
            links.insert(Link(consumer: consumer.id, reference: name))
          }
        }
      }
      return links
    }

    private func wasUsed(_ name: LogicalName, by consumer: String) -> Bool {
      before.contains { $0.consumers(withID: consumer).contains { $0.names(name) } }
    }

    private static func declares(_ name: LogicalName, _ instance: Instance) -> Bool {
      instance.references(named: name).contains { !$0.isStub }
    }
  }
}
