import Platform
package import Solution

/// Joins successions into chains, and dates each identity.
package struct LineageBuilder {
  private var introductions: [LogicalName: Moment] = [:]
  private var removals: [LogicalName: Moment] = [:]
  private var order: [LogicalName: Int] = [:]

  package init() {}

  /// Takes the traces of a scan, oldest commit first.
  package mutating func add(_ trace: CommitTrace, at moment: Moment) {
    for name in trace.introductions where introductions[name] == nil {
      introductions[name] = moment
      order[name] = order.count
    }
    for reference in trace.removals { removals[reference.name] = moment }
  }

  /// One lineage for each set of references that successions join, ordered by solution and first name.
  ///
  /// - Parameter tips: what is declared where branches end: a name that is declared there has no
  ///   end.
  package func lineages(of incidents: [Incident], tips: [Snapshot]) -> [Lineage] {
    let declared = Set(tips.flatMap { $0.instances.flatMap { $0.references.map(\.name) } })
    var groups: [Group] = []
    for incident in incidents where incident.isSuccession {
      var group = Group(incident)
      groups.removeAll { other in
        guard other.meets(group) else { return false }
        group.join(other)
        return true
      }
      groups.append(group)
    }
    return groups.map { lineage(of: $0, declared: declared) }.sorted {
      ($0.solution, $0.identities.first?.name.key ?? "")
        < ($1.solution, $1.identities.first?.name.key ?? "")
    }
  }

  private func lineage(of group: Group, declared: Set<LogicalName>) -> Lineage {
    let names = group.declarations.keys.sorted {
      let left = order[$0] ?? -1
      let right = order[$1] ?? -1
      return left == right ? $0 < $1 : left < right
    }
    // A file that no list has a line for was never declared.
    let dated = names.filter {
      introductions[$0] != nil || removals[$0] != nil || declared.contains($0)
    }
    return Lineage(
      solution: group.solution,
      connector: names.lazy.compactMap { group.declarations[$0]?.connector }.first,
      identities: (dated.isEmpty ? names : dated).map { name in
        Lineage.Identity(
          name: name, displayName: group.declarations[name]?.displayName,
          since: introductions[name],
          until: declared.contains(name) ? nil : removals[name])
      }, incidents: group.incidents)
  }

  private struct Group {
    let solution: String
    var declarations: [LogicalName: Declaration]
    var incidents: [String]

    init(_ incident: Incident) {
      solution = incident.finding.solution
      declarations = (incident.finding.before + incident.finding.after).keyed(by: \.name)
      incidents = [incident.finding.id]
    }

    func meets(_ other: Group) -> Bool {
      solution == other.solution && declarations.keys.contains { other.declarations[$0] != nil }
    }

    mutating func join(_ other: Group) {
      declarations.merge(other.declarations) { mine, _ in mine }
      incidents = Set(incidents + other.incidents).sorted()
    }
  }
}

extension Incident {
  /// True when one reference took another's place.
  var isSuccession: Bool {
    finding.rule == .referenceRecreated || finding.rule == .referenceReplaced
  }
}
