import Platform
import Solution

/// Something that a revision has and an environment has not, or the other way round.
enum EnvironmentDrift: EnvironmentRule {
  static let id = RuleID.environmentDrift
  static let section = AuditSection.nextImport

  static func findings(in live: LiveState) -> [Finding] {
    let reported = Set(
      (EnvironmentRecreated.findings(in: live) + EnvironmentLacks.findings(in: live))
        .flatMap { ($0.before + $0.after).map(\.name) })
    return onlyInGit(live, excluding: reported) + referencesOnlyThere(live, excluding: reported)
      + flowsOnlyThere(live) + otherVersions(live)
  }

  /// Another version of a solution is there than the revision has: it may be the cause of all other
  /// differences.
  private static func otherVersions(_ live: LiveState) -> [Finding] {
    var seen: Set<String> = []
    return live.state.solutions.compactMap { instance in
      guard let here = instance.version?.description, seen.insert(instance.uniqueName).inserted,
        let there = live.environment.solutions.first(where: { $0.uniqueName == instance.uniqueName }
        ),
        let version = there.version.flatMap({ SolutionVersion($0)?.description }), version != here
      else { return nil }
      return Finding(
        rule: id, severity: .note, confidence: .certain, solution: instance.uniqueName,
        summary:
          "\(live.title) has version \(version) of solution '\(instance.uniqueName)', and git has \(here)",
        consequence: "it may be the cause of other differences: the two are compared as they are",
        fix: ["name the revision that was deployed there: connref audit REV --environment …"],
        discriminator: "\(live.title) version", focus: instance.references.first?.place)
    }
  }

  private static func onlyInGit(
    _ live: LiveState, excluding reported: Set<LogicalName>
  ) -> [Finding] {
    // A name that two solutions declare is one reference.
    var seen = reported
    let ids = Set(live.environment.flows.map(\.consumer.id))
    return live.state.solutions.flatMap { instance -> [Finding] in
      let references = instance.references.filter { !$0.isStub }
      let flows = instance.consumers.filter { $0.kind == .flow }
      let missing =
        live.environment.knowsAll(.references)
        ? references.filter { live.reference($0.name) == nil } : []
      let absent = live.environment.knowsAll(.flows) ? flows.filter { !ids.contains($0.id) } : []
      // With nothing of it there, the solution itself is not: one fact.
      if missing.count == references.count, absent.count == flows.count,
        !(missing.isEmpty && absent.isEmpty)
      {
        return [notDeployed(instance, live)]
      }
      return missing.filter { seen.insert($0.name).inserted }.map {
        onlyInGit($0, instance, live)
      } + absent.map { onlyInGit($0, instance, live) }
    }
  }

  private static func notDeployed(_ instance: Instance, _ live: LiveState) -> Finding {
    Finding(
      rule: id, severity: .note, confidence: .certain, solution: instance.uniqueName,
      summary: "nothing of solution '\(instance.uniqueName)' is in \(live.title)",
      consequence: "nothing, if it is not for that environment",
      fix: ["import it, if it is"], discriminator: "\(live.title) solution",
      focus: instance.references.first?.place)
  }

  private static func onlyInGit(
    _ reference: Reference, _ instance: Instance, _ live: LiveState
  ) -> Finding {
    Finding(
      rule: id, severity: .note, confidence: .certain, solution: instance.uniqueName,
      summary: "'\(reference.name.spelling)' is in git and not in \(live.title)",
      after: [Declaration(reference)], consequence: importConsequence, fix: importFix,
      discriminator: live.title,
      theme: Theme("reference", "are in git and not in \(live.title)", fix: importFix))
  }

  private static func onlyInGit(
    _ flow: Consumer, _ instance: Instance, _ live: LiveState
  ) -> Finding {
    Finding(
      rule: id, severity: .note, confidence: .certain, solution: instance.uniqueName,
      summary: "flow '\(flow.name)' is in git and not in \(live.title)",
      consumers: [
        AffectedConsumer(
          flow, naming: flow.links.lazy.compactMap(\.reference).first, state: .naming)
      ], consequence: importConsequence, fix: importFix,
      discriminator: "\(live.title) \(flow.id)",
      theme: Theme("flow", "are in git and not in \(live.title)", fix: importFix))
  }

