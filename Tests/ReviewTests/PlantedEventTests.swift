import Detection
import Git
import Review
import Solution
import TestSupport
import Testing

/// A reference that is deleted and re-created, in every order of the steps and in every form on disk.
@Suite struct PlantedEventTests {
  /// What one of the two references of the event is.
  enum Identity: CaseIterable {
    case old, new
  }

  /// A commit: what is declared, and what each of two consumers uses; nil for one that is not there.
  struct Step: Sendable {
    let declared: [Identity]
    let first: Identity?
    let second: Identity?

    init(_ declared: [Identity], _ first: Identity?, _ second: Identity?) {
      self.declared = declared
      self.first = first
      self.second = second
    }
  }

  /// The steps that follow a first commit with the old one alone.
  struct Order: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let steps: [Step]
    /// The number of the step that completes the event, from 1.
    let completed: Int

    init(_ name: String, completed: Int, _ steps: Step...) {
      testDescription = name
      self.steps = steps
      self.completed = completed
    }
  }

  enum Form: CaseIterable {
    case classic, plain, yaml, zip, clone, workspace, codeApp
  }

  static let orders = [
    Order("moved at once", completed: 1, Step([.new], .new, .new)),
    Order("left behind", completed: 1, Step([.new], .old, .old)),
    Order("half left behind", completed: 1, Step([.new], .new, .old), Step([.new], .new, .new)),
    Order(
      "left behind, then moved", completed: 1, Step([.new], .old, .old), Step([.new], .new, .new)),
    Order(
      "declared beside, then moved", completed: 2, Step([.old, .new], .old, .old),
      Step([.new], .new, .new)),
    Order(
      "declared, moved, dropped", completed: 3, Step([.old, .new], .old, .old),
      Step([.old, .new], .new, .new), Step([.new], .new, .new)),
    Order(
      "declared and moved, dropped", completed: 2, Step([.old, .new], .new, .new),
      Step([.new], .new, .new)),
    Order(
      "declared, half moved, the rest with the drop", completed: 3, Step([.old, .new], .old, .old),
      Step([.old, .new], .new, .old), Step([.new], .new, .new)),
    Order(
      "half moved with the declaration, the rest with the drop", completed: 2,
      Step([.old, .new], .new, .old), Step([.new], .new, .new)),
    Order(
      "half moved with the declaration, the rest left behind", completed: 2,
      Step([.old, .new], .new, .old), Step([.new], .new, .old)),
    Order(
      "declared beside, dropped, moved", completed: 3, Step([.old, .new], .old, .old),
      Step([.new], .old, .old), Step([.new], .new, .new)),
    Order("dropped first", completed: 2, Step([], .old, .old), Step([.new], .new, .new)),
    Order(
      "dropped, declared, moved", completed: 3, Step([], .old, .old), Step([.new], .old, .old),
      Step([.new], .new, .new)),
    Order(
      "dropped with its consumers, all back", completed: 2, Step([], nil, nil),
      Step([.new], .new, .new)),
    Order(
      "dropped with its consumers, declared, consumers back", completed: 3, Step([], nil, nil),
      Step([.new], nil, nil), Step([.new], .new, .new)),
    Order(
      "consumers dropped and back with the new one, then the old one dropped", completed: 3,
      Step([.old], nil, nil), Step([.old, .new], .new, .new), Step([.new], .new, .new)),
  ]

  @Test(arguments: orders, Form.allCases)
  func `it is reported once, in the commit that completes it`(order: Order, form: Form) throws {
    let fixture = try repository(order, form)
    for number in 1...order.steps.count {
      let outcome = try fixture.check(from: "step \(number - 1)", to: "step \(number)")
      let reported = outcome.findings.filter { $0.rule == .referenceRecreated }
      #expect(
        reported.map(\.severity) == (number == order.completed ? [.error] : []),
        "step \(number): \(outcome.reported)")
      guard let finding = reported.first else { continue }
      #expect(finding.before.map(\.name.spelling) == [name(.old, form)])
      #expect(finding.after.map(\.name.spelling) == [name(.new, form)])
      #expect(Set(finding.consumers.map(\.id)).count == 2)
    }
  }

  @Test(arguments: orders, [Form.classic, .zip, .clone])
  func `history reports it once, as a check of the commit does`(order: Order, form: Form) throws {
    let fixture = try repository(order, form)
    let repository = try Repository(
      at: fixture.path, folder: fixture.path, environment: Command.closedWorld)
    var scan = HistoryScan(repository)
    let incidents = try scan.outcome().history.incidents.filter {
      $0.finding.rule == .referenceRecreated
    }
    #expect(incidents.map(\.moment.commit) == [fixture.id("step \(order.completed)")])
    let checked = try fixture.check(
      from: "step \(order.completed - 1)", to: "step \(order.completed)")
    #expect(
      incidents.map(\.finding.id)
        == checked.findings.filter { $0.rule == .referenceRecreated }.map(\.id))
  }

  @Test(
    arguments: orders,
    [
      [Form.classic, .zip], [.zip, .classic], [.yaml, .zip], [.classic, .yaml], [.plain, .classic],
    ])
  func `it is reported in the commit that changes the form as well`(order: Order, forms: [Form])
    throws
  {
    let fixture = try repository(order, forms[0], from: order.completed, forms[1])
    for number in 1...order.steps.count {
      let outcome = try fixture.check(from: "step \(number - 1)", to: "step \(number)")
      let reported = outcome.findings.filter { $0.rule == .referenceRecreated }
      #expect(
        reported.map(\.severity) == (number == order.completed ? [.error] : []),
        "step \(number): \(outcome.reported)")
    }
  }

  @Test(arguments: orders, [Form.classic, .yaml])
  func `history of the last commit alone looks back as a check does`(order: Order, form: Form)
    throws
  {
    let fixture = try repository(order, form)
    let number = order.completed
    let range = "\(fixture.id("step \(number - 1)"))..\(fixture.id("step \(number)"))"
    var scan = HistoryScan(
      try Repository(at: fixture.path, folder: fixture.path, environment: Command.closedWorld),
      options: HistoryOptions(revisions: [range]))
    #expect(
      try scan.outcome().history.incidents.filter { $0.finding.rule == .referenceRecreated }
        .map(\.moment.commit) == [fixture.id("step \(number)")])
  }

  /// What each of them says of a commit.
  struct Verdict: Hashable {
    let id: String
    let severity: Severity
    let outcome: Outcome?
  }

  @Test(arguments: orders, Form.allCases)
  func `check, branches and history agree on every commit`(order: Order, form: Form) throws {
    let fixture = try repository(order, form)
    let repository = try Repository(
      at: fixture.path, folder: fixture.path, environment: Command.closedWorld)
    let today = try #require(Day("2026-06-01"))
    for number in 1...order.steps.count {
      let (parent, commit) = (fixture.id("step \(number - 1)"), fixture.id("step \(number)"))
      let checked = try fixture.check(from: "step \(number - 1)", to: "step \(number)")
        .findings.filter { $0.severity > .note }
      var review = try BranchReview(
        repository, options: BranchReview.Options(main: parent, today: today))
      let verdict = review.verdict(
        on: Git.Reference(
          name: "refs/heads/topic", shortName: "topic", commit: ObjectID(hex: commit)))
      let onBranch = verdict.findings.map(\.finding)
      #expect(
        Set(onBranch.map(Verdict.init)) == Set(checked.map(Verdict.init)), "step \(number)")
      var scan = HistoryScan(
        repository, options: HistoryOptions(revisions: [commit], today: today))
      let incidents = try scan.outcome().history.incidents.filter { $0.moment.commit == commit }
      // A history joins rows with their event, and asks no state rule.
      let events = checked.filter {
        RuleBook.follows($0) && ![.settingsStale, .settingsMissing].contains($0.rule)
      }
      #expect(
        Set(
          incidents.map {
            Verdict(id: $0.finding.id, severity: $0.finding.severity, outcome: $0.outcome)
          }) == Set(events.map(Verdict.init)), "step \(number): \(checked.map(\.summary))")
      #expect(events.allSatisfy { $0.outcome != nil })
    }
  }

  @Test(arguments: Form.allCases)
  func `consumers that move onto a reference that is older are a clean-up`(form: Form) throws {
    let fixture = try repository(
      Order(
        "", completed: 0, Step([.new], .new, .new), Step([.old, .new], .old, .new),
        Step([.old, .new], .new, .new), Step([.new], .new, .new)), form,
      first: Step([.new], .new, .new))
    for number in 1...4 {
      let outcome = try fixture.check(from: "step \(number - 1)", to: "step \(number)")
      #expect(outcome.findings.allSatisfy { $0.severity < .error }, "\(outcome.reported)")
    }
  }

  @Test(arguments: Form.allCases)
  func `one that was added beside, and that no consumer moved to, succeeds none`(form: Form) throws
  {
    let fixture = try repository(
      Order(
        "", completed: 0, Step([.old, .new], .old, .old), Step([.old, .new], nil, nil),
        Step([.new], nil, nil)), form)
    for number in 1...3 {
      let outcome = try fixture.check(from: "step \(number - 1)", to: "step \(number)")
      #expect(!outcome.findings.contains { $0.rule == .referenceRecreated }, "\(outcome.reported)")
    }
  }

  /// - Parameter later: the form of the commits from `change` on; nil for that of the others.
  private func repository(
    _ order: Order, _ form: Form, first: Step = Step([.old], .old, .old), from change: Int = 0,
    _ later: Form? = nil
  ) throws -> TestRepository {
    let states = ([first] + order.steps).enumerated().map { number, step in
      files(step, number < change ? form : later ?? form)
    }
    return try TestRepository {
      Commit("step 0", states[0])
      for number in 1..<states.count {
        Commit("step \(number)", states[number - 1].becoming(states[number]))
      }
    }
  }

  private func name(_ identity: Identity, _ form: Form) -> String {
    switch (form, identity) {
    case (.clone, .old), (.workspace, .old): "abc_desk_sharedsql_a1b2c"
    case (.clone, .new), (.workspace, .new): "abc_desk_sharedsql_9d8e7"
    case (_, .old): Sales.old.name
    case (_, .new): Sales.new.name
    }
  }

  private func files(_ step: Step, _ form: Form) -> [String: TestFile] {
    switch form {
    case .classic: solution(step).files(.classic)
    case .plain: solution(step).files(.plain)
    case .yaml: solution(step).files(.yaml)
    case .zip:
      [
        "Sales.zip": TestFile(
          bytes: storedZip(
            solution(step).files(.plain, in: "").sorted { $0.key < $1.key }
              .map { (path: $0.key, content: Array($0.value.bytes)) }))
      ]
    case .clone: clone(step)
    case .workspace: workspace(step)
    case .codeApp: codeApps(step)
    }
  }

  /// The solution declares the references; two apps beside it use them.
  private func codeApps(_ step: Step) -> [String: TestFile] {
    var files = solution(Step(step.declared, nil, nil)).files(.classic)
    for (title, reference) in consumers(step) {
      files["apps/\(title)/power.config.json"] = TestFile(
        """
        {
          "appId": "\(title == "Stock" ? "0a" : "0b")1b2c3d-1111-2222-3333-444455556666",
          "appDisplayName": "\(title)",
          "environmentId": "1a1b2c3d-1111-2222-3333-444455556666",
          "connectionReferences": {
            "2a1b2c3d-1111-2222-3333-444455556666": {
              "id": "/providers/Microsoft.PowerApps/apis/shared_sharepointonline",
              "displayName": "SharePoint",
              "dataSources": ["\(title)"],
              "xrmConnectionReferenceLogicalName": "\(name(reference, .codeApp))"
            }
          }
        }

        """)
    }
    return files
  }

  /// A third reference keeps the lists from being empty.
  private func solution(_ step: Step) -> Sales {
    let other = Sales.Reference("sales_Teams", "Teams of Sales", "shared_teams")
    func reference(_ identity: Identity) -> Sales.Reference {
      identity == .old ? Sales.old : Sales.new
    }
    return Sales(
      step.declared.map(reference) + [other],
      [
        step.first.map { Sales.approve(reference($0)) },
        step.second.map { Sales.remind(reference($0)) }, Sales.archive(other),
      ].compactMap { $0 })
  }

  private func agentFiles(_ step: Step) -> [String: TestFile] {
    [
      "desk/agent.mcs.yml": "kind: GptComponentMetadata\ninstructions: Help.\n",
      "desk/settings.mcs.yml": "displayName: Desk\nschemaName: abc_desk\n",
    ]
  }

  private func consumers(_ step: Step) -> [(title: String, reference: Identity)] {
    [step.first.map { ("Stock", $0) }, step.second.map { ("Order", $0) }].compactMap { $0 }
  }

  private static let connector = "/providers/Microsoft.PowerApps/apis/shared_sql"

  private func clone(_ step: Step) -> [String: TestFile] {
    var files = agentFiles(step)
    files["desk/connectionreferences.mcs.yml"] = TestFile(
      "connectionReferences:\n"
        + step.declared.map {
          "  - connectionReferenceLogicalName: \(name($0, .clone))\n    connectorId: \(Self.connector)\n"
        }.joined())
    for (title, reference) in consumers(step) {
      files["desk/actions/\(title).mcs.yml"] = TestFile(
        """
        mcs.metadata:
          componentName: \(title)
        kind: TaskDialog
        action:
          kind: InvokeConnectorTaskAction
          connectionReference: \(name(reference, .clone))
          operationId: GetItems

        """)
    }
    return files
  }

  private func workspace(_ step: Step) -> [String: TestFile] {
    var files = agentFiles(step)
    files["desk/agent.sync.yaml"] = "layoutVersion: 1\n"
    for identity in step.declared {
      let reference = name(identity, .workspace)
      files["desk/infrastructure/connections/\(reference).sync.yaml"] = TestFile(
        """
        connectionReferences:
          - connectionReferenceLogicalName: \(reference)
            connectorId: \(Self.connector)

        """)
    }
    for (title, reference) in consumers(step) {
      files["desk/capabilities/tools/\(title).mcs.yml"] = TestFile(
        """
        mcs.metadata:
          componentName: \(title)
        kind: ConnectorTool
        connectionReference: \(name(reference, .workspace))
        connectorId: \(Self.connector)
        operationId: GetItems

        """)
    }
    return files
  }
}

extension PlantedEventTests.Verdict {
  init(_ finding: Finding) {
    self.init(id: finding.id, severity: finding.severity, outcome: finding.outcome)
  }
}
