import Detection
import Platform

/// The head of a page: what was looked at, and the numbers.
struct PageHeader {
  let report: Report

  var element: HTMLText {
    let repository = report.repository.shortened(to: 80)
    let over: HTMLText = repository.isEmpty ? "" : "<p class=\"repository\">\(repository)</p>\n"
    let notices = [
      report.notice,
      report.notice == nil && report.isUnknown
        ? "the run could not tell: a file that matters could not be read" : nil,
    ].compactMap { $0 }
    let numbers =
      report.tallies.filter { $0.isShown($0.onPage) }.map(Self.number)
      + (report.accepted.isEmpty
        ? [] : [Self.number(.init(report.accepted.count, state: "accepted"))])
    return """
      <header>
      \(over)<h1>\(report.title.description.capitalizedFirst)</h1>
      <p class="scope">\(scope)</p>
      \(HTMLText(joining: notices.map { "<p class=\"notice\">\($0.description.sentence)</p>" }))
      <dl class="numbers">
      \(HTMLText(joining: numbers))
      </dl>
      \(navigation)
      </header>
      """
  }

  private var scope: HTMLText {
    // A title that names the subject is right above.
    let isSaid = report.title.description.hasSuffix(" of \(report.subject)")
    var parts: [PrintableText] = (isSaid ? [] : [report.subject]) + ["\(report.scopeLine)"]
    let days = report.entries.compactMap { $0.moment?.day }
    if let first = days.min(), let last = days.max() {
      parts.append(first == last ? "\(first)" : "\(first) to \(last)")
    }
    return HTMLText(joining: parts.map { "<span>\($0)</span>" }, separator: " · ")
  }

  private var navigation: HTMLText {
    var links: [HTMLText] = []
    if let overview = report.overview {
      links.append("<a href=\"#overview\">\(overview.title)</a>")
    }
    if report.timeline?.isEmpty == false { links.append("<a href=\"#timeline\">Timeline</a>") }
    for (number, section) in report.sections.enumerated() where !section.groups.isEmpty {
      let title = section.title?.text ?? ReportContent.title(of: report)
      links.append("<a href=\"#section-\(number + 1)\">\(title)</a>")
    }
    if !report.problems.isEmpty { links.append("<a href=\"#problems\">Not read</a>") }
    return links.count < 2
      ? "" : "<nav aria-label=\"On this page\">\(HTMLText(joining: links))</nav>"
  }

  private static func number(_ tally: Report.Tally) -> HTMLText {
    let style: HTMLText = tally.number == 0 ? "none" : "\(tally.tone.rawValue)"
    return """
      <div class="\(style)"><dt>\(tally.noun)</dt><dd>\(grouped(tally.number))</dd></div>
      """
  }

  /// Thousands apart by a narrow space, which no language takes for a decimal point.
  private static func grouped(_ number: Int) -> HTMLText {
    number < 1000
      ? "\(number)"
      : "\(grouped(number / 1000))&#8239;\((number % 1000).digits(3))"
  }
}
