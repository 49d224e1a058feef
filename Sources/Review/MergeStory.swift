import Detection
import Git
import Solution

/// Tells, of what a merge broke, which commit did its part on which side: one let a reference go,
/// another made a flow name it.
struct MergeStory {
  /// The commits that are merged, `HEAD` first.
  let sides: [ObjectID]
  /// How many commits of each side are looked at.
  private static let limit = 500

  private struct Event {
    let side: Int
    let remark: String
  }

  /// The same findings, with remarks on those that took two sides.
  ///
  /// A commit that cannot be read ends the walk of its side: what is missing is a remark, and the
  /// finding stands without it.
  func telling(_ findings: [Finding], with loader: inout SnapshotLoader) -> [Finding] {
    let names = Set(findings.flatMap { $0.before.map(\.name) })
    let consumers = Set(findings.flatMap { $0.consumers.map(\.id) })
    guard sides.count > 1, !names.isEmpty, !consumers.isEmpty else { return findings }
    var gone: [LogicalName: [Event]] = [:]
    var named: [Link: [Event]] = [:]
    for (number, side) in sides.enumerated() {
      let others = sides.filter { $0 != side }
      var walk = Ancestors(of: [side], hiding: others, in: loader.repository)
      for _ in 0..<Self.limit {
        guard let commit = try? walk.next(), let first = commit.parents.first,
          let after = try? loader.tree(commit.tree), let before = try? loader.tree(of: first)
        else { break }
        guard before.root !== after.root else { continue }
        let left = Names(loader.snapshot(of: before).0)
        let right = Names(loader.snapshot(of: after).0)
        for name in names where left.declared.contains(name) && !right.declared.contains(name) {
          gone[name, default: []].append(
            Event(side: number, remark: "\(Self.words(commit)) let \(name.spelling) go"))
        }
        for link in right.links.subtracting(left.links)
        where names.contains(link.reference) && consumers.contains(link.consumer) {
          named[link, default: []].append(
            Event(side: number, remark: "\(Self.words(commit)) made a flow name it"))
        }
      }
    }
    return findings.map { Self.telling($0, gone, named) }
  }

  private static func telling(
    _ finding: Finding, _ gone: [LogicalName: [Event]], _ named: [Link: [Event]]
  ) -> Finding {
    var finding = finding
    var remarks: [String] = []
    for name in finding.before.map(\.name) {
      guard let departure = gone[name]?.first else { continue }
      let links = finding.consumers.compactMap {
        named[Link(consumer: $0.id, reference: name)]?.first
      }.filter { $0.side != departure.side }
      guard !links.isEmpty else { continue }
      remarks.append(departure.remark)
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

  /// What a snapshot declares and names.
  private struct Names {
    let declared: Set<LogicalName>
    let links: Set<Link>

    init(_ snapshot: Snapshot) {
      declared = Set(
        snapshot.instances.flatMap { $0.references.filter { !$0.isStub }.map(\.name) })
      links = Set(
        snapshot.instances.flatMap(\.consumers).flatMap { consumer in
          consumer.links.compactMap(\.reference).map {
            Link(consumer: consumer.id, reference: $0)
          }
        })
    }
  }
}
