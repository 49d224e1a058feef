import Detection
import Solution
import Testing

@Suite struct `File of approvals` {
  private func approval(_ id: String, reason: String = "r", until: String? = nil) -> Approval {
    Approval(
      id: id, rule: .linkLost, names: [LogicalName("new_a_1b2c3")], reason: reason, who: "Ada",
      until: until.flatMap { Day($0) }, place: Place(path: "", line: 0))
  }

  private func faults(_ text: String) -> [String] {
    do throws(PolicyError) {
      _ = try ApprovalsFile(Array(text.utf8))
      return []
    } catch {
      return error.faults.map { "\($0.place.line): \($0.message)" }
    }
  }

  @Test func `an entry is one line, sorted by id`() throws {
    var file = try ApprovalsFile([])
    try file.add([approval("bbbbbbbbbbbb"), approval("aaaaaaaaaaaa", until: "2027-03-31")])
    try file.add([approval("abababababab")])
    let entries = file.text.split(separator: "\n").filter { !$0.hasPrefix("#") }
    #expect(
      entries == [
        "- {id: aaaaaaaaaaaa, rule: link-lost, names: [new_a_1b2c3], reason: \"r\", who: \"Ada\", until: 2027-03-31}",
        "- {id: abababababab, rule: link-lost, names: [new_a_1b2c3], reason: \"r\", who: \"Ada\"}",
        "- {id: bbbbbbbbbbbb, rule: link-lost, names: [new_a_1b2c3], reason: \"r\", who: \"Ada\"}",
      ])
  }

  @Test(arguments: [
    "plain", "with \"quotes\" and \\ and 'more'", "two\nlines\tand a tab", "# no comment: {a, [b]}",
    "Grüße, 漢字 🎉", "\u{1B}[31mred \u{2028}", "- {id: 111111111111}",
  ])
  func `a reason is read as it was given`(reason: String) throws {
    var file = try ApprovalsFile([])
    try file.add([approval("aaaaaaaaaaaa", reason: reason)])
    let again = try ApprovalsFile(Array(file.text.utf8))
    #expect(again.approvals.entries.first?.reason == reason)
    #expect(file.text.split(separator: "\n").count { !$0.hasPrefix("#") } == 1)
  }

  @Test(arguments: ["123456789012", "12e456789012", "000000000000", "0x1234567890"])
  func `an id that looks like a number stays a text`(id: String) throws {
    guard id.allSatisfy(\.isHexDigit) else { return }
    var file = try ApprovalsFile([])
    try file.add([approval(id)])
    #expect(file.text.contains("id: \"\(id)\""))
    #expect(try ApprovalsFile(Array(file.text.utf8)).approvals.entries.first?.id == id)
  }

  @Test func `comments and entries of any style stay where they are`() throws {
    let text = """
      # ours
      - id: 222222222222
        rule: link-lost
        reason: by hand

      # about the next
      - {id: "444444444444", reason: short}
      """
    var file = try ApprovalsFile(Array(text.utf8))
    try file.add([approval("333333333333")])
    #expect(
      file.text == """
        # ours
        - id: 222222222222
          rule: link-lost
          reason: by hand

        # about the next
        - {id: "333333333333", rule: link-lost, names: [new_a_1b2c3], reason: "r", who: "Ada"}
        - {id: "444444444444", reason: short}

        """)
    file.remove { $0.id != "444444444444" }
    #expect(
      file.text == "# ours\n\n# about the next\n- {id: \"444444444444\", reason: short}\n")
  }

  @Test func `an entry that is accepted again is replaced`() throws {
    var file = try ApprovalsFile([])
    try file.add([approval("aaaaaaaaaaaa", reason: "old")])
    try file.add([approval("aaaaaaaaaaaa", reason: "new")])
    #expect(file.approvals.entries.map(\.reason) == ["new"])
  }

  @Test func `what is wrong is named with its line`() {
    #expect(
      faults("- id: 1\n  reason: r\n")
        == ["1: an entry needs the 'id' of a finding: twelve digits and letters"])
    #expect(faults("- id: aaaaaaaaaaaa\n") == ["1: entry aaaaaaaaaaaa gives no 'reason'"])
    #expect(
      faults("- id: aaaaaaaaaaaa\n  reason: r\n  until: soon\n")
        == ["1: 'until: soon' of entry aaaaaaaaaaaa is not a valid date: write it as 2027-03-31"])
    #expect(
      faults("- id: aaaaaaaaaaaa\n  reason: r\n  rule: nope\n")
        == ["1: there is no rule 'nope': connref rules lists them all"])
    #expect(
      faults("- id: aaaaaaaaaaaa\n  reson: r\n").last
        == "2: there is no key 'reson': did you mean 'reason'?")
    #expect(
      faults("id: aaaaaaaaaaaa\n")
        == ["1: the file must be a list of entries, each beginning with '- id:'"])
  }

  @Test func `CRLF stays CRLF`() throws {
    var file = try ApprovalsFile(Array("# a\r\n- {id: bbbbbbbbbbbb, reason: r}\r\n".utf8))
    try file.add([approval("aaaaaaaaaaaa")])
    #expect(file.text.split(omittingEmptySubsequences: false) { $0 == "\r\n" }.count == 4)
    #expect(!file.text.unicodeScalars.contains("\n") || file.text.utf8.count { $0 == 10 } == 3)
  }
}

@Suite struct Approving {
  private let names: Set<LogicalName> = [LogicalName("new_A_1b2c3")]

  private func finding() -> Finding {
    Finding(
      rule: .referenceRemoved, severity: .error, confidence: .certain, solution: "Sales",
      summary: "s",
      before: [
        Declaration(name: LogicalName("new_a_1b2c3"))
      ], consequence: "c", fix: [])
  }

  private func approvals(
    rule: RuleID? = .referenceRemoved, names: Set<LogicalName>?, until: String? = nil
  ) -> Approvals {
    Approvals([
      Approval(
        id: finding().id, rule: rule, names: names, reason: "moving",
        until: until.flatMap { Day($0) },
        place: Place(path: "", line: 1))
    ])
  }

  private let today = Day(secondsSince1970: 1_795_000_000)  // 2026-11-18

  @Test func `an approval lets its finding through`() {
    let (open, accepted) = approvals(names: names).separated([finding()], on: today)
    #expect(open.isEmpty)
    #expect(accepted.map(\.approval.reason) == ["moving"])
  }

  @Test func `another rule or other names do not`() {
    #expect(
      approvals(rule: .linkLost, names: names).separated([finding()], on: today).accepted.isEmpty)
    #expect(
      approvals(names: [LogicalName("new_b")]).separated([finding()], on: today).accepted.isEmpty)
  }

  @Test func `it holds through its last day, and says afterwards that it did`() {
    #expect(today.description == "2026-11-18")
    let last = approvals(names: nil, until: "2026-11-18").separated([finding()], on: today)
    #expect(last.open.isEmpty)
    let over = approvals(names: nil, until: "2026-11-17").separated([finding()], on: today)
    #expect(over.open.first?.remarks == ["was accepted until 2026-11-17: moving"])
  }
}
