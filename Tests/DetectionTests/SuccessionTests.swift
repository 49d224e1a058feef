import Detection
import Solution
import Testing

private let sharePoint = "shared_sharepointonline"

@Suite struct Successions {
  @Test func `consumers and an equal stem are strong evidence without an equal display name`() {
    let reported = changes(
      [.reference("new_files_a1b2c", "Old", sharePoint), .flow("F", ["new_files_a1b2c"])],
      [.reference("new_files_9d8e7", "New", sharePoint), .flow("F", ["new_files_9d8e7"])])
    #expect(reported.map(\.rule) == [.referenceRecreated])
    #expect(reported.first?.confidence == .strong)
    #expect(reported.first?.severity == .error)
  }

  @Test(arguments: [
    ("Lists", "Lists-a1b2c"), ("Lists-9d8e7", "Lists"), ("Lists-9d8e7", "Lists-a1b2c"),
    ("Lists-a1b2c", "Lists-9d8e7"),
  ])
  func `a display name may end in the suffix of either reference`(old: String, new: String) {
    let reported = changes(
      [.reference("new_x_a1b2c", old, sharePoint), .flow("F", ["new_x_a1b2c"])],
      [.reference("abc_y_9d8e7", new, sharePoint), .flow("F", ["new_x_a1b2c"])])
    #expect(reported.map(\.rule) == [.referenceRecreated])
    #expect(reported.first?.consumers.map(\.state) == [.leftBehind])
  }

