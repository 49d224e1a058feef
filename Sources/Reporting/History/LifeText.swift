import Detection
import Solution

/// A life for people: what `connref history --reference NAME` prints.
package struct LifeText {
  private static let labelWidth = 24

  private let report: LifeReport
  private let isColored: Bool

  package init(_ report: LifeReport, isColored: Bool = false) {
    self.report = report
    self.isColored = isColored
  }

  /// A commit each with what happened in it, oldest first; the name above where it is another one.
  package var text: String {
    var page = TextPage(isColored: isColored)
    if report.events.isEmpty {
      page.paragraph(
        indent: 0,
        "no commit of \(report.branches) declares '\(report.reference.shortened())' or names it")
    }
    var name: LogicalName?
    var commit: String?
    for event in report.events {
      if name != event.reference {
        if name != nil { page.blankLine() }
        page.line(.init("\(event.reference.spelling)", .bold))
        commit = nil
      }
      if commit != event.moment.commit { write(event.moment, to: &page) }
      let label = TextPage.Span(event.kind.words, .init(event.kind))
      if event.detail.isEmpty {
        page.line(indent: 14, label)
      } else {
        page.paragraph(
          indent: 14, label: label, labelWidth: Self.labelWidth, "\(event.detail.shortened())")
      }
      (name, commit) = (event.reference, event.moment.commit)
    }
    return page.text
  }

  private func write(_ moment: Moment, to page: inout TextPage) {
    let author = moment.author.shortened(to: 40)
    page.paragraph(
      indent: 2, label: .init("\(moment.day)", .bold), labelWidth: 12,
      "\(moment.shortCommit) by \(author): \(moment.summary.shortened(to: 100))")
  }
}

extension LifeEvent.Kind {
  fileprivate var words: PrintableText {
    switch self {
    case .declared: "declared"
    case .renamed: "display name changed to"
    case .connectorChanged: "connector changed to"
    case .consumerGained: "gained"
    case .consumerLost: "lost"
    case .recreated: "made again as"
    case .moved: "moved"
    case .returned: "returned"
    case .gone: "gone"
    }
  }
}

extension TextPage.Style {
  fileprivate init(_ kind: LifeEvent.Kind) {
    self =
      switch kind {
      case .recreated, .gone: .red
      case .connectorChanged, .consumerLost, .returned: .yellow
      case .declared, .renamed, .consumerGained, .moved: .plain
      }
  }
}
