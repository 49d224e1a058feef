import Solution

/// Groups for `identities` by what flows do, for a team that has none: a reading flow needs fewer rights
/// than one that writes, and mail that people outside receive comes from an account of its own.
struct IdentityProposal {
  /// What a team calls the flows that do this at most.
  static func name(of work: FlowWork) -> String {
    switch work {
    case .reads: "reporting"
    case .writes: "service"
    case .sends: "customer-facing"
    case .administers: "bulk"
    }
  }

  /// In the order of `FlowWork`; no flow is in two of them, unless its name is that of another flow.
  let groups: [IdentityGroup]

  init(_ solutions: [Instance]) {
    var flows: [FlowWork: Set<String>] = [:]
    var beginnings: [String: (number: Int, works: Set<FlowWork>)] = [:]
    for consumer in solutions.flatMap(\.consumers) {
      guard let work = consumer.work, consumer.links.contains(where: { $0.reference != nil }),
        flows[work, default: []].insert(consumer.name).inserted
      else { continue }
      for beginning in Self.beginnings(of: consumer.name) {
        beginnings[beginning.lowercased(), default: (0, [])].number += 1
        beginnings[beginning.lowercased()]?.works.insert(work)
      }
    }
    groups = FlowWork.allCases.compactMap { work in
      guard let names = flows[work] else { return nil }
      let patterns = names.map { name in
        Self.beginnings(of: name).first { beginning in
          beginnings[beginning.lowercased()].map { $0.number > 1 && $0.works == [work] } ?? false
        }.map { $0 + "*" } ?? name
      }
      return IdentityGroup(
        name: Self.name(of: work), flows: Set(patterns).sorted().map { WildcardText($0) })
    }
  }

  /// One line to put into `.connref.yml`.
  var line: String {
    let lines = groups.map { group in
      let flows = group.flows.map { YAMLText.scalar($0.text) }.joined(separator: ", ")
      return "\(group.name): {flows: [\(flows)]}"
    }
    return "identities: {groups: {\(lines.joined(separator: ", "))}}"
  }

  /// `Sync `, `Sync - `, `Sync - Orders `: whole words, the shortest first, without all of it.
  private static func beginnings(of name: String) -> [String] {
    name.indices.dropLast().filter { " _-".contains(name[$0]) }.map { String(name[...$0]) }
  }
}
