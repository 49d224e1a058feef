import Detection
import Editing
import Git
import Review
import Solution
import TestSupport
import Testing

/// Actions of an agent that lose the name of their reference.
@Suite struct AgentActionTests {
  private let list = """
    connectionReferences:
      - connectionReferenceLogicalName: desk_mail
        connectorId: /providers/Microsoft.PowerApps/apis/shared_office365
      - connectionReferenceLogicalName: desk_post
        connectorId: /providers/Microsoft.PowerApps/apis/shared_office365

    """

  /// A topic with an action for each of `names`; a nil one has no line for its reference.
  private func topic(_ names: String?...) -> TestFile {
    TestFile(
      "kind: AdaptiveDialog\nactions:\n"
        + names.map { name in
          "  - kind: InvokeConnectorAction\n"
            + (name.map { "    connectionReference: \($0)\n" } ?? "") + "    operationId: Send\n"
        }.joined() + "  - kind: EndDialog\n")
  }

  /// What is reported where the topic changes.
  private func lost(_ before: TestFile, _ after: TestFile) throws -> [Finding] {
    let fixture = try TestRepository {
      Commit(
        "base",
        [
          "desk/agent.mcs.yml": "kind: GptComponentMetadata\n",
          "desk/connectionreferences.mcs.yml": TestFile(list), "desk/topics/Mail.mcs.yml": before,
        ])
      Commit("changed", ["desk/topics/Mail.mcs.yml": after])
    }
    return try fixture.check(from: "base", to: "changed").findings.filter { $0.severity > .note }
  }

  @Test func `an action that loses its line is reported at it`() throws {
    let finding = try #require(try lost(topic("desk_mail"), topic(nil)).first)
    #expect(finding.rule == .linkLost && finding.severity == .error)
    #expect(finding.before.map(\.name.spelling) == ["desk_mail"])
    #expect(finding.consumers.map(\.place.line) == [3])
    #expect(finding.repair == nil)
  }

  @Test func `one of two that loses its value is reported alone`() throws {
    let findings = try lost(topic("desk_mail", "desk_post"), topic("", "desk_post"))
    #expect(findings.map { $0.before.map(\.name.spelling) } == [["desk_mail"]])
  }

  @Test func `an action that is removed, or uses another reference, lost nothing`() throws {
    #expect(try lost(topic("desk_mail", "desk_post"), topic("desk_post")).isEmpty)
    #expect(try lost(topic("desk_mail"), topic("desk_post")).isEmpty)
    #expect(try lost(topic("desk_mail", nil), topic(nil)).isEmpty)
    #expect(try lost(topic("desk_mail"), topic("desk_post", nil)).isEmpty)
  }

  /// An agent whose topic is `states`, one after the other.
  private func agent(_ states: TestFile...) throws -> TestRepository {
    let list = TestFile(list)
    let fixture = try TestRepository {
      Commit(
        "base",
        [
          "desk/agent.mcs.yml": "kind: GptComponentMetadata\n",
          "desk/connectionreferences.mcs.yml": list,
        ])
    }
    for (number, state) in states.enumerated() {
      try fixture.stage(["desk/topics/Mail.mcs.yml": state])
      try fixture.git("commit", "--quiet", "-m", "state \(number)")
    }
    return fixture
  }

  private func outcomes(_ fixture: TestRepository) throws -> [Outcome] {
    var scan = HistoryScan(try Repository(folder: fixture.path, environment: Command.closedWorld))
    return try scan.outcome().history.incidents.map(\.outcome)
  }

  @Test func `it is open until the action has a reference again`() throws {
    let (full, empty) = (topic("desk_mail"), topic(nil))
    #expect(try outcomes(agent(full, empty)) == [.open])
    #expect(try outcomes(agent(full, empty, full)) == [.reverted])
    #expect(try outcomes(agent(full, empty, topic("desk_post"))) == [.reverted])
    #expect(
      try outcomes(agent(topic("desk_mail", "desk_post"), topic(nil, "desk_post"))) == [.open])
  }

  @Test func `no repair of an action is offered, and none fails over its form`() throws {
    let fixture = try agent(topic("desk_mail"))
    try fixture.stage(["desk/topics/Mail.mcs.yml": topic(nil)])
    let refusal = try fixture.refusal(.linkLost)
    #expect(refusal.message.contains("has no line for its reference any more"))
    #expect(refusal.hint == "put the line connectionReference back where it was")
  }

  @Test func `an action that a re-creation emptied is open, and no repair is offered`() throws {
    func files(_ name: String, _ used: String?) -> [String: TestFile] {
      Sales([Sales.Reference(name, "Mail")], []).files(.yaml).merging([
        "solutions/Sales/botcomponents/new_desk.topic.Mail/data": topic(used)
      ]) { $1 }
    }
    let fixture = try TestRepository { Commit("base", files(Sales.old.name, Sales.old.name)) }
    try fixture.stage(
      files(Sales.old.name, nil).becoming(files(Sales.new.name, nil)))
    try fixture.git("commit", "--quiet", "-m", "recreated")
    let finding = try #require(
      try fixture.check(.commit("HEAD")).findings.first { $0.rule == .referenceRecreated })
    #expect(finding.consumers.map(\.state) == [.broken])
    #expect(finding.repair == nil && finding.outcome == .open)
    #expect(try outcomes(fixture) == [.open])
  }
}
