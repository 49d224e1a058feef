import Detection
import Solution
import Testing

@Suite struct `Severities of the team` {
  private func finding(_ rule: RuleID, _ path: String) -> Finding {
    Finding(
      rule: rule, severity: .error, confidence: .certain, solution: "Sales", summary: "s",
      consequence: "c", fix: [], focus: Place(path: path, line: 1))
  }

  @Test func `a rule is as grave as the file says, and the last path that matches counts`() throws {
    let configuration = try Configuration(
      file: Array(
        """
        rules:
          link-lost:
            severity: warning
            paths:
              "legacy/**": off
              "legacy/core": note
        """.utf8))
    func level(_ path: String) -> Severity? {
      configuration.rules.applied(to: [finding(.linkLost, path)]).first?.severity
    }
    #expect(level("new/a.json") == .warning)
    #expect(level("legacy/a.json") == nil)
    #expect(level("legacy/core/a.json") == .note)
    #expect(
      configuration.rules.applied(to: [finding(.referenceRecased, "new/a")]).first?.severity
        == .error)
  }

  @Test func `what became worse is first`() throws {
    let configuration = try Configuration(file: Array("rules: {link-lost: note}".utf8))
    let reported = configuration.rules.applied(to: [
      finding(.linkLost, "a"), finding(.settingsStale, "b"),
    ])
    #expect(reported.map(\.rule) == [.settingsStale, .linkLost])
  }
}
