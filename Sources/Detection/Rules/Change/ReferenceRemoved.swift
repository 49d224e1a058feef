import Solution

/// A reference was removed, and no other reference took its place.
enum ReferenceRemoved: ChangeRule {
  static let id = RuleID.referenceRemoved
  static let repair: RepairKind? = .declaration

  static func findings(in comparison: Comparison) -> [Finding] {
    comparison.removals.compactMap { removal in
      guard let severity = severity(of: removal) else { return nil }
      let rows = comparison.bindings.staleRows(naming: removal.reference.name)
      let isUnshipped = severity == .warning
      var finding = finding(
        for: removal, severity: rows.isEmpty ? severity : max(severity, .warning),
        isUnshipped: isUnshipped, rows: rows, in: comparison)
      if isUnshipped, comparison.conventions.isRelease { finding.severity = .error }
      return finding
    }
  }

  /// Nil where the manifest lists it as part of a managed solution now.
  private static func severity(of removal: Removal) -> Severity? {
    let ends = removal.naming.map(\.resolution)
    if ends.contains(.nothing) { return .error }
    if ends.contains(.external(.active)) || removal.external == .active { return .warning }
    if removal.external != nil { return nil }
    if !ends.isEmpty, ends.allSatisfy({ if case .external = $0 { true } else { false } }) {
      return nil
    }
    return .note
  }

  private static func finding(
    for removal: Removal, severity: Severity, isUnshipped: Bool, rows: [AffectedRow],
    in comparison: Comparison
  ) -> Finding {
    let name = removal.reference.name
    let broken = removal.naming.filter { $0.resolution == .nothing }.map {
      AffectedConsumer($0.consumer, naming: name, state: .broken)
    }
    let left = removal.naming.filter { $0.resolution == .external(.active) }.map {
      AffectedConsumer($0.consumer, naming: name, state: .leftBehind)
    }
    let displayName = removal.reference.displayName ?? name.spelling
    let unlisted = UnlistedMember(name, of: removal.instance)
    let remarks =
      comparison.remarksOnCopies(of: removal.instance, declaring: [name])
      + removal.candidates.map { "may have been re-created as \($0.description)" }
      + removal.undated.map {
        "was re-created as \($0.description) if that was declared later: consumers use it instead"
      }
      + [removal.lookBackEnd, UpgradeAdvice.remark(on: removal.instance, in: comparison)]
      .compactMap { $0 }
    return Finding(
      rule: id, severity: severity,
      confidence: severity == .error ? .certain : .medium,
      solution: removal.instance.uniqueName,
      summary: summary(displayName, severity, broken, isUnshipped: isUnshipped),
      before: [Declaration(removal.reference)],
      consumers: (broken + left).sorted { $0.place < $1.place },
      rows: rows, remarks: remarks,
      consequence: unlisted?.statement
        ?? consequence(severity, ConsumerWords(broken), isUnshipped: isUnshipped),
      fix: unlisted.map { [$0.restoration] }
        ?? dating(removal, in: comparison)
        + fix(severity, removal, ConsumerWords(broken), isUnshipped: isUnshipped),
      repair: (severity == .error || isUnshipped) && unlisted?.isRenamed != true
        ? repair(removal, in: comparison) : nil)
  }

  static func remains(of finding: Finding, in later: RemainsReader) -> Remains {
    later.ofLostLinks(finding, orUnshipped: true)
  }

  static func outcome(of finding: Finding, in later: RemainsReader) -> Outcome {
    later.removalOutcome(of: finding)
  }
}

extension ReferenceRemoved {
  /// A patch changes no archive, and puts no declaration into another form on disk.
  private static func repair(_ removal: Removal, in comparison: Comparison) -> RepairOffer? {
    let isConverted = comparison.instances.contains { pair in
      guard let before = pair.before, let after = pair.after else { return false }
      return after.form != before.form
        && before.isSameSolution(as: removal.instance)
    }
    return removal.instance.form == .archive || isConverted ? nil : .back
  }

  private static func summary(
    _ name: String, _ severity: Severity, _ broken: [AffectedConsumer], isUnshipped: Bool
  ) -> String {
    let kinds = Set(broken.map(\.kind))
    let unit =
      switch kinds {
      case [], [.flow]: "flow"
      case [.agent]: "agent"
      case [.app]: "app"
      default: "consumer"
      }
    let who =
      broken.count == 1
      ? "\("aeiou".contains(unit.prefix(1)) ? "an" : "a") \(unit) still uses"
      : "\(broken.count) \(unit)s still use"
    return switch severity {
    case .error: "'\(name)' was removed while \(who) it"
    case .warning where isUnshipped: "'\(name)' is no longer shipped with the solution"
    case .warning: "'\(name)' was removed while a settings file still has a row for it"
    case .note: "'\(name)' was removed"
    }
  }

