import Detection
import Reporting
import Solution
import Testing

struct TextReportTests {
  @Test func `a finding looks as the documentation shows it`() {
    let text = Samples.report([Samples.recreated]).text
    #expect(
      text == """
        error[reference-recreated] solutions/Sales/Other/Customizations.xml:214
          'SharePoint Sales' was deleted and re-created under another logical name
            was      new_sharedsharepointonline_a1b2c  Customizations.xml:214 in 4f2c9e1
            now      new_sharedsharepointonline_9d8e7  Customizations.xml:214, staged
            because  same connector shared_sharepointonline, same display name, 3 flows
                     moved
            stale    config/prod.json:12 still binds new_sharedsharepointonline_a1b2c
          impact     config/prod.json still binds the old name; import leaves 3 flows
                     off
          fix        connref repair 3f9a21c07d44 | git apply --index
                     then make the maker's environment agree:
                     connref explain reference-recreated
          id         \(Samples.recreated.id)

        """)
  }

  @Test func `a step that holds the id makes the line of the id needless`() {
    let finding = finding(fix: { ["connref repair \($0)"] })
    #expect(!Samples.report([finding]).text.contains("id  "))
  }

  @Test func `a place that does not fit goes below its name`() {
    let long = "new_sharedsharepointonline_with_a_purpose_that_somebody_wrote_out_a1b2c"
    let finding = finding(before: [Samples.declaration(long)], after: [])
    #expect(
      Samples.report([finding]).text.contains(
        """
            was      \(long)
                       Customizations.xml:214 in 4f2c9e1

        """))
  }

  @Test func `a place in another file than the header's is given whole`() {
    let finding = finding(
      before: [Samples.declaration("new_a", path: "old/Customizations.xml")],
      after: [Samples.declaration("new_b")])
    #expect(
      Samples.report([finding]).text.contains(
        "was      new_a  old/Customizations.xml:214 in 4f2c9e1\n"))
  }

  @Test func `a name that nothing declares says so`() {
    let finding = finding(before: [
      Declaration(name: LogicalName("new_a"))
    ])
    let text = Samples.report([finding]).text
    #expect(text.hasPrefix("error[link-lost] solution 'Sales'\n"))
    #expect(text.contains("uses     new_a  declared nowhere, staged\n"))
  }

  @Test func `the worktree is named as such`() {
    let report = Samples.report([Samples.recreated], after: .worktree)
    #expect(report.text.contains("Customizations.xml:214, in the worktree\n"))
  }

  @Test func `of many consumers five are named and the rest is counted`() {
    let finding = finding(
      consumers: (1...7).map { Samples.consumer("Flow \($0)", names: "new_a", .leftBehind) })
    let text = Samples.report([finding]).text
    #expect(
      text.contains(
        """
            left behind  flow 'Flow 1' still uses new_a  Notify-1.json:9
                         flow 'Flow 2' still uses new_a  Notify-1.json:9

        """))
    #expect(!text.contains("Flow 6"))
    #expect(text.contains("                 and 2 more\n"))
  }

  @Test func `what is wrong with a consumer without a reference is in the title`() {
    let finding = finding(consumers: [Samples.consumer("Order", names: nil, .broken)])
    #expect(
      Samples.report([finding]).text.contains(
        "    broken   flow 'Order'  Notify-1.json:9\n"))
  }

  @Test func `a file without the row that must be there is named`() {
    let finding = finding(rows: [
      AffectedRow(
        place: Place(path: "config/test.json", line: 1), reference: LogicalName("new_b"),
        state: .missing)
    ])
    #expect(
      Samples.report([finding]).text.contains(
        "    missing  config/test.json has no row for new_b\n"))
  }

  @Test func `a lower confidence is reported with the evidence`() {
    let finding = finding(confidence: .medium, evidence: [.sameStem])
    #expect(
      Samples.report([finding]).text.contains(
        "    because  same name but for the random suffix (confidence: medium)\n"))
  }

  @Test func `a remark is wrapped under itself`() {
    let finding = finding(remarks: [
      "the twin in solutions/Sales_Managed still declares new_a: not exported again yet?"
    ])
    #expect(
      Samples.report([finding]).text.contains(
        """
            also     the twin in solutions/Sales_Managed still declares new_a: not
                     exported again yet?

        """))
  }

  @Test func `two findings are parted by a blank line`() {
    let finding = finding()
    let one = Samples.report([finding]).text
    #expect(Samples.report([finding, finding]).text == one + "\n" + one)
  }

  @Test func `no finding is no text`() {
    #expect(Samples.report([]).text.isEmpty)
  }

  @Test func `there is colour only where it is asked for`() {
    let report = Samples.report([Samples.recreated])
    #expect(!report.text.contains("\u{1b}"))
    #expect(
      report.coloredText.hasPrefix(
        "\u{1b}[1;31merror[reference-recreated]\u{1b}[0m solutions/"))
  }

  private func finding(
    confidence: Confidence = .certain, before: [Declaration] = [], after: [Declaration] = [],
    evidence: [Evidence] = [], consumers: [AffectedConsumer] = [], rows: [AffectedRow] = [],
    remarks: [String] = [], fix: (String) -> [FixStep] = { _ in [] }
  ) -> Finding {
    func made(_ fix: [FixStep]) -> Finding {
      Finding(
        rule: .linkLost, severity: .error, confidence: confidence, solution: "Sales",
        summary: "a link is lost", before: before, after: after, evidence: evidence,
        consumers: consumers, rows: rows, remarks: remarks, consequence: "the flow stays off",
        fix: fix)
    }
    return made(fix(made([]).id))
  }
}