  @Test func `a display name that ends in another one's suffix is another display name`() {
    let reported = changes(
      [
        .reference("new_x_a1b2c", "Lists", sharePoint), .flow("F", ["new_x_a1b2c"]),
        .reference("new_z_77777", "Other", "shared_teams"),
      ],
      [
        .reference("abc_y_9d8e7", "Lists-77777", sharePoint), .flow("F", ["new_x_a1b2c"]),
        .reference("abc_z_88888", "Any", "shared_teams"),
      ])
    #expect(
      reported.filter { $0.before.first?.name.key == "new_x_a1b2c" }.map(\.rule) == [
        .referenceRemoved
      ])
  }

  @Test func `another connector is another reference`() {
    let reported = changes(
      [.reference("sales_A", "Sales", sharePoint)],
      [.reference("sales_B", "Sales", "shared_office365")])
    #expect(reported.map(\.rule) == [.referenceRemoved])
    #expect(reported.first?.severity == .note)
  }

  @Test func `two of one connector and one flow pair by their display names`() {
    let reported = changes(
      [
        .reference("sales_A", "One", sharePoint), .reference("sales_B", "Two", sharePoint),
        .flow("F", ["sales_A", "sales_B"]),
      ],
      [
        .reference("new_B", "Two", sharePoint), .reference("new_A", "One", sharePoint),
        .flow("F", ["new_B", "new_A"]),
      ])
    #expect(reported.map(\.rule) == [.referenceRecreated, .referenceRecreated])
    #expect(
      reported.map { $0.before.map(\.name.spelling) + $0.after.map(\.name.spelling) }.sorted {
        $0[0] < $1[0]
      }
        == [["sales_A", "new_A"], ["sales_B", "new_B"]])
  }

  @Test func `several that became one are one finding, without unused ones`() {
    let reported = changes(
      [
        .reference("sales_A_11111", "Sales", sharePoint),
        .reference("sales_A_22222", "Sales", sharePoint),
        .reference("sales_A_33333", "Sales", sharePoint),
        .flow("F", ["sales_A_11111"]), .flow("G", ["sales_A_22222"]),
      ],
      [
        .reference("sales_A_44444", "Sales", sharePoint), .flow("F", ["sales_A_44444"]),
        .flow("G", ["sales_A_44444"]),
      ])
    let recreated = reported.filter { $0.rule == .referenceRecreated }
    #expect(
      recreated.map { $0.before.map(\.name.spelling) } == [["sales_A_11111", "sales_A_22222"]])
    #expect(reported.filter { $0.rule == .referenceRemoved }.map(\.severity) == [.note])
  }

  @Test func `a reference whose flows stayed with another is not paired by its display name`() {
    let reported = changes(
      [
        .reference("sales_Old", "Sales", sharePoint), .reference("sales_Base", "Base", sharePoint),
        .flow("F", ["sales_Old"]),
      ],
      [
        .reference("sales_Base", "Base", sharePoint), .reference("sales_New", "Sales", sharePoint),
        .flow("F", ["sales_Base"]),
      ])
    #expect(reported.filter { $0.severity > .note }.isEmpty)
  }

  @Test func `one flow that moved and one that was left behind are one re-creation`() {
    let reported = changes(
      [
        .reference("new_files_a1b2c", "Sales", sharePoint), .flow("F", ["new_files_a1b2c"]),
        .flow("G", ["new_files_a1b2c"]),
      ],
      [
        .reference("new_files_9d8e7", "Sales", sharePoint), .flow("F", ["new_files_9d8e7"]),
        .flow("G", ["new_files_a1b2c"]),
      ])
    #expect(reported.map(\.rule) == [.referenceRecreated])
    #expect(reported.first?.severity == .error)
    #expect(reported.first?.consumers.map(\.name) == ["F", "G"])
    #expect(reported.first?.consumers.map(\.state) == [.moved, .leftBehind])
  }

  @Test func `all flows left behind, and one reference of the same name added`() {
    let reported = changes(
      [
        .reference("new_files_a1b2c", "Sales", sharePoint), .flow("F", ["new_files_a1b2c"]),
        .flow("G", ["new_files_a1b2c"]),
      ],
      [
        .reference("new_files_9d8e7", "Sales", sharePoint), .flow("F", ["new_files_a1b2c"]),
        .flow("G", ["new_files_a1b2c"]),
      ])
    #expect(reported.map(\.rule) == [.referenceRecreated])
    #expect(reported.first?.severity == .error)
    #expect(reported.first?.confidence == .certain)
    #expect(reported.first?.consumers.map(\.state) == [.leftBehind, .leftBehind])
  }

  @Test func `of several that added the stem decides, else they are candidates`() {
    let before: [ExamplePart] = [
      .reference("new_files_a1b2c", "Sales", sharePoint), .flow("F", ["new_files_a1b2c"]),
    ]
    let decided = changes(
      before,
      [
        .reference("new_files_9d8e7", "Sales", sharePoint),
        .reference("new_orders_5d6e7", "Sales", sharePoint), .flow("F", ["new_files_a1b2c"]),
      ])
    #expect(decided.filter { $0.severity == .error }.map(\.rule) == [.referenceRecreated])
    #expect(decided.first?.after.map(\.name.spelling) == ["new_files_9d8e7"])
    let open = changes(
      before,
      [
        .reference("new_files_9d8e7", "Sales", sharePoint),
        .reference("new_files_5d6e7", "Sales", sharePoint), .flow("F", ["new_files_a1b2c"]),
      ])
    #expect(open.filter { $0.severity == .error }.map(\.rule) == [.referenceRemoved])
    #expect(
      ["new_files_9d8e7", "new_files_5d6e7"].allSatisfy { name in
        open.first?.remarks.contains { $0.contains(name) } == true
      })
  }

  @Test func `a stem is not enough where the display names differ and no flow moved`() {
    let reported = changes(
      [.reference("new_files_a1b2c", "Sales", sharePoint), .flow("F", ["new_files_a1b2c"])],
      [.reference("new_files_9d8e7", "Orders", sharePoint), .flow("F", ["new_files_a1b2c"])])
    #expect(reported.filter { $0.severity == .error }.map(\.rule) == [.referenceRemoved])
  }

  @Test func `all references moved to one base solution, under new names`() {
    let reported = changes(
      [.reference("new_files_a1b2c", "Sales", sharePoint), .flow("F", ["new_files_a1b2c"])],
      [
        .flow("F", ["new_files_9d8e7"]), .stub("new_files_9d8e7"),
        .reference("new_files_9d8e7", "Sales", sharePoint, solution: "Base"),
      ])
    #expect(reported.filter { $0.severity == .error }.map(\.rule) == [.referenceRecreated])
    #expect(
      reported.first?.after.compactMap(\.place?.path) == ["solutions/Base/Other/Customizations.xml"]
    )
  }

  @Test func `a thousand of one connector and name are paired by their flows`() {
    func parts(_ suffix: String) -> [ExamplePart] {
      (0..<1000).flatMap { number -> [ExamplePart] in
        let name = "new_sharedsql_\(suffix)\(1000 + number)"
        return [.reference(name, "Accounts", "shared_sql"), .flow("F\(number)", [name])]
      }
    }
    let before = RuleExample.snapshot(of: parts("a"))
    let after = RuleExample.snapshot(of: parts("b"))
    let reported = RuleBook.findings(in: Comparison(before: before, after: after))
    #expect(reported.count == 1000)
    #expect(reported.allSatisfy { $0.rule == .referenceRecreated })
    #expect(
      reported.allSatisfy { finding in
        finding.before.map(\.name.spelling)
          == finding.after.map { $0.name.spelling.replacing("_b", with: "_a") }
      })
  }

  @Test func `a consumer in another solution that was left behind is in the finding`() {
    let reported = changes(
      [
        .reference("new_files_a1b2c", "Sales", sharePoint), .flow("F", ["new_files_a1b2c"]),
        .flow("G", ["new_files_a1b2c"], solution: "Reports"),
      ],
      [
        .reference("new_files_9d8e7", "Sales", sharePoint), .flow("F", ["new_files_9d8e7"]),
        .flow("G", ["new_files_a1b2c"], solution: "Reports"),
      ])
    #expect(reported.map(\.rule) == [.referenceRecreated])
    #expect(reported.first?.consumers.map(\.state) == [.moved, .leftBehind])
  }

  @Test func `a stub defines nothing once the definition is removed`() {
    let member: [ExamplePart] = [
      .stub("new_files_a1b2c", solution: "Reports"),
      .flow("G", ["new_files_a1b2c"], solution: "Reports"),
    ]
    let defined = [ExamplePart.reference("new_files_a1b2c", "Sales", sharePoint)] + member
    let kept: [ExamplePart] = [
      .reference("sales_Mail", "Mail", "shared_office365"), .flow("F", ["sales_Mail"]),
    ]
    let removed = changes(defined + kept, member + kept)
    #expect(removed.map { "\($0.severity) \($0.rule)" } == ["error referenceRemoved"])
    #expect(removed.first?.consumers.map(\.name) == ["G"])
    let row: [ExamplePart] = [.row("new_files_a1b2c")]
    let bound = changes(defined + kept + row, member + kept + row)
    #expect(bound.flatMap { $0.rows.map(\.state) } == [.stale])
    // A stub whose definition is in no solution here is another repository's.
    #expect(changes(member + kept, member + kept + [.flow("H", ["sales_Mail"])]).isEmpty)
    let emptied = changes(defined + kept, [.stub("new_files_a1b2c")] + member + kept)
    #expect(emptied.map { "\($0.severity) \($0.rule)" } == ["error referenceRemoved"])
    let base: [ExamplePart] = [
      .reference("new_files_a1b2c", "Sales", sharePoint, solution: "Base")
    ]
    #expect(changes(defined + kept, [.stub("new_files_a1b2c")] + member + kept + base).isEmpty)
  }

  private let shared: [ExamplePart] = [
    .reference("new_files_a1b2c", "Sales", sharePoint), .flow("F", ["new_files_a1b2c"]),
    .flow("G", ["new_files_a1b2c"], solution: "Reports"),
  ]

  @Test func `a reference that two solutions replaced by one of their own each is one event`() {
    let reported = changes(
      shared,
      [
        .reference("new_files_9d8e7", "Sales", sharePoint), .flow("F", ["new_files_9d8e7"]),
        .reference("rep_Files", "Reports", sharePoint, solution: "Reports"),
        .flow("G", ["rep_Files"], solution: "Reports"),
      ])
    #expect(reported.filter { $0.severity > .note }.map(\.rule) == [.referenceRecreated])
    #expect(reported.first?.after.map(\.name.spelling) == ["new_files_9d8e7", "rep_Files"])
    #expect(reported.first?.consumers.map(\.name) == ["G", "F"])
    #expect(reported.first?.consumers.map(\.state) == [.moved, .moved])
  }

  @Test
  func `what another solution added beside a re-creation, with no flow moved, is no part of it`() {
    let reported = changes(
      shared,
      [
        .reference("new_files_9d8e7", "Sales", sharePoint), .flow("F", ["new_files_9d8e7"]),
        .reference("rep_Files", "Reports", sharePoint, solution: "Reports"),
        .flow("G", ["new_files_a1b2c"], solution: "Reports"),
      ])
    #expect(reported.first?.after.map(\.name.spelling) == ["new_files_9d8e7"])
    #expect(reported.first?.consumers.map(\.state) == [.moved, .leftBehind])
  }

  @Test
  func `what another solution still declares is paired where its flows moved, and only there`() {
    func parts(_ suffix: String, flow: String) -> [ExamplePart] {
      [
        .reference("new_files_\(suffix)", "Sales", sharePoint), .flow("F", ["new_files_\(flow)"]),
        .reference("new_files_a1b2c", "Sales", sharePoint, solution: "Teams"),
        .flow("G", ["new_files_a1b2c"], solution: "Teams"),
      ]
    }
    let before = parts("a1b2c", flow: "a1b2c")
    let reported = changes(before, parts("9d8e7", flow: "9d8e7"))
    // It was not deleted.
    #expect(reported.map(\.rule) == [.referenceReplaced])
    #expect(reported.map(\.severity) == [.warning])
    #expect(
      reported.first?.summary == "'new_files_a1b2c' was replaced by 'new_files_9d8e7'")
    #expect(reported.first?.consumers.map(\.name) == ["F"])
    #expect(changes(before, parts("9d8e7", flow: "a1b2c")).filter { $0.severity > .note }.isEmpty)
  }

  @Test func `an old one that crept back by a merge is no news when it is removed again`() {
    var past = moved(["sales_Old": 9, "sales_New": 3])
    for index in past.moves.indices { past.moves[index].move.isStaged = false }
    past.formerLinks["f"] = [
      (.init(reference: LogicalName("sales_Old"), connector: Connector(path: sharePoint)), "a")
    ]
    past.gains["f"] = [(LogicalName("sales_New"), 2)]
    #expect(changes(sideBySide, afterwards, past: past).filter { $0.severity > .note }.isEmpty)
  }

  @Test func `a solution that takes its former unique name again is compared with what it was`() {
    let before: [ExamplePart] = [
      .reference("new_files_a1b2c", "Sales", sharePoint, solution: "SalesTwo"),
      .flow("F", ["new_files_a1b2c"], solution: "SalesTwo"),
    ]
    let after: [ExamplePart] = [
      .reference("new_files_9d8e7", "Sales", sharePoint), .flow("F", ["new_files_9d8e7"]),
    ]
    // An ancestor had the solution under that name, with the reference that is new now.
    var past = Past()
    for instance in RuleExample.snapshot(of: after).instances {
      past.removedSolutions[SolutionLine(instance)] = (
        instance: instance, commit: "1"
      )
    }
    #expect(changes(before, after, past: past).map(\.rule) == [.referenceRecreated])
    #expect(changes([], after, past: past).filter { $0.severity > .note }.isEmpty)
  }

  /// The instance of an example at another place and in another form.
  private func instance(_ parts: [ExamplePart], at folder: String, _ form: Instance.Form) throws
    -> Instance
  {
    let instance = try #require(RuleExample.snapshot(of: parts).instances.first)
    return Instance(
      folder: folder, uniqueName: instance.uniqueName, form: form, publisherPrefix: nil,
      declarations: instance.declarations, references: instance.references, externals: [],
      consumers: instance.consumers, source: instance.source)
  }

  @Test func `of a renamed solution the folder is compared with the folder, and not with a build`()
    throws
  {
    let before: [ExamplePart] = [
      .reference("new_files_a1b2c", "Sales", sharePoint, solution: "SalesOne"),
      .flow("F", ["new_files_a1b2c"], solution: "SalesOne"),
    ]
    let after: [ExamplePart] = [
      .reference("new_files_9d8e7", "Sales", sharePoint, solution: "SalesTwo"),
      .flow("F", ["new_files_9d8e7"], solution: "SalesTwo"),
    ]
    let comparison = Comparison(
      before: Snapshot(instances: [
        try instance(before, at: "One.Build/one.zip", .archive),
        try instance(before, at: "One/src", .unpacked),
      ]), after: Snapshot(instances: [try instance(after, at: "Two/src", .unpacked)]))
    #expect(RuleBook.findings(in: comparison).map(\.rule) == [.referenceRecreated])
  }

  private func moved(_ introductions: [String: Int]) -> Past {
    var past = Past()
    for (name, age) in introductions {
      past.introductions[LogicalName(name)] = Past.Introduction(commit: "commit \(age)", age: age)
    }
    past.moves = [
      (
        .init(consumer: "f", from: LogicalName("sales_Old"), to: LogicalName("sales_New")),
        "abcdef1234567890"
      )
    ]
    return past
  }

  private let sideBySide: [ExamplePart] = [
    .reference("sales_Old", "Sales", sharePoint), .reference("sales_New", "Sales", sharePoint),
    .flow("F", ["sales_New"]),
  ]
  private let afterwards: [ExamplePart] = [
    .reference("sales_New", "Sales", sharePoint), .flow("F", ["sales_New"]),
  ]

  @Test func `over several commits a younger successor of the same name is the old one re-created`()
  {
    let reported = changes(sideBySide, afterwards, past: moved(["sales_Old": 9, "sales_New": 3]))
    #expect(reported.map(\.rule) == [.referenceRecreated])
    #expect(reported.first?.evidence.contains(.severalCommits) == true)
    #expect(
      reported.first?.remarks == [
        "the new one was declared in commit commit 3",
        "the consumers were moved in commit abcdef1234",
      ])
  }

  @Test func `over several commits an older successor is a clean-up`() {
    let reported = changes(sideBySide, afterwards, past: moved(["sales_Old": 3, "sales_New": 9]))
    #expect(reported.isEmpty)
  }

  @Test func `over several commits a successor born in the same commit replaced it`() {
    let reported = changes(sideBySide, afterwards, past: moved(["sales_Old": 3, "sales_New": 3]))
    #expect(reported.map(\.rule) == [.referenceReplaced])
    #expect(reported.first?.severity == .warning)
  }

  @Test func `born in the same commit, it is a clean-up where the other has flows of its own`() {
    let own = ExamplePart.flow("G", ["sales_New"])
    let reported = changes(
      sideBySide + [own], afterwards + [own], past: moved(["sales_Old": 3, "sales_New": 3]))
    #expect(reported.isEmpty)
  }

  @Test func `born with the whole solution, neither is older`() {
    var past = moved(["sales_Old": 3, "sales_New": 3])
    past.introductions = past.introductions.mapValues {
      Past.Introduction(commit: $0.commit, age: $0.age, isWithSolution: true)
    }
    #expect(changes(sideBySide, afterwards, past: past).isEmpty)
  }

  @Test func `an order that is not known has to be looked up`() {
    let before: [ExamplePart] = [
      .reference("sales_Old", "Sales", sharePoint), .reference("sales_New", "Sales", sharePoint),
      .flow("F", ["sales_Old"]),
    ]
    let comparison = Comparison(
      before: RuleExample.snapshot(of: before), after: RuleExample.snapshot(of: afterwards))
    #expect(comparison.needsPast)
    #expect(RuleBook.findings(in: comparison).isEmpty)
    let reported = changes(before, afterwards, past: moved(["sales_Old": 9, "sales_New": 3]))
    #expect(reported.map(\.rule) == [.referenceRecreated])
  }

  @Test func `deleted earlier, re-created now, and the flow that used it uses it again`() {
    var past = Past()
    let old = Reference(
      name: LogicalName("sales_Old"), displayName: "Sales", connector: Connector(path: sharePoint),
      isStub: false, place: Place(path: "c.xml", line: 3))
    past.removed[old.name] = (old, "abcdef1234567890")
    past.formerLinks["f"] = [
      (.init(reference: old.name, connector: Connector(path: sharePoint)), "abcdef1234567890")
    ]
    let reported = changes([.flow("F", [])], afterwards, past: past)
    #expect(reported.map(\.rule) == [.referenceRecreated])
    #expect(reported.first?.before.map(\.name.spelling) == ["sales_Old"])
  }
}
