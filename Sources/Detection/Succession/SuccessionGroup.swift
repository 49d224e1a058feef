import Solution

/// The edges of one event: one to one, several to one, or one to several.
struct SuccessionGroup: Sendable {
  var edges: [SuccessionEdge]

  var gone: [Reference] { unique(edges.map(\.gone)) }
  var come: [Reference] { unique(edges.map(\.come)) }

  private func unique(_ references: [Reference]) -> [Reference] {
    var seen: Set<LogicalName> = []
    return references.filter { seen.insert($0.name).inserted }.sorted { $0.name < $1.name }
  }

  /// Groups by consumers first, one to one where the display name or the stem singles a pair out;
  /// what nobody took over goes by its display name, where exactly one fits in both directions.
  static func groups(of edges: [SuccessionEdge]) -> [SuccessionGroup] {
    var groups: [SuccessionGroup] = []
    var left: Set<LogicalName> = []
    var right: Set<LogicalName> = []

    func accept(_ edge: SuccessionEdge) {
      groups.append(SuccessionGroup(edges: [edge]))
      left.insert(edge.gone.name)
      right.insert(edge.come.name)
    }
    func isFree(_ edge: SuccessionEdge) -> Bool {
      !left.contains(edge.gone.name) && !right.contains(edge.come.name)
    }

    let moved = edges.filter { !$0.moved.isEmpty }.sorted(by: precedes)
    for edge in moved where isFree(edge) {
      if edge.isDirect || edge.isSameDisplayName || edge.isSameStem { accept(edge) }
    }
    // What is left of the moved edges has one end in a group already: it joins it.
    for edge in moved where edge.isDirect {
      let hasLeft = left.contains(edge.gone.name)
      let hasRight = right.contains(edge.come.name)
      guard hasLeft != hasRight,
        let position = groups.firstIndex(where: { group in
          group.edges.contains {
            hasLeft ? $0.gone.name == edge.gone.name : $0.come.name == edge.come.name
          }
        })
      else { continue }
      let group = groups[position]
      // One to several or several to one, never several to several.
      guard hasLeft ? group.gone.count == 1 : group.come.count == 1 else { continue }
      groups[position].edges.append(edge)
      left.insert(edge.gone.name)
      right.insert(edge.come.name)
    }
    let named = edges.filter { $0.isSameDisplayName && !$0.isContradicted && isFree($0) }
    for edge in named {
      let rivals = named.filter {
        ($0.gone.name == edge.gone.name) != ($0.come.name == edge.come.name)
      }
      if rivals.isEmpty { accept(edge) }
    }
    // Used by nobody, the only one of its connector that went, and exactly one that came.
    for edge in edges
    where edge.isUnused && isFree(edge) && edge.gone.name.prefix == edge.come.name.prefix {
      let rivals = edges.filter {
        ($0.gone.name == edge.gone.name) != ($0.come.name == edge.come.name)
      }
      if rivals.isEmpty { accept(edge) }
    }
    return groups
  }

  private static func precedes(_ one: SuccessionEdge, _ other: SuccessionEdge) -> Bool {
    if one.weight != other.weight { return one.weight > other.weight }
    return (one.gone.name, one.come.name) < (other.gone.name, other.come.name)
  }
}
