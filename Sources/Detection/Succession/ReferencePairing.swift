import Solution

/// Pairs references that one change removed with references that it added.
///
/// Consumers that moved decide first, then the display name, then the stem, one to one. References are
/// looked up by connector and name, never each against each: a solution may hold a thousand of one
/// connector and one display name.
struct ReferencePairing {
  /// A reference that was removed.
  struct Departed {
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
    let departed: Reference
    let arrived: Reference
    let likeness: ReferenceLikeness
    let movers: Movers

    /// Larger says more: the display name, then the stem, then consumers.
    var weight: Int {
      (likeness.isSameDisplayName ? 1000 : 0) + (likeness.isSameStem ? 500 : 0)
        + (movers.isDirect ? 200 : 0) + min(movers.consumers.count, 199)
    }
  }

  /// The edges of one event: one to one, several to one, or one to several.
  struct Group {
    var edges: [Edge]

    var departed: [Reference] { edges.map(\.departed).uniqued }
    var arrived: [Reference] { edges.map(\.arrived).uniqued }
  }

  private let departed: [Departed]
  private let arrived: [ReferenceTraits]
  private(set) var groups: [Group] = []
  /// The number of the group of each reference that has one.
  private var groupOfDeparted: [LogicalName: Int] = [:]
  private var groupOfArrived: [LogicalName: Int] = [:]

  init(_ departed: [Departed], _ arrived: [ReferenceTraits]) {
    self.departed = departed
    self.arrived = arrived
  }

  /// Within one solution.
  mutating func pairInSolution() {
    pairByConsumers()
    pairByTitle { _ in true }
    pairUnused()
  }

  /// With references added in other solutions: without a consumer that moved, one that was left
  /// behind has to make the name worth a pair.
  mutating func pairAcrossSolutions(isLeftBehind: (LogicalName) -> Bool) {
    pairByConsumers()
    pairByTitle(isLeftBehind)
  }

  func isFree(departed name: LogicalName) -> Bool { groupOfDeparted[name] == nil }
  func isFree(arrived name: LogicalName) -> Bool { groupOfArrived[name] == nil }

  private mutating func accept(_ edge: Edge) {
    groupOfDeparted[edge.departed.name] = groups.count
    groupOfArrived[edge.arrived.name] = groups.count
    groups.append(Group(edges: [edge]))
  }

  private mutating func join(_ edge: Edge, to group: Int) {
    groups[group].edges.append(edge)
    groupOfDeparted[edge.departed.name] = group
    groupOfArrived[edge.arrived.name] = group
  }

