import Solution

/// Consumers name what nothing in the revision declares.
enum LinkUnresolved: StateRule {
  static let id = RuleID.linkUnresolved
  static let section = AuditSection.unbound
  static let reportedBy: Set<RuleID> = [
    .referenceRecreated, .referenceReplaced, .referenceRemoved, .linkLost, .linkUnshipped,
    .referenceRecased,
  ]

  static func findings(in state: State) -> [Finding] {
    state.parts.flatMap { part -> [Finding] in
      var ends: [LogicalName: Resolution] = [:]
      var users: [LogicalName: [AffectedConsumer]] = [:]
      for consumer in part.consumers {
        lazy var found = Set(
          consumer.links.compactMap(\.reference).filter {
            state.declarations.resolve($0, from: part.instance).isResolved
          }.map(\.prefix))
        for name in Set(consumer.links.compactMap(\.reference)) {
          let declared = ends[name] ?? state.declarations.resolve(name, from: part.instance)
          ends[name] = declared
          let end = expected(
            declared, name, of: consumer, part.instance,
            usesOthers: { found.contains(name.prefix) },
            in: state)
          if end == .nothing || end == .external(.active) {
            users[name, default: []].append(
              AffectedConsumer(consumer, naming: name, state: .broken))
          }
        }
      }
      return users.sorted { $0.key < $1.key }.map { name, users in
        finding(
          name, users.sorted { $0.place < $1.place }, part.instance,
          isUnshipped: ends[name] == .external(.active), state.conventions)
      }
    }
  }

  /// An app's source declares nothing itself. What it uses is expected in this repository where it has the
  /// prefix of a publisher that is here. Every environment has a publisher `new`: with that prefix, the app must
  /// use another reference that is here, or no solution here may have another publisher.
  ///
  /// - Parameter usesOthers: whether the consumer uses a reference of the same prefix that is found.
  private static func expected(
    _ end: Resolution, _ name: LogicalName, of consumer: Consumer, _ instance: Instance,
    usesOthers: () -> Bool, in state: State
  ) -> Resolution {
    let declarations = state.declarations
    guard end == .unknown, consumer.isApp,
      declarations.resolveGone(name, from: instance) == .nothing,
      !declarations.isElsewhere(name, instance.uniqueName)
    else { return end }
    let isExpected =
      usesOthers()
      || (name.prefix == "new" ? state.hasOnlyPublisher(of: name) : state.hasPublisher(of: name))
    return isExpected ? .nothing : end
  }

  private static func finding(
    _ name: LogicalName, _ users: [AffectedConsumer], _ instance: Instance, isUnshipped: Bool,
    _ conventions: Conventions
  ) -> Finding {
    let unit = users.allSatisfy { $0.kind == .flow } ? "flows" : "consumers"
    let unlisted = UnlistedMember(name, of: instance)
    let who = users.count == 1 ? "'\(users[0].name)' uses" : "\(users.count) \(unit) use"
    return Finding(
      rule: id, severity: isUnshipped ? conventions.severityBeforeRelease : .warning,
      confidence: .certain, solution: instance.uniqueName,
      summary: isUnshipped
        ? "\(who) \(name.spelling), which no solution of this repository ships"
        : "\(who) \(name.spelling), which "
          + (unlisted == nil ? "nothing declares" : "its solution does not list"),
      before: [Declaration(name: name)],
      consumers: users,
      remarks: (isUnshipped
        ? ["the manifest says that only the maker's environment has it (solution=\"Active\")"] : [])
        + otherFiles(of: users, instance),
      consequence: isUnshipped
        ? LinkUnshipped.consequence : unlisted?.statement ?? consequence(for: users),
      fix: isUnshipped
        ? LinkUnshipped.fix(name)
        : unlisted.map { [.text($0.addition)] } ?? fix(name, for: users, in: instance),
      focus: users.first?.place)
  }
}

extension LinkUnresolved {
  /// Where another file of the same flow does not use the name, and it is not known which of them counts.
  private static func otherFiles(of users: [AffectedConsumer], _ instance: Instance) -> [String] {
    users.flatMap { user in
      instance.consumers(withID: user.id).filter {
        $0.path != user.place.path && user.reference.map($0.names) == false
      }.map { "the same flow is in '\($0.path)' too, which does not use it" }
    }
  }

