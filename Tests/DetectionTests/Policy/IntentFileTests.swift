import Detection
import Solution
import Testing

struct IntentFileTests {
  private static func finding(_ rule: RuleID) -> Finding {
    func declaration(_ name: String) -> Declaration {
      Declaration(name: LogicalName(name))
    }
    return Finding(
      rule: rule, severity: .error, confidence: .certain, solution: "Sales", summary: "",
      before: [declaration("new_a")],
      after: rule == .referenceRemoved ? [] : [declaration("new_b")], consequence: "", fix: [])
  }

  private func added(_ rule: RuleID, to before: String?) throws -> String? {
    let plan = try #require(
      IntentFile.Plan(Self.finding(rule), until: nil, after: nil, reason: nil))
    return IntentFile.adding(plan, to: before.map { Array($0.utf8) }).map {
      String(decoding: $0, as: UTF8.self)
    }
  }

  @Test func `a file that is not there is begun`() throws {
    #expect(try added(.referenceRecreated, to: nil) == "moved:\n  - {from: new_a, to: new_b}\n")
  }

  @Test func `what is there stays, byte by byte`() throws {
    let text = "# ours\nmain: main   # yes\n"
    #expect(
      try added(.referenceRemoved, to: text) == text + "retired:\n  - {name: new_a}\n")
  }

  @Test func `a list gets an entry behind its last one`() throws {
    #expect(
      try added(
        .referenceRecreated,
        to: "moved:\n- {from: new_x, to: new_y}\n- from: new_v\n  to: new_w\n\nmain: main\n")
        == "moved:\n- {from: new_x, to: new_y}\n- from: new_v\n  to: new_w\n"
        + "- {from: new_a, to: new_b}\n\nmain: main\n")
  }

  @Test func `a list in one line gets an entry in it`() throws {
    #expect(
      try added(.referenceRemoved, to: "retired: [{name: new_x}]\n")
        == "retired: [{name: new_x}, {name: new_a}]\n")
    #expect(
      try added(.referenceRemoved, to: "retired: []  # none\n")
        == "retired: [{name: new_a}]  # none\n")
  }

  @Test func `line ends are those of the file`() throws {
    #expect(
      try added(.referenceRemoved, to: "main: main\r\n")
        == "main: main\r\nretired:\r\n  - {name: new_a}\r\n")
  }

  @Test func `a list that goes over several lines in brackets is left alone`() throws {
    #expect(try added(.referenceRemoved, to: "retired: [\n  {name: new_x}\n]\n") == nil)
  }

  @Test func `a finding that is no re-creation and no removal has no plan`() {
    #expect(
      IntentFile.Plan(Self.finding(.linkLost), until: nil, after: nil, reason: nil) == nil)
  }
}