  /// One to one where the display name or the stem singles a pair out; what is left has one end in a
  /// group, and joins it.
  private mutating func pairByConsumers() {
    let byName = Dictionary(arrived.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    let edges = departed.filter { self.isFree(departed: $0.name) }.flatMap { departed in
      departed.movers.compactMap { name, movers in
        byName[name].flatMap { Self.edge(departed, $0, movers) }
      }
    }.sorted(by: Self.precedes)
    func isFree(_ edge: Edge) -> Bool {
      self.isFree(departed: edge.departed.name) && self.isFree(arrived: edge.arrived.name)
    }
    for edge in edges where isFree(edge) {
      let likeness = edge.likeness
      if edge.movers.isDirect || likeness.isSameDisplayName || likeness.isSameStem { accept(edge) }
    }
    for edge in edges where edge.movers.isDirect {
      let left = groupOfDeparted[edge.departed.name]
      let right = groupOfArrived[edge.arrived.name]
      guard (left == nil) != (right == nil), let group = left ?? right else { continue }
      // One to several or several to one, never several to several.
      let known = groups[group]
      guard left != nil ? known.departed.count == 1 : known.arrived.count == 1 else { continue }
      join(edge, to: group)
    }
  }

  /// Those of equal display name, or of equal stem in a form without display names.
  private mutating func pairByTitle(_ isWanted: (LogicalName) -> Bool) {
    var titles: [String: (left: [Departed], right: [ReferenceTraits])] = [:]
    for reference in departed
    where isFree(departed: reference.name) && !reference.isDeclaredElsewhere
      && isWanted(reference.name)
    {
      for title in reference.traits.titles {
        titles[title, default: ([], [])].left.append(reference)
      }
    }
    guard !titles.isEmpty else { return }
    for reference in arrived where isFree(arrived: reference.name) {
      for title in reference.titles { titles[title]?.right.append(reference) }
    }
    for (_, alike) in titles.sorted(by: { $0.key < $1.key }) where !alike.right.isEmpty {
      for (left, right) in alike.left.byConnector(alike.right) { pairAlike(left, right) }
    }
  }

  /// Those of one connector and title.
  private mutating func pairAlike(_ left: [Departed], _ right: [ReferenceTraits]) {
    var left = left.filter { isFree(departed: $0.name) }
    var right = right.filter { isFree(arrived: $0.name) }
    if left.count > 1 || right.count > 1 {
      // By the stem, where it singles a pair out.
      let families = Dictionary(grouping: right, by: \.family)
      for (family, members) in Dictionary(grouping: left, by: \.traits.family) {
        guard family != nil, members.count == 1, let alike = families[family], alike.count == 1
        else { continue }
        pairOne(members, alike)
      }
      left = left.filter { isFree(departed: $0.name) }
      right = right.filter { isFree(arrived: $0.name) }
    }
    if left.count > 1, right.count == 1 { left = left.filter(\.isUsed) }
    guard right.count == 1 else { return }
    pairOne(left, right)
  }

  /// All of `left` with the one of `right`, but what has another successor by its consumers.
  private mutating func pairOne(_ left: [Departed], _ right: [ReferenceTraits]) {
    guard let new = right.first else { return }
    for old in left where old.alternatives.subtracting([new.name]).isEmpty {
      let movers = old.movers[new.name] ?? Movers()
      guard let edge = Self.edge(old, new, movers), edge.likeness.isSameTitle else { continue }
      if let group = groupOfArrived[new.name] { join(edge, to: group) } else { accept(edge) }
    }
  }

  /// An unused reference, the only one of its connector that was removed, and exactly one added.
  private mutating func pairUnused() {
    let unused = departed.filter {
      isFree(departed: $0.name) && !$0.isUsed && !$0.isDeclaredElsewhere
    }
    guard !unused.isEmpty, !arrived.isEmpty else { return }
    let left = departed.map(\.traits).byConnectorKey
    let right = arrived.byConnectorKey
    for old in unused {
      let keys = old.traits.connectorKeys
      let others = Set(keys.flatMap { (right[$0] ?? []).map(\.name) })
      guard keys.allSatisfy({ left[$0]?.count == 1 }), others.count == 1,
        let new = keys.lazy.compactMap({ right[$0]?.first }).first, isFree(arrived: new.name),
        old.name.prefix == new.name.prefix, let edge = Self.edge(old, new, Movers())
      else { continue }
      accept(edge)
    }
  }

  /// Nil for references of two connectors, and of two agents.
  private static func edge(_ old: Departed, _ new: ReferenceTraits, _ movers: Movers) -> Edge? {
    guard old.traits.isSameConnector(as: new) else { return nil }
    return Edge(
      departed: old.traits.reference, arrived: new.reference,
      likeness: ReferenceLikeness(old.traits, new), movers: movers)
  }

  private static func precedes(_ one: Edge, _ other: Edge) -> Bool {
    if one.weight != other.weight { return one.weight > other.weight }
    return (one.departed.name, one.arrived.name) < (other.departed.name, other.arrived.name)
  }
}

extension ReferenceTraits {
  /// Equal connectors; one that no file states is the same as none, nor is another agent's.
  func isSameConnector(as other: ReferenceTraits) -> Bool {
    guard let connector, let others = other.connector else { return false }
    return connector.isSame(as: others) && !name.isAnotherAgents(than: other.name)
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

extension [ReferencePairing.Departed] {
  /// Both sides by connector.
  fileprivate func byConnector(
    _ right: [ReferenceTraits]
  ) -> [(left: [ReferencePairing.Departed], right: [ReferenceTraits])] {
    var groups: [(left: [ReferencePairing.Departed], right: [ReferenceTraits])] = []
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
  fileprivate var uniqued: [Reference] {
    var seen: Set<LogicalName> = []
    return filter { seen.insert($0.name).inserted }.sorted { $0.name < $1.name }
  }
}
