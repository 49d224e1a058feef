import Detection
import Git
import Platform
import Solution

/// Adds remarks to findings of a merge: which commit on which side removed the reference, which one made a
/// flow use it, which side still declares it.
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
    let consumers = findings.flatMap(\.consumers).keyed(by: \.id)
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
        for link in step.links(added: names, by: Set(consumers.keys)) {
          let words = ConsumerWords([consumers[link.consumer]].compactMap(\.self))
          named[link, default: []].append(
            Event(side: number, remark: "\(Self.words(commit)) made \(words.singular) use it"))
        }
      }
    }
    let lost = Set(findings.lazy.filter { $0.rule == .linkLost }.flatMap(\.before).map(\.name))
    let homes = homes(of: lost, with: &loader)
    return findings.map { Self.addingHome(to: Self.explaining($0, removed, named), homes) }
  }

  /// Where a merged side declares a reference.
  private struct Home {
    let side: ObjectID
    let place: Place
    /// True where the file holds nothing else, so that it can be taken as it is.
    let isAlone: Bool
    /// The list of components that has a line for it.
    let list: String?
  }

  /// Where the merged sides declare these references, and `HEAD` does not: what `HEAD` had is restored
  /// from there.
  private func homes(
    of names: Set<LogicalName>, with loader: inout SnapshotLoader
  ) -> [LogicalName: Home] {
    func instances(_ side: ObjectID) -> [Instance] {
      // Only advice is missing where it cannot be read.
      (try? loader.tree(of: side)).map { loader.outline(of: $0).0.instances } ?? []
    }
    var homes: [LogicalName: Home] = [:]
    guard !names.isEmpty, let head = sides.first else { return homes }
    let own = instances(head)
    for side in sides.dropFirst() {
      for instance in instances(side) where instance.form != .archive {
        for name in names where homes[name] == nil && !own.contains(where: { $0.declares(name) }) {
          guard let reference = instance.references(named: name).first(where: { !$0.isStub }) else {
            continue
          }
          homes[name] = Home(
            side: side, place: reference.place, isAlone: instance.form == .yaml,
            list: instance.memberList)
        }
      }
    }
    return homes
  }

  /// The same finding, with the declaration that a lost link had on the merged side.
  private static func addingHome(
    to finding: Finding, _ homes: [LogicalName: Home]
  ) -> Finding {
    guard finding.rule == .linkLost, let name = finding.before.first?.name, let home = homes[name]
    else { return finding }
    var finding = finding
    let (side, path) = (home.side.hex.prefix(10), home.place.path)
    finding.remarks.append(
      "the merged commit \(side) declares \(name.spelling) (\(path):\(home.place.line))")
    if case .text(let step)? = finding.fix.first { finding.fix[0] = .text("or " + step) }
    finding.fix.insert(
      home.isAlone
        ? .command("git checkout \(side) -- \(path.shellWord)", purpose: "take its file from there")
        : .command(
          "git show \("\(side):\(path)".shellWord)",
          purpose: "put its declaration back as it is there"),
      at: 0)
    if home.isAlone, let list = home.list {
      finding.fix.insert(
        .text(
          "and add its line '- '@path': /connectionreferences/\(name.spelling)' to '\(list)', where that is missing"
        ), at: 1)
    }
    return finding
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
      removed.contains { $0.declaresInFull(name) } && !after.contains { $0.declaresInFull(name) }
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
  }
}
