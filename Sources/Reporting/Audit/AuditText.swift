import Detection

/// An audit for people: the findings by what to do first.
package struct AuditText {
  private let report: Report
  private let isColored: Bool

  package init(_ report: Report, isColored: Bool = false) {
    self.report = report
    self.isColored = isColored
  }

  /// A heading and its findings for each section that has any, then what was accepted; empty when there
  /// are none.
  package var text: String {
    let writer = TextReport(report, isColored: isColored)
    var page = TextPage(isColored: isColored)
    for section in AuditSection.allCases {
      let findings = report.findings.filter { AuditSection($0) == section }
      guard !findings.isEmpty else { continue }
      if !page.text.isEmpty { page.blankLine() }
      page.line(.init("\(section.title) (\(findings.count))", .bold))
      for group in FindingGroup.groups(of: findings) {
        page.blankLine()
        writer.write(group, to: &page)
      }
    }
    writer.writeAccepted(to: &page)
    return page.text
  }
}