  private static func consequence(
    _ severity: Severity, _ consumers: ConsumerWords, isUnshipped: Bool
  ) -> String {
    switch severity {
    case .error:
      "no solution of this revision brings it any more: the import asks for a missing dependency, or the \(consumers.plural) are imported without a connection"
    case .warning where isUnshipped:
      "the maker's environment still has it, the solution does not bring it: the target must have it already"
    case .warning, .note:
      "an upgrade deletes it in the target, and is refused while something there still uses it"
    }
  }

  /// What comes first where it may have been re-created as a reference that consumers use.
  private static func dating(_ removal: Removal, in comparison: Comparison) -> [FixStep] {
    if removal.undated.isEmpty { return [] }
    return comparison.past.endedAfter == nil
      ? ["find out whether it was re-created, in a clone with the whole history"]
      : [
        .command(
          "connref history",
          purpose: "find out whether it was re-created: a history looks at every commit")
      ]
  }

  private static func fix(
    _ severity: Severity, _ removal: Removal, _ consumers: ConsumerWords, isUnshipped: Bool
  ) -> [FixStep] {
    let name = removal.reference.name
    return switch severity {
    case .error where removal.instance.form == .clone:
      [
        "put the entry of \(name.spelling) back: an agent's tools use it",
        "or choose another connection for those tools in the agent, and pull again",
      ]
    case .error:
      [
        "put \(name.spelling) back into the solution in the maker's environment, and export again",
        "or move the \(consumers.plural) that use it to another reference first",
      ]
    case .warning where !isUnshipped:
      [
        .command(
          "connref settings sync --remove-stale",
          purpose: "if it was meant, remove its rows once no environment needs them")
      ]
    case .warning:
      ["add \(name.spelling) to the solution again: Add existing › Connection reference"]
    case .note where !removal.undated.isEmpty:
      ["if it was not: nothing, once no environment has anything left that uses it"]
    case .note: ["nothing, if no environment has anything left that uses it"]
    }
  }

  static let documentation = RuleDocumentation(
    title: "a connection reference was removed, and no other one took its place",
    severities: [
      .error("while a consumer uses it"),
      .warning(
        "where the maker's environment alone still has it (error with --release), or a settings file binds it"
      ),
      .note("in all other cases"),
    ],
    whatItDoes: """
      Reports a reference that a solution no longer declares and no other solution of the revision \
      does. Reports nothing when a whole solution was deleted, when another solution declares it \
      now, and when the manifest says which managed solution brings it.
      """,
    whyItIsBad: """
      A flow that uses an undeclared reference cannot be imported (0x80048033, some dependencies \
      are missing), or has no connection.
      """,
    fix: [
      "Add the reference to the solution again (Add existing › More › Connection reference) and export.",
      "Or move every consumer to another reference first, and remove it in a later release.",
    ],
    knownProblems: """
      A reference whose consumers are all outside the repository is reported as a note only.
      """,
    sources: ["https://github.com/microsoft/coe-starter-kit/issues/8466"],
    examples: [
      RuleExample(
        "removed while a flow still uses it",
        before: [
          .reference("sales_Files", "Sales files", sharePoint), .flow("Archive", ["sales_Files"]),
        ],
        after: [.flow("Archive", ["sales_Files"])],
        reports: [.referenceRemoved]),
      RuleExample(
        "removed from the solution, alive in the maker's environment",
        before: [
          .reference("sales_Files", "Sales files", sharePoint), .flow("Archive", ["sales_Files"]),
        ],
        after: [.external("sales_Files", .active), .flow("Archive", ["sales_Files"])],
        reports: [.referenceRemoved]),
      RuleExample(
        "a managed solution brings it now",
        before: [
          .reference("sales_Files", "Sales files", sharePoint), .flow("Archive", ["sales_Files"]),
        ],
        after: [
          .external("sales_Files", .solution("SalesBase (1.0.0.0)")),
          .flow("Archive", ["sales_Files"]),
        ],
        reports: []),
      RuleExample(
        "moved to a sibling solution",
        before: [
          .reference("sales_Files", "Sales files", sharePoint), .flow("Archive", ["sales_Files"]),
        ],
        after: [
          .flow("Archive", ["sales_Files"]),
          .reference("sales_Files", "Sales files", sharePoint, solution: "SalesBase"),
        ],
        reports: []),
    ])
}
