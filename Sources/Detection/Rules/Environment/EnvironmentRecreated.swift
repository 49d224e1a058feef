import Platform
import Solution

/// A reference that was re-created in an environment, as git and the flows there show.
enum EnvironmentRecreated: EnvironmentRule {
  static let id = RuleID.environmentRecreated
  static let section = AuditSection.nextImport

  static func findings(in live: LiveState) -> [Finding] {
    var reported: Set<LogicalName> = []
    return [moves, lookAlikes, younger].flatMap { search in
      // The more specific findings come first.
      let found = search(live).filter { finding in
        !finding.after.contains { reported.contains($0.name) }
      }
      reported.formUnion(found.flatMap { $0.after.map(\.name) })
      return found
    }
  }

  /// A flow that git has on one reference is on another there, which git does not have.
  private static func moves(in live: LiveState) -> [Finding] {
    var moves: [Pair: [AffectedConsumer]] = [:]
    for flow in live.environment.flows {
      guard let known = live.flowsInGit[flow.consumer.id]?.consumer else { continue }
      let before = Set(known.links.compactMap(\.reference))
      let after = Set(flow.consumer.links.compactMap(\.reference))
      for link in flow.consumer.links {
        guard let now = link.reference, !before.contains(now), !live.isInGit(now),
          let was = known.links.first(where: { known in
            known.reference.map { !after.contains($0) } ?? false
              && known.connector.isSame(as: link.connector)
          })?.reference
        else { continue }
        moves[Pair(was: was, now: now), default: []].append(
          AffectedConsumer(flow.consumer, naming: now, state: .moved))
      }
    }
    return moves.sorted { ($0.key.was, $0.key.now) < ($1.key.was, $1.key.now) }.map {
      finding($0, evidence: [.sameConnector, .consumersMoved], $1, live)
    }
  }

  private struct Pair: Hashable {
    let was: LogicalName
    let now: LogicalName
  }

  /// References of git that the environment lacks, where it has one that looks the same.
  private static func lookAlikes(in live: LiveState) -> [Finding] {
    guard live.environment.knowsAll(.references) else { return [] }
    let missing = live.state.solutions.flatMap(\.references).filter {
      !$0.isStub && live.reference($0.name) == nil
    }
    return live.environment.references.filter { !live.isInGit($0.name) }.flatMap { now in
      let twins = missing.filter { isAlike($0, now) }
      // With several that look the same, it is unknown which one it was.
      guard Set(twins.map(\.name)).count == 1, let was = twins.first else { return [Finding]() }
      return [
        finding(
          Pair(was: was.name, now: now.name), evidence: [.sameConnector, .sameDisplayName], [], live
        )
      ]
    }
  }

  private static func isAlike(_ was: Reference, _ now: LiveEnvironment.Reference) -> Bool {
    guard was.connector.isSame(as: now.connector),
      let name = was.displayName?.trimmingSpace, !name.isEmpty
    else { return false }
    return name.lowercased() == now.displayName?.trimmingSpace.lowercased()
  }

  private static func finding(
    _ pair: Pair, evidence: [Evidence], _ consumers: [AffectedConsumer], _ live: LiveState
  ) -> Finding {
    let was = live.state.declarations.best(of: pair.was, for: nil)
    let now = live.reference(pair.now)
    return Finding(
      rule: id, severity: .warning, confidence: consumers.isEmpty ? .medium : .strong,
      solution: live.owner(of: pair.was),
      summary: "'\(pair.was.spelling)' was re-created in \(live.title) as \(pair.now.spelling)",
      before: [Declaration(of: pair.was, was)],
      after: [now.map { Declaration($0) } ?? Declaration(name: pair.now)],
      evidence: evidence, consumers: consumers,
      consequence: """
        the next import creates \(pair.was.spelling) again, unbound, and points the flows to it: they \
        stay off
        """,
      fix: [
        .command(
          "connref explain reference-recreated",
          purpose:
            "create \(pair.was.spelling) again there with that logical name, and move its flows back"
        ),
        "or export the solution from there, and run connref check on it",
      ], discriminator: live.title)
  }

  /// A reference that is younger than the last change of a flow that uses it: under the same name
  /// there was another one before.
  private static func younger(in live: LiveState) -> [Finding] {
    live.environment.references.compactMap { reference in
      guard live.isOwn(reference.name), let created = reference.created else { return nil }
      let older = (live.users[reference.name] ?? []).filter { flow in
        // An import makes both within minutes.
        flow.modified.map { $0.distance(to: created) > 3600 } ?? false
      }
      guard !older.isEmpty else { return nil }
      return Finding(
        rule: id, severity: .note, confidence: .medium, solution: live.owner(of: reference.name),
        summary:
          "'\(reference.name.spelling)' is younger in \(live.title) than flows that use it",
        after: [Declaration(reference)], evidence: [.otherGUID],
        consumers: older.map {
          AffectedConsumer($0.consumer, naming: reference.name, state: .naming)
        },
        consequence: "it was deleted and re-created under the same name: it has to be bound again",
        fix: ["see that it is bound there, and that its flows are on"],
        discriminator: live.title)
    }
  }
}

extension EnvironmentRecreated {
  static let documentation = RuleDocumentation(
    title: "a reference was re-created in the environment",
    severities: [.warning, .note("where only the times say so")],
    whatItDoes: """
      Compares the environment with the revision. Reports where a flow that git has on one \
      reference is on another of the same connector there, which git does not have; where a \
      reference of git is not there and one with the same connector and display name is; and where \
      a reference is younger than the last change of a flow that uses it.
      """,
    whyItIsBad: """
      The reference was deleted and re-created in the environment itself. Git still has the \
      old one: the next import and the next export each undo the other's.
      """,
    fix: [
      "Decide which of the two stays. The old one costs least: every environment knows it.",
      "Make it again there with the old logical name through the Web API, and move the flows back.",
    ],
    knownProblems: """
      An unmanaged change that is not exported yet looks the same, and is one. Times alone are a \
      hint: a flow can change without its modifiedon.
      """,
    sources: [
      "https://learn.microsoft.com/power-apps/developer/data-platform/reference/entities/connectionreference"
    ],
    examples: [
      RuleExample(
        "a flow is on another reference there",
        state: [
          .reference("sales_Orders_a1b2c", "Orders", sharePoint),
          .flow("Archive", ["sales_Orders_a1b2c"]),
        ],
        live: [
          .reference("sales_Orders_9d8e7"), .flow("Archive", ["sales_Orders_9d8e7"]),
        ],
        reports: [.environmentRecreated]),
      RuleExample(
        "newer than the flow that uses it",
        state: .archivedOrders,
        live: [
          .reference("sales_Orders_SharePoint", created: "2026-05-02T08:00:00Z"),
          .flow("Archive", ["sales_Orders_SharePoint"], modified: "2026-03-01T08:00:00Z"),
        ],
        reports: [.environmentRecreated]),
    ])
}
