import Platform
import Solution

/// Pairs references that one change removed with references that it added.
///
/// Consumers that moved decide first, then the display name, then the stem, one to one. References are
/// looked up by connector and name, never each against each: a solution may hold a thousand of one
/// connector and one display name.
struct ReferencePairing {
  /// A reference that was removed.
  struct Removed {
    let traits: ReferenceTraits
    /// By reference of the connector: the consumers that moved to it.
    let movers: [LogicalName: Movers]
    /// The references of the connector that its former consumers use instead.
    let alternatives: Set<LogicalName>
    /// True where a consumer used it before.
    let isUsed: Bool
    /// True where another solution still declares it: its consumers alone can say what succeeded it.
    let isDeclaredElsewhere: Bool

    var name: LogicalName { traits.name }
  }

  /// A removed reference with an added one of the same connector.
  struct Edge {
    let removed: Reference
    let added: Reference
    let likeness: ReferenceLikeness
    let movers: Movers

    /// Nil for references of two connectors, and of two agents.
    init?(_ old: Removed, _ new: ReferenceTraits, _ movers: Movers) {
      guard old.traits.isSameConnector(as: new) else { return nil }
      removed = old.traits.reference
      added = new.reference
      likeness = ReferenceLikeness(old.traits, new)
      self.movers = movers
    }

    /// True where consumers that moved along it show that the added one replaced `old`. What another solution
    /// still declares was not deleted, so it has to look like it as well.
    func isOfOneEvent(_ old: Removed) -> Bool {
      !old.isDeclaredElsewhere || likeness.isSameDisplayName || likeness.isSameStem
    }

    /// Larger says more: the display name, then the stem, then consumers.
    var weight: Int {
      (likeness.isSameDisplayName ? 1000 : 0) + (likeness.isSameStem ? 500 : 0)
        + (movers.isDirect ? 200 : 0) + min(movers.consumers.count, 199)
    }
  }

  /// The edges of one event: one to one, several to one, or one to several.
  struct Group {
    var edges: [Edge]

    var removed: [Reference] { edges.map(\.removed).oneForEachName }
    var added: [Reference] { edges.map(\.added).oneForEachName }
  }

  private let removed: [Removed]
  private let added: [ReferenceTraits]
  private(set) var groups: [Group] = []
  /// The number of the group of each reference that has one.
  private var groupOfRemoved: [LogicalName: Int] = [:]
  private var groupOfAdded: [LogicalName: Int] = [:]

  init(_ removed: [Removed], _ added: [ReferenceTraits]) {
    self.removed = removed
    self.added = added
  }

  /// Within one solution.
  mutating func pairInSolution() {
    pairByConsumers()
    pairByTitle { _ in true }
    pairUnused()
  }

  /// With references added in other solutions: without a consumer that moved, one that was left
  /// behind has to make the name worth a pair. A flow that moved from what a third solution still
  /// declares to one of another name changed its connection, and nothing else.
  mutating func pairAcrossSolutions(isLeftBehind: (LogicalName) -> Bool) {
    pairByConsumers { $1.isOfOneEvent($0) }
    pairByTitle(isLeftBehind)
  }

  func isFree(removed name: LogicalName) -> Bool { groupOfRemoved[name] == nil }
  func isFree(added name: LogicalName) -> Bool { groupOfAdded[name] == nil }

  private mutating func accept(_ edge: Edge) {
    groupOfRemoved[edge.removed.name] = groups.count
    groupOfAdded[edge.added.name] = groups.count
    groups.append(Group(edges: [edge]))
  }

  private mutating func join(_ edge: Edge, to group: Int) {
    groups[group].edges.append(edge)
    groupOfRemoved[edge.removed.name] = group
    groupOfAdded[edge.added.name] = group
  }

  /// One to one where the display name or the stem singles a pair out; what is left has one end in a
  /// group, and joins it.
  private mutating func pairByConsumers(
    where isPossible: (Removed, Edge) -> Bool = { _, _ in true }
  ) {
    let byName = added.keyed(by: \.name)
    let edges = removed.filter { self.isFree(removed: $0.name) }.flatMap { removed in
      removed.movers.compactMap { name, movers in
        byName[name].flatMap { Edge(removed, $0, movers) }
          .flatMap { isPossible(removed, $0) ? $0 : nil }
      }
    }.sorted(by: Self.precedes)
    func isFree(_ edge: Edge) -> Bool {
      self.isFree(removed: edge.removed.name) && self.isFree(added: edge.added.name)
    }
    for edge in edges where isFree(edge) {
      let likeness = edge.likeness
      if edge.movers.isDirect || likeness.isSameDisplayName || likeness.isSameStem { accept(edge) }
    }
    for edge in edges where edge.movers.isDirect {
      let left = groupOfRemoved[edge.removed.name]
      let right = groupOfAdded[edge.added.name]
      guard (left == nil) != (right == nil), let group = left ?? right else { continue }
      // One to several or several to one, never several to several.
      let known = groups[group]
      guard left != nil ? known.removed.count == 1 : known.added.count == 1 else { continue }
      join(edge, to: group)
    }
  }

  /// Those of equal display name, or of equal stem in a form without display names.
  private mutating func pairByTitle(_ isWanted: (LogicalName) -> Bool) {
    pair(isWanted) { $0.titles }
    let suffixes = Set((removed.map(\.name) + added.map(\.name)).compactMap(\.randomSuffix))
    pair(isWanted) { $0.titles(withoutAnyOf: suffixes) }
  }

