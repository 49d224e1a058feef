import Detection

/// The head of the page: what was looked at, and the numbers.
struct PageHeader {
  private let report: HistoryReport
  private let title: String
  private let date: String?

  init(_ report: HistoryReport, title: String, date: String?) {
    self.report = report
    self.title = title
    self.date = date
  }

  var element: HTMLText {
    let history = report.history
    let over: HTMLText =
      title.isEmpty ? "" : "<p class=\"repository\">\(title.shortened(to: 80))</p>\n"
    let warning: HTMLText =
      history.isComplete
      ? ""
      : """
      <p class="notice">The scan was ended before it had seen every commit: there may be more.</p>
      """
    return """
      <header>
      \(over)<h1>History of connection references</h1>
      <p class="scope">\(scope)</p>
      \(warning)
      <dl class="numbers">
      \(number(history.incidents.count, history.incidents.count == 1 ? "incident" : "incidents", ""))
      \(number(report.number(of: .broken), "still broken", "broken"))
      \(number(report.number(of: .mended), "mended later", "mended"))
      \(number(report.number(of: .complete), "complete at once", ""))
      \(vanished)\(number(history.commits, history.commits == 1 ? "commit looked at" : "commits looked at", ""))
      </dl>
      \(navigation)
      </header>
      """
  }

  /// Rare: shown only where there is one, so that the numbers add up.
  private var vanished: HTMLText {
    let count = report.number(of: .vanished)
    return count == 0 ? "" : number(count, "on no branch any more", "")
  }

  private var navigation: HTMLText {
    guard !report.history.incidents.isEmpty else { return "" }
    var links: [HTMLText] = []
    if report.number(of: .broken) > 0 { links.append("<a href=\"#still-broken\">Still broken</a>") }
    links += ["<a href=\"#timeline\">Timeline</a>", "<a href=\"#incidents\">Incidents</a>"]
    if !report.problems.isEmpty { links.append("<a href=\"#problems\">Could not be read</a>") }
    return "<nav aria-label=\"On this page\">\(HTMLText(joining: links))</nav>"
  }

  private var scope: HTMLText {
    let history = report.history
    let days = history.incidents.map(\.moment.day)
    var parts: [PrintableText] = [
      "\(report.branches.shortened())",
      """
      \(counted(history.solutions, "solution")), \(counted(history.references, "reference")), \
      \(counted(history.consumers, "flow"))
      """,
    ]
    if let first = days.min(), let last = days.max() {
      parts.append(first == last ? "\(first)" : "\(first) to \(last)")
    }
    if let date { parts.append("as of \(date)") }
    return HTMLText(joining: parts.map { "<span>\($0)</span>" }, separator: " · ")
  }

  private func number(_ number: Int, _ label: HTMLText, _ style: HTMLText) -> HTMLText {
    """
    <div class="\(number == 0 ? "none" : style)"><dt>\(label)</dt><dd>\(grouped(number))</dd></div>
    """
  }

  /// Thousands apart by a narrow space, which no language takes for a decimal point.
  private func grouped(_ number: Int) -> HTMLText {
    number < 1000
      ? "\(number)"
      : "\(grouped(number / 1000))&#8239;\(Day.digits(number % 1000, 3))"
  }
}