  /// With the prefix of a publisher whose solutions are here: others are other teams'.
  private static func referencesOnlyThere(
    _ live: LiveState, excluding reported: Set<LogicalName>
  ) -> [Finding] {
    guard !live.state.solutions.isEmpty else { return [] }
    return live.environment.references.filter {
      live.isOwn($0.name) && !live.isInGit($0.name) && !reported.contains($0.name)
    }.map { reference in
      Finding(
        rule: id, severity: .note, confidence: .certain, solution: live.title,
        summary: "'\(reference.name.spelling)' is in \(live.title) and not in git",
        after: [Declaration(reference)], consumers: live.consumers(naming: reference.name),
        consequence: exportConsequence, fix: exportFix, discriminator: live.title,
        theme: Theme("reference", "are in \(live.title) and not in git", fix: exportFix))
    }
  }

  /// Flows that use what the solutions here declare: they break when that is removed, and git does not show them.
  private static func flowsOnlyThere(_ live: LiveState) -> [Finding] {
    guard !live.state.solutions.isEmpty else { return [] }
    return live.environment.flows.filter { live.flowsInGit[$0.consumer.id] == nil }
      .compactMap { flow in
        let names = Set(flow.consumer.links.compactMap(\.reference)).filter {
          live.state.declarations.declares($0)
        }.sorted()
        guard let first = names.first else { return nil }
        return Finding(
          rule: id, severity: .note, confidence: .certain, solution: live.owner(of: first),
          summary:
            "flow '\(flow.consumer.name)' uses \(first.spelling) and is only in \(live.title)",
          consumers: [AffectedConsumer(flow.consumer, naming: first, state: .naming)],
          remarks: names.count > 1
            ? ["it uses " + names.map(\.spelling).joined(separator: ", ")] : [],
          consequence: exportConsequence, fix: exportFix,
          discriminator: "\(live.title) \(flow.consumer.id)",
          theme: Theme(
            "flow", "use references of git, and are only in \(live.title)", fix: exportFix))
      }
  }
}

extension EnvironmentDrift {
  private static let importConsequence =
    "git and the environment differ: it was not imported, or deleted there"
  private static let importFix: [FixStep] = ["import the solution, if that version is meant for it"]
  private static let exportConsequence =
    "a check in git cannot see it: it breaks there without a finding when its reference is removed"
  private static let exportFix: [FixStep] = ["add it to a solution and export, or delete it there"]

  static let documentation = RuleDocumentation(
    title: "git and the environment differ",
    severities: [.note],
    whatItDoes: """
      Reports references and flows that a solution here has and the environment has not; \
      references with a publisher's prefix of these solutions that only the environment has; and \
      flows that only the environment has and that use a reference of these solutions. Of a \
      solution of which nothing is there, one note; of one that is there in another version, one \
      note too. Silent about a table that was not saved whole.
      """,
    whyItIsBad: """
      Git is not the whole truth then. A consumer that git does not know is broken by a change \
      that looks harmless in it.
      """,
    fix: [
      "Bring what is only in the environment into a solution, export, commit.",
      "Import what is only in git, if it is meant for that environment.",
    ],
    knownProblems: """
      The environment may have another version of the solution than the revision. Name the \
      revision that was deployed: connref audit v1.3.0 --inventory …
      """,
    sources: ["https://learn.microsoft.com/power-platform/alm/solution-concepts-alm"],
    examples: [
      RuleExample(
        "a flow that git does not have",
        state: .archivedOrders,
        live: [
          .reference("sales_Orders_SharePoint"), .flow("Archive", ["sales_Orders_SharePoint"]),
          .flow("Clean up", ["sales_Orders_SharePoint"]),
        ],
        reports: [.environmentDrift]),
      RuleExample(
        "other teams' references",
        state: .archivedOrders,
        live: [
          .reference("sales_Orders_SharePoint"), .flow("Archive", ["sales_Orders_SharePoint"]),
          .reference("hr_Leave_SharePoint"),
        ],
        reports: []),
    ])
}
