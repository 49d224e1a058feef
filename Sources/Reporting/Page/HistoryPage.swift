import Detection
import Solution

/// A history as one page to send on: what `connref history --format html` writes. It needs no network
/// and no script; where scripts run, the incidents can be filtered.
package struct HistoryPage {
  private let report: HistoryReport
  private let title: String
  private let date: String?
  private let incidents: [PageIncident]

  /// - Parameters:
  ///   - title: What the history is of, a repository's name; shown above the heading.
  ///   - date: When it was made, as it is to be shown. Nil leaves it out, so that the same history
  ///     makes the same page.
  package init(_ report: HistoryReport, title: String = "", date: String? = nil) {
    self.report = report
    self.title = title
    self.date = date
    let anchors = IncidentAnchors(report.history.incidents)
    incidents = report.history.incidents.enumerated().map { position, incident in
      PageIncident(incident: incident, anchor: anchors[position])
    }
  }

  /// The whole document, with a line end.
  package var document: String {
    let name: PrintableText = title.isEmpty ? "" : "\(title.shortened(to: 80)): "
    return PageFrame.document(
      title: "\(name)history of connection references", hasScript: true,
      """
      \(PageHeader(report, title: title, date: date).element)
      <main>
      \(incidents.isEmpty ? "<p class=\"empty\">\(report.emptySentence)</p>" : content)
      \(PageProblems(report.problems).element)
      </main>
      <footer><p>Made by connref. An incident is one event, in one commit or several.</p></footer>
      """)
  }

  private var content: HTMLText {
    HTMLText(joining: [
      stillBroken,
      TimelineSection(incidents, lineages: report.history.lineages).element,
      IncidentSection(incidents).element,
    ])
  }

  private var stillBroken: HTMLText {
    let broken = incidents.filter { $0.state == .broken }
    guard !broken.isEmpty else { return "" }
    let rows = broken.map { incident -> HTMLText in
      let branches = incident.incident.openAt.map { open -> HTMLText in
        "<li>\(.code(open.branch)) \(IncidentWords.remains(open.remains))</li>"
      }
      return """
        <tr><td>\(SeverityMark.picture(incident.finding.severity, incident.state))\
        <a href="#\(incident.anchor)">\(incident.label)</a></td>
        <td>\(incident.solution.shortened(to: 60))</td>
        <td class="day">\(incident.incident.moment.day)</td>
        <td><ul>\(HTMLText(joining: branches, separator: ""))</ul></td></tr>
        """
    }
    return """
      <section id="still-broken" aria-labelledby="h-broken">
      <h2 id="h-broken">Still broken</h2>
      <table>
      <thead><tr><th scope="col">What</th><th scope="col">Solution</th>\
      <th scope="col">Since</th><th scope="col">Left at the tip of</th></tr></thead>
      <tbody>
      \(HTMLText(joining: rows))
      </tbody>
      </table>
      </section>
      """
  }
}
