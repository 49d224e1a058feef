import Detection
import Solution
import Testing

private let sharePoint = "shared_sharepointonline"

@Suite struct Successions {
  private func findings(
    _ before: [ExamplePart], _ after: [ExamplePart], past: Past = .unknown
  ) -> [Finding] {
    RuleBook.findings(
      in: Comparison(
        before: RuleExample.snapshot(of: before), after: RuleExample.snapshot(of: after),
        past: past))
  }

  @Test func `consumers and an equal stem are strong evidence without an equal display name`() {
    let told = findings(
      [.reference("new_files_a1b2c", "Old", sharePoint), .flow("F", ["new_files_a1b2c"])],
      [.reference("new_files_9d8e7", "New", sharePoint), .flow("F", ["new_files_9d8e7"])])
    #expect(told.map(\.rule) == [.referenceRecreated])
    #expect(told.first?.confidence == .strong)
    #expect(told.first?.severity == .error)
  }

  @Test func `another connector is another reference`() {
    let told = findings(
      [.reference("sales_A", "Sales", sharePoint)],
      [.reference("sales_B", "Sales", "shared_office365")])
    #expect(told.map(\.rule) == [.referenceRemoved])
    #expect(told.first?.severity == .note)
  }

  @Test func `two of one connector and one flow pair by their display names`() {
    let told = findings(
      [
        .reference("sales_A", "One", sharePoint), .reference("sales_B", "Two", sharePoint),
        .flow("F", ["sales_A", "sales_B"]),
      ],
      [
        .reference("new_B", "Two", sharePoint), .reference("new_A", "One", sharePoint),
        .flow("F", ["new_B", "new_A"]),
      ])
    #expect(told.map(\.rule) == [.referenceRecreated, .referenceRecreated])
    #expect(
      told.map { $0.before.map(\.name.spelling) + $0.after.map(\.name.spelling) }.sorted {
        $0[0] < $1[0]
      }
        == [["sales_A", "new_A"], ["sales_B", "new_B"]])
  }

  @Test func `several that became one are one finding, without those that nobody used`() {
    let told = findings(
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
    let recreated = told.filter { $0.rule == .referenceRecreated }
    #expect(
      recreated.map { $0.before.map(\.name.spelling) } == [["sales_A_11111", "sales_A_22222"]])
    #expect(told.filter { $0.rule == .referenceRemoved }.map(\.severity) == [.note])
  }

  @Test func `a reference whose flows stayed with another is not paired by its display name`() {
    let told = findings(
      [
        .reference("sales_Old", "Sales", sharePoint), .reference("sales_Base", "Base", sharePoint),
        .flow("F", ["sales_Old"]),
      ],
      [
        .reference("sales_Base", "Base", sharePoint), .reference("sales_New", "Sales", sharePoint),
        .flow("F", ["sales_Base"]),
      ])
    #expect(told.filter { $0.severity > .note }.isEmpty)
  }

  @Test func `what went while its flow still names it is removed, and the look-alike is named`() {
    let told = findings(
      [
        .reference("new_files_a1b2c", "Sales", sharePoint), .flow("F", ["new_files_a1b2c"]),
        .flow("G", ["new_files_a1b2c"]),
      ],
      [
        .reference("new_files_9d8e7", "Sales", sharePoint), .flow("F", ["new_files_9d8e7"]),
        .flow("G", ["new_files_a1b2c"]),
      ])
    #expect(told.map(\.rule) == [.referenceRemoved])
    #expect(told.first?.severity == .error)
    #expect(told.first?.consumers.map(\.name) == ["G"])
    #expect(told.first?.remarks.first?.contains("new_files_9d8e7") == true)
  }

  @Test func `a consumer in another solution that was left behind stands in the finding`() {
    let told = findings(
      [
        .reference("new_files_a1b2c", "Sales", sharePoint), .flow("F", ["new_files_a1b2c"]),
        .flow("G", ["new_files_a1b2c"], solution: "Reports"),
      ],
      [
        .reference("new_files_9d8e7", "Sales", sharePoint), .flow("F", ["new_files_9d8e7"]),
        .flow("G", ["new_files_a1b2c"], solution: "Reports"),
      ])
    #expect(told.map(\.rule) == [.referenceRecreated])
    #expect(told.first?.consumers.map(\.state) == [.moved, .leftBehind])
  }

  private func moved(_ births: [String: Int]) -> Past {
    var past = Past()
    for (name, age) in births {
      past.births[LogicalName(name)] = Past.Birth(commit: "commit \(age)", age: age)
    }
    past.moves = [
      Past.Move(
        consumer: "f", from: LogicalName("sales_Old"), to: LogicalName("sales_New"),
        commit: "abcdef1234567890")
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

  @Test func `over several commits a younger heir of the same name is the old one made again`() {
    let told = findings(sideBySide, afterwards, past: moved(["sales_Old": 9, "sales_New": 3]))
    #expect(told.map(\.rule) == [.referenceRecreated])
    #expect(told.first?.evidence.contains(.severalCommits) == true)
    #expect(told.first?.remarks == ["the consumers were moved in commit abcdef1234"])
  }

  @Test func `over several commits an older heir is a clean-up`() {
    let told = findings(sideBySide, afterwards, past: moved(["sales_Old": 3, "sales_New": 9]))
    #expect(told.isEmpty)
  }

  @Test func `over several commits an heir born in the same commit replaced it`() {
    let told = findings(sideBySide, afterwards, past: moved(["sales_Old": 3, "sales_New": 3]))
    #expect(told.map(\.rule) == [.referenceReplaced])
    #expect(told.first?.severity == .warning)
  }

  @Test func `deleted earlier, made again now, and the flow that named it names it again`() {
    var past = Past()
    let old = Reference(
      name: LogicalName("sales_Old"), displayName: "Sales", connector: Connector(path: sharePoint),
      isStub: false, place: Place(path: "c.xml", line: 3))
    past.departed[old.name] = (old, "abcdef1234567890")
    past.formerLinks["f"] = [
      Past.FormerLink(
        reference: old.name, connector: Connector(path: sharePoint), commit: "abcdef1234567890")
    ]
    let told = findings([.flow("F", [])], afterwards, past: past)
    #expect(told.map(\.rule) == [.referenceRecreated])
    #expect(told.first?.before.map(\.name.spelling) == ["sales_Old"])
  }
}