  private mutating func pair(
    _ isWanted: (LogicalName) -> Bool, by titlesOf: (ReferenceTraits) -> [String]
  ) {
    var titles: [String: (left: [Removed], right: [ReferenceTraits])] = [:]
    for reference in removed
    where isFree(removed: reference.name) && !reference.isDeclaredElsewhere
      && isWanted(reference.name)
    {
      for title in titlesOf(reference.traits) {
        titles[title, default: ([], [])].left.append(reference)
      }
    }
    guard !titles.isEmpty else { return }
    for reference in added where isFree(added: reference.name) {
      for title in titlesOf(reference) { titles[title]?.right.append(reference) }
    }
    for (_, alike) in titles.sorted(by: { $0.key < $1.key }) where !alike.right.isEmpty {
      for (left, right) in alike.left.byConnector(alike.right) { pairAlike(left, right) }
    }
  }

  /// Those of one connector and title.
  private mutating func pairAlike(_ left: [Removed], _ right: [ReferenceTraits]) {
    var left = left.filter { isFree(removed: $0.name) }
    var right = right.filter { isFree(added: $0.name) }
    if left.count > 1 || right.count > 1 {
      // By the stem, where it singles a pair out.
      let families = Dictionary(grouping: right, by: \.family)
      for (family, members) in Dictionary(grouping: left, by: \.traits.family) {
        guard family != nil, members.count == 1, let alike = families[family], alike.count == 1
        else { continue }
        pairOne(members, alike)
      }
      left = left.filter { isFree(removed: $0.name) }
      right = right.filter { isFree(added: $0.name) }
    }
    if left.count > 1, right.count == 1 { left = left.filter(\.isUsed) }
    guard right.count == 1 else { return }
    pairOne(left, right)
  }

  /// All of `left` with the one of `right`, but what has another successor by its consumers.
  private mutating func pairOne(_ left: [Removed], _ right: [ReferenceTraits]) {
    guard let new = right.first else { return }
    for old in left where old.alternatives.subtracting([new.name]).isEmpty {
      let movers = old.movers[new.name] ?? Movers()
      guard let edge = Edge(old, new, movers), edge.likeness.isSameTitle else { continue }
      if let group = groupOfAdded[new.name] { join(edge, to: group) } else { accept(edge) }
    }
  }

  /// An unused reference, the only one of its connector that was removed, and exactly one added.
  private mutating func pairUnused() {
    let unused = removed.filter {
      isFree(removed: $0.name) && !$0.isUsed && !$0.isDeclaredElsewhere
    }
    guard !unused.isEmpty, !added.isEmpty else { return }
    let left = removed.map(\.traits).byConnectorKey
    let right = added.byConnectorKey
    for old in unused {
      let keys = old.traits.connectorKeys
      let others = Set(keys.flatMap { (right[$0] ?? []).map(\.name) })
      guard keys.allSatisfy({ left[$0]?.count == 1 }), others.count == 1,
        let new = keys.lazy.compactMap({ right[$0]?.first }).first, isFree(added: new.name),
        old.name.prefix == new.name.prefix, let edge = Edge(old, new, Movers())
      else { continue }
      accept(edge)
    }
  }

  private static func precedes(_ one: Edge, _ other: Edge) -> Bool {
    if one.weight != other.weight { return one.weight > other.weight }
    return (one.removed.name, one.added.name) < (other.removed.name, other.added.name)
  }
}

extension ReferenceTraits {
  /// Equal connectors; one that no file states is the same as none, nor is another agent's.
  func isSameConnector(as other: ReferenceTraits) -> Bool {
    connector.isSame(as: other.connector) && !name.isAnotherAgents(than: other.name)
  }
}

extension [ReferenceTraits] {
  var byConnectorKey: [String: [ReferenceTraits]] {
    var groups: [String: [ReferenceTraits]] = [:]
    for traits in self {
      for key in traits.connectorKeys { groups[key, default: []].append(traits) }
    }
    return groups
  }
}

extension [ReferencePairing.Removed] {
  /// Both sides by connector.
  fileprivate func byConnector(
    _ right: [ReferenceTraits]
  ) -> [(left: [ReferencePairing.Removed], right: [ReferenceTraits])] {
    var groups: [(left: [ReferencePairing.Removed], right: [ReferenceTraits])] = []
    var positions: [String: [Int]] = [:]
    var onRight: [String: [Int]] = [:]
    for (position, traits) in right.enumerated() {
      for key in traits.connectorKeys { onRight[key, default: []].append(position) }
    }
    for item in self {
      let keys = item.traits.connectorKeys
      let known = keys.flatMap { positions[$0] ?? [] }.filter {
        groups[$0].left.first?.traits.isSameConnector(as: item.traits) ?? false
      }.min()
      if let known {
        groups[known].left.append(item)
        continue
      }
      for key in keys { positions[key, default: []].append(groups.count) }
      let alike = Set(keys.flatMap { onRight[$0] ?? [] }).sorted().map { right[$0] }
        .filter { $0.isSameConnector(as: item.traits) }
      groups.append(([item], alike))
    }
    return groups
  }
}

extension [Reference] {
  /// One for each name, ordered by it.
  var oneForEachName: [Reference] { uniqued(on: \.name).sorted { $0.name < $1.name } }
}
