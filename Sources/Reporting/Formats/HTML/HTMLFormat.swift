import Detection

/// A report as one page to send on. It needs no network and no script; where scripts run, the entries
/// can be filtered and searched.
struct HTMLFormat {
  private let report: Report

  init(_ report: Report) {
    self.report = report
  }

  /// The whole document, with a line end.
  var document: String {
    let repository = report.repository.shortened(to: 80)
    let name: PrintableText = repository.isEmpty ? "" : "\(repository): "
    let content = ReportContent(report)
    return PageFrame.document(
      title: "\(name)\(report.title.description.lowercased())", hasScript: content.hasFilters,
      """
      \(PageHeader(report).element)
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
    return """
      <dl class="run">
      <div><dt>Looked at</dt><dd>\(run.revisionWords.html(run.forge))</dd></div>
      <div><dt>When</dt><dd><time datetime="\(run.timestamp)">\(run.timestamp)</time></dd></div>
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

  /// One section a repository, in this order.
  package init(_ sections: [Section]) {
    self.sections = sections
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

  /// A line for each repository, those with a flagged branch first; nothing for one alone.
  private var overview: HTMLText {
    guard sections.count > 1 else { return "" }
    let rows = sections.enumerated().map { number, section -> (rank: Int, row: HTMLText) in
      let state: (rank: Int, style: HTMLText, words: HTMLText) =
        if section.trouble != nil {
          (1, "warning", "could not be read")
        } else if section.report?.isFailed == true {
          (0, "error", "flagged")
        } else if section.report?.isUnknown == true {
          (2, "warning", "could not tell")
        } else {
          section.report == nil ? (3, "fine", "not read yet") : (4, "fine", "clean")
        }
      let words: HTMLText = section.report.map { "\($0.scopeLine)" } ?? ""
      return (
        state.rank,
        """
        <tr><td><a href="#r\(number + 1)">\(section.title.shortened(to: 200))</a></td>\
        <td class="state \(state.style)" data-label="State">\(state.words)</td>\
        <td data-label="Branches">\(words)</td></tr>
        """
      )
    }
    let sorted = rows.enumerated().sorted {
      ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset)
    }
    return """
      <section class="overview" id="overview">
      <h2>Repositories</h2>
      \(ReportContent.table(
        ["Repository", "State", "Branches"], sorted.map(\.element.row), "Repositories"))
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
        \(ReportContent(report, anchors: "r\(number)-").element)

        """
      } ?? ""
    return """
      <section id="r\(number)">
      <h2>\(section.title.shortened(to: 200))</h2>
      \(trouble)\(content)</section>
      """
  }
}