  /// The kind of all users where that is not a flow; nil for flows, and for several kinds.
  private static func kind(of users: [AffectedConsumer]) -> Consumer.Kind? {
    let kinds = Set(users.map(\.kind))
    return kinds.count == 1 && kinds != [.flow] ? kinds.first : nil
  }

  private static func consequence(for users: [AffectedConsumer]) -> String {
    kind(of: users)?.consequenceOfLostLink ?? """
      the import stops at a missing dependency, or the flow is imported without a connection and \
      cannot be turned on
      """
  }

  private static func fix(
    _ name: LogicalName, for users: [AffectedConsumer], in instance: Instance
  ) -> [FixStep] {
    // A cloned agent is pulled, and in no solution that could be exported.
    if instance.form == .clone { return [Consumer.Kind.agent.choosingReference] }
    return [
      "add \(name.spelling) to the solution (Add existing › More › Connection reference), and export",
      kind(of: users).map { "or \($0.choosingReference.line)" }
        ?? "or choose a reference that is there in each of them, save, export",
    ]
  }

  static let documentation = RuleDocumentation(
    title: "a flow, app or agent uses a reference that nothing declares",
    severities: [.warning, .error("with --release where only the maker's environment has it")],
    whatItDoes: """
      Follows each name: to the consumer's own solution, to the other solutions of the revision, \
      to the missing dependencies of its manifest. Reports a link that leads nowhere: nothing \
      declares the name; or it should be in a solution of this revision, which does not declare \
      it; or the manifest names the solution "Active" alone, the maker's own environment, unless \
      .connref.yml lists the name under shipped-elsewhere. In a check only links of the change are \
      reported, mostly by link-lost or link-unshipped.
      """,
    whyItIsBad: """
      Nothing brings the reference to the next environment. The import stops (0x80048033, some \
      dependencies are missing), or the flow has no connection there.
      """,
    fix: [
      "Add the reference to the solution, and export it again.",
      "Or choose a reference that exists in the flow, save, export.",
    ],
    knownProblems: """
      A solution that was exported in parts, or whose manifest was edited by hand, may rely on a \
      reference that every environment has. Patches whose base is not here, and flows without a \
      declaration file beside them, are not checked.
      """,
    sources: ["https://learn.microsoft.com/power-platform/alm/removing-dependencies"],
    examples: [
      RuleExample(
        "two flows use what nothing declares",
        state: [
          .reference("sales_Invoices_SharePoint", "Invoices", sharePoint),
          .flow("Archive", ["sales_Invoices_SharePoint", "sales_Mail"]),
          .flow("Remind", ["sales_Mail"]),
        ],
        reports: [.linkUnresolved]),
      RuleExample(
        "only the maker's environment has it",
        state: [
          .reference("sales_Invoices_SharePoint", "Invoices", sharePoint),
          .external("sales_Orders_Outlook", .active),
          .flow("Archive", ["sales_Invoices_SharePoint", "sales_Orders_Outlook"]),
        ],
        reports: [.linkUnresolved]),
      RuleExample(
        "it should be in a solution of the revision, which does not declare it",
        state: [
          .reference("sales_Invoices_SharePoint", "Invoices", sharePoint),
          .external("base_Mail", .solution("SalesBase")),
          .reference("sales_Files_SharePoint", "Files", sharePoint, solution: "SalesBase"),
          .flow("Copy", ["sales_Files_SharePoint"], solution: "SalesBase"),
          .flow("Archive", ["sales_Invoices_SharePoint", "base_Mail"]),
        ],
        reports: [.linkUnresolved]),
      RuleExample(
        "another repository ships it, as .connref.yml says",
        state: [
          .reference("sales_Invoices_SharePoint", "Invoices", sharePoint),
          .external("base_Mail", .active),
          .flow("Archive", ["sales_Invoices_SharePoint", "base_Mail"]),
        ],
        conventions: Conventions(shippedElsewhere: [WildcardText("base_*")]), reports: []),
      RuleExample(
        "the manifest says which solution brings it",
        state: [
          .reference("sales_Invoices_SharePoint", "Invoices", sharePoint),
          .external("base_Mail", .solution("Base (1.0.0.0)")),
          .flow("Archive", ["sales_Invoices_SharePoint", "base_Mail"]),
        ],
        reports: []),
    ])
}
