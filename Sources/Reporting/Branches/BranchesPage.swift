import Detection

/// Branches as one page to send on; it needs no network and no script.
package struct BranchesPage {
  /// The branches of one repository, among several.
  package struct Section: Sendable {
    package let title: String
    /// Nil where the repository could not be read yet.
    package var report: BranchesReport?
    /// Why it cannot be read now.
    package var trouble: String?

    package init(title: String, report: BranchesReport? = nil, trouble: String? = nil) {
      self.title = title
      self.report = report
      self.trouble = trouble
    }
  }

  private let heading: PrintableText
  private let header: HTMLText
  private let content: HTMLText

  /// - Parameter title: What the branches are of, a repository's name; shown in the heading.
  package init(_ report: BranchesReport, title: String = "") {
    heading = title.isEmpty ? "branches" : "\(title.shortened(to: 80)): branches"
    header = "<p>\(report.scopeLine)</p>"
    content = Self.table(report)
  }

  /// One section a repository, in this order.
  package init(_ sections: [Section]) {
    heading = "branches"
    let flagged = sections.count { $0.report?.branches.contains { $0.state == .flagged } ?? false }
    let noun: HTMLText = sections.count == 1 ? "repository" : "repositories"
    header = "<p>\(sections.count) \(noun), \(flagged) with a flagged branch</p>"
    content = HTMLText(joining: sections.map(Self.section))
  }

  /// The whole document, with a line end.
  package var document: String {
    PageFrame.document(
      title: heading,
      """
      <header><h1>\(heading)</h1>\(header)</header>
      <main>
      \(content)
      </main>
      <footer><p>Made by connref.</p></footer>
      """)
  }

  private static func section(_ section: Section) -> HTMLText {
    let trouble: HTMLText =
      section.trouble.map { "<p class=\"notice\">\($0.shortened(to: 400))</p>\n" } ?? ""
    let branches: HTMLText =
      section.report.map { "<p>\($0.scopeLine)</p>\n\(table($0))\n" } ?? ""
    return """
      <section>
      <h2>\(section.title.shortened(to: 200))</h2>
      \(trouble)\(branches)</section>
      """
  }

  private static func table(_ report: BranchesReport) -> HTMLText {
    """
    <table>
    <thead><tr><th scope="col">Branch</th><th scope="col">State</th>\
    <th scope="col">Left the main branch</th><th scope="col">Why</th></tr></thead>
    <tbody>
    \(HTMLText(joining: report.branches.map(row)))
    </tbody>
    </table>
    """
  }

  private static func row(_ branch: BranchVerdict) -> HTMLText {
    let base: HTMLText = branch.mergeBase.map { "\($0.day), \(.code($0.shortCommit))" } ?? ""
    let state: HTMLText =
      branch.state == .flagged ? "<strong>\(branch.stateName)</strong>" : "\(branch.stateName)"
    let reason: HTMLText = branch.reason.map { "<p>\($0.shortened(to: 400))</p>" } ?? ""
    let items = branch.standing.map(item)
    let list: HTMLText = items.isEmpty ? "" : "<ul>\(HTMLText(joining: items))</ul>"
    return """
      <tr><td>\(.code(branch.shortName.shortened(to: 60)))</td><td>\(state)</td>
      <td class="day">\(base)</td><td>\(reason)\(list)</td></tr>
      """
  }

  private static func item(_ standing: BranchVerdict.Standing) -> HTMLText {
    let finding = standing.finding
    let since: HTMLText =
      standing.since.map { ", since \($0.words): \($0.summary.shortened(to: 100))" } ?? ""
    return """
      <li>\(finding.severity.rawValue) \(.code(finding.rule.rawValue)), solution \
      \(finding.solution.shortened(to: 60)): \(finding.prose(finding.summary))\(since)</li>
      """
  }
}
