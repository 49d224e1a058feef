import Detection
import Solution

/// Incidents and lineages over time, for a picture.
struct Timeline: Sendable {
  let incidents: [PageIncident]
  let lineages: [Lineage]

  var isEmpty: Bool { incidents.isEmpty }

  /// - Parameter entries: Those of the incidents, in the same order.
  init(_ entries: [Entry], incidents: [Incident], lineages: [Lineage]) {
    self.incidents = zip(entries, incidents).map { entry, incident in
      PageIncident(incident: incident, anchor: entry.anchor)
    }
    self.lineages = lineages
  }
}

/// The timelines of all solutions on one scale, each with its lineages in words to unfold.
struct TimelineSection {
  private let incidents: [PageIncident]
  private let lineages: [Lineage]
  private let scale: TimelineScale

  init(_ timeline: Timeline) {
    incidents = timeline.incidents
    lineages = timeline.lineages
    let events = incidents.flatMap {
      [$0.incident.moment, $0.incident.settledIn].compactMap { $0 }
    }
    let names = lineages.flatMap(\.identities).flatMap { [$0.since, $0.until].compactMap { $0 } }
    scale = TimelineScale((events + names).map(\.date))
  }

  var element: HTMLText {
    let solutions = Set(incidents.map(\.solution) + lineages.map(\.solution)).sorted()
    return """
      <section id="timeline" aria-labelledby="h-timeline">
      <h2 id="h-timeline">Timeline</h2>
      \(legend)
      \(HTMLText(joining: solutions.map(figure)))
      </section>
      """
  }

  private var legend: HTMLText {
    let severities = Severity.allCases.reversed().map { severity -> HTMLText in
      "<li>\(SeverityMark.picture(severity, .fixed)) \(severity.rawValue)</li>"
    }
    return """
      <ul class="legend">
      \(HTMLText(joining: severities))
      <li>\(SeverityMark.picture(.error, .broken)) filled: still broken</li>
      <li><svg class="sign" viewBox="0 0 20 20" width="16" height="16" aria-hidden="true">\
      <rect class="damage" y="5" width="20" height="10"/></svg> as long as it was broken</li>
      <li><svg class="sign" viewBox="-10 -10 20 20" width="16" height="16" aria-hidden="true">\
      <circle class="fix" r="4"/></svg> fixed</li>
      <li><svg class="sign wide" viewBox="0 0 40 20" width="32" height="16" aria-hidden="true">\
      <path class="stairs" d="M0 6H18V14H40"/></svg> a step down: another logical name</li>
      </ul>
      """
  }

  private func figure(_ solution: String) -> HTMLText {
    let own = incidents.filter { $0.solution == solution }
    let lineages = lineages.filter { $0.solution == solution }
    let timeline = SolutionTimeline(
      solution, incidents: own, lineages: lineages, scale: scale)
    let broken = own.count { $0.state == .broken }
    let state: HTMLText = broken == 0 ? "" : ", <strong>\(broken) still broken</strong>"
    return """
      <figure data-solution="\(solution.shortened())">
      <figcaption><h3>\(solution.shortened(to: 60))</h3> \
      <span>\(counted(own.count, "incident"))\(state)</span></figcaption>
      \(timeline.element)
      </figure>
      """
  }
}
