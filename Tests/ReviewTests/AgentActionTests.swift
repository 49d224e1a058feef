import Detection
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
}
