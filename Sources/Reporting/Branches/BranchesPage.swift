import Detection

/// Branches as one page to send on; it needs no network and no script.
package struct BranchesPage {
  private let report: BranchesReport
  private let title: String

  /// - Parameter title: What the branches are of, a repository's name; shown in the heading.
  package init(_ report: BranchesReport, title: String = "") {
    self.report = report
    self.title = title
  }

  /// The whole document, with a line end.
  package var document: String {
    let name: PrintableText = title.isEmpty ? "" : "\(title.shortened(to: 80)): "
    let html: HTMLText = """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; \
      style-src '\(PageStyle.digest)'; base-uri 'none'; form-action 'none'">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <meta name="generator" content="connref">
      <title>\(name)branches</title>
      <style>\(PageStyle.text)</style>
      </head>
      <body>
      <header><h1>\(name)branches</h1><p>\(report.scopeLine)</p></header>
      <main>
      <table>
      <thead><tr><th scope="col">Branch</th><th scope="col">State</th>\
      <th scope="col">Left the main branch</th><th scope="col">Why</th></tr></thead>
      <tbody>
      \(HTMLText(joining: report.branches.map(Self.row)))
      </tbody>
      </table>
      </main>
      <footer><p>Made by connref.</p></footer>
      </body>
      </html>

      """
    return html.description
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
