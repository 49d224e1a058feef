import Detection

/// A report as one page to send on. It needs no network and no script; where scripts run, the entries
/// can be filtered and searched.
struct HTMLFormat {
  let report: Report

  /// The whole document, with a line end.
  var document: String {
    let repository = report.repository.shortened(to: 80)
    let name: PrintableText = repository.isEmpty ? "" : "\(repository): "
    let content = ReportContent(report)
    return PageFrame.document(
      title: "\(name)\(report.title)", hasScript: content.hasFilters,
      """
      \(PageHeader(report: report).element)
      <main>
      \(content.element)
      </main>
      <footer>\(run)</footer>
      """)
  }

  /// Of which run the page is.
  private var run: HTMLText {
    guard let run = report.run else { return "<p>Made by connref \(ToolVersion.current).</p>" }
    let policy: HTMLText =
      run.policyWords.map { "<div><dt>Policy</dt><dd>\($0.html(run.forge))</dd></div>\n" } ?? ""
    let inventory: HTMLText =
      run.inventory.map { "<div><dt>Inventory</dt><dd>\($0.words)</dd></div>\n" } ?? ""
    return """
      <dl class="run">
      <div><dt>Looked at</dt><dd>\(run.revisionWords.html(run.forge))</dd></div>
      \(inventory)<div><dt>When</dt><dd><time datetime="\(run.timestamp)">\(run.timestamp)</time></dd></div>
      <div><dt>Made by</dt><dd>\(run.maker)</dd></div>
      \(policy)</dl>
      """
  }
}

/// The branches of several repositories on one page, which `connref watch --html` keeps current.
package struct RepositoriesPage {
  /// The branches of one repository.
  package struct Section: Sendable {
    package let title: String
    /// Nil where the repository could not be read yet.
    package var report: Report?
    /// Why it cannot be read now.
    package var trouble: String?

    package init(title: String) {
      self.title = title
    }
  }

  private let sections: [Section]

  /// One section a repository: those with a flagged branch first, else in this order.
  package init(_ sections: [Section]) {
    self.sections = State.allCases.flatMap { state in sections.filter { $0.state == state } }
  }

  /// The most urgent first.
  fileprivate enum State: String, CaseIterable {
    case flagged
    case unreadable = "could not be read"
    case unknown = "could not tell"
    case unread = "not read yet"
    case clean

    var style: HTMLText {
      switch self {
      case .flagged: "error"
      case .unreadable, .unknown: "warning"
      case .unread, .clean: "fine"
      }
    }
  }

  /// The whole document, with a line end.
  package var document: String {
    let flagged = sections.count { $0.report?.isFailed ?? false }
    let noun: HTMLText = sections.count == 1 ? "repository" : "repositories"
    let content = sections.enumerated().map { number, section in
      Self.element(section, number: number + 1)
    }
    let filters = ReportContent.filters(of: sections.flatMap { $0.report?.entries ?? [] })
    return PageFrame.document(
      title: "branches", hasScript: filters != "",
      """
      <header><h1>Branches</h1>\
      <p>\(sections.count) \(noun), \(flagged) with a flagged branch</p></header>
      <main>
      \(overview)
      \(filters)
      \(HTMLText(joining: content))
      </main>
      <footer><p>Made by connref \(ToolVersion.current).</p></footer>
      """)
  }

  /// A line for each repository; nothing for one alone.
  private var overview: HTMLText {
    guard sections.count > 1 else { return "" }
    let rows = sections.enumerated().map { number, section -> HTMLText in
      let words: HTMLText = section.report.map { "\($0.scopeLine)" } ?? ""
      return """
        <tr><td><a href="#r\(number + 1)">\(section.title.shortened(to: 200))</a></td>\
        <td class="state \(section.state.style)" data-label="State">\(section.state.rawValue)</td>\
        <td data-label="Branches">\(words)</td></tr>
        """
    }
    return """
      <section class="overview" id="overview">
      <h2>Repositories</h2>
      \(ReportContent.table(["Repository", "State", "Branches"], rows, "Repositories"))
      </section>
      """
  }

  private static func element(_ section: Section, number: Int) -> HTMLText {
    let trouble: HTMLText =
      section.trouble.map { "<p class=\"notice\">\($0.shortened(to: 400))</p>\n" } ?? ""
    let content: HTMLText =
      section.report.map { report in
        """
        <p>\(report.scopeLine)</p>
        \(ReportContent(
          report, anchors: "r\(number)-", titled: "\(section.title.shortened(to: 200))").element)

        """
      } ?? ""
    return """
      <section id="r\(number)">
      <h2>\(section.title.shortened(to: 200))</h2>
      \(trouble)\(content)</section>
      """
  }
}

extension RepositoriesPage.Section {
  fileprivate var state: RepositoriesPage.State {
    if trouble != nil { return .unreadable }
    guard let report else { return .unread }
    return report.isFailed ? .flagged : report.isUnknown ? .unknown : .clean
  }
}
