import Detection
import Solution

extension SolutionTimeline {
  private static let step = 15.0

  func drawLane(of lineage: Lineage, _ incidents: [PageIncident], in lanes: inout Drawing) {
    let first = lanes.height + 32
    let connector: PrintableText = lineage.connector.map { " · \($0.name.shortened(to: 40))" } ?? ""
    let title = (lineage.title ?? lineage.identities.last?.name.spelling ?? "").shortened(to: 40)
    lanes.text("lane", at: (0, lanes.height + 12), shift: 2, "\(title)", minor: connector)
    // A name may be restored again and again: the stairs start over, or the lane would have no end.
    let level = { (number: Int) in first + Double(number % 6) * Self.step }
    let depth = Double(max(0, min(lineage.identities.count, 6) - 1)) * Self.step
    for incident in incidents {
      guard let end = endOfDamage(by: incident) else { continue }
      let y = level(identity(of: incident, in: lineage))
      lanes.band("damage", from: position(of: incident), to: end, top: y - 5, height: 10)
    }
    for (number, identity) in lineage.identities.enumerated() {
      let start = identity.since.map { scale.position(of: $0.date) } ?? 0
      let end = max(start, identity.until.map { scale.position(of: $0.date) } ?? 100)
      let y = level(number)
      if number > 0 {
        let before = lineage.identities[number - 1].until.map { scale.position(of: $0.date) }
        lanes.line("link", from: (min(before ?? start, start), level(number - 1)), to: (start, y))
      }
      lanes.line(
        "identity", from: (start, y), to: (end, y),
        title: "\(identity.name.spelling.shortened()), \(identity.span)")
      drawName(identity.name, from: start, to: end, y: y, in: &lanes)
    }
    drawMarks(
      incidents.map { ($0, level(identity(of: $0, in: lineage))) }, in: &lanes)
    lanes.height = first + depth + 16
  }

  /// Rows in which no mark touches another, nor the damage before it.
  func drawRows(of incidents: [PageIncident], in lanes: inout Drawing) {
    if !lineages.isEmpty {
      lanes.text("lane", at: (0, lanes.height + 12), shift: 2, "other incidents")
      lanes.height += 16
    }
    let first = lanes.height + 12
    var ends: [Double] = []
    var marks: [(incident: PageIncident, y: Double)] = []
    for incident in incidents.reversed() {
      let start = position(of: incident)
      let end = endOfDamage(by: incident) ?? start
      let row = ends.firstIndex { start - $0 >= 4.5 } ?? ends.count
      if row == ends.count { ends.append(end) } else { ends[row] = end }
      let y = first + Double(row) * 20
      lanes.band("damage", from: start, to: end, top: y - 5, height: 10)
      marks.append((incident, y))
    }
    drawMarks(marks, in: &lanes)
    lanes.height = first + Double(ends.count - 1) * 20 + 16
  }

  private func position(of incident: PageIncident) -> Double {
    scale.position(of: incident.incident.moment.date)
  }

  /// To the edge while it is still broken; nil where nothing was broken, or the duration is
  /// unknown.
  private func endOfDamage(by incident: PageIncident) -> Double? {
    switch incident.state {
    case .broken: 100
    case .fixed, .complete, .superseded:
      incident.incident.settledIn.map {
        max(position(of: incident), scale.position(of: $0.date))
      }
    case .vanished: nil
    }
  }

  /// The one that began in that commit, since a name may be restored.
  private func identity(of incident: PageIncident, in lineage: Lineage) -> Int {
    let names = Set(incident.finding.after.map(\.name))
    let commit = incident.incident.moment.commit
    let identities = lineage.identities
    return identities.firstIndex { names.contains($0.name) && $0.since?.commit == commit }
      ?? identities.lastIndex { names.contains($0.name) } ?? 0
  }

  /// The end of the name, which differs between two of them, where there is room for it.
  private func drawName(
    _ name: LogicalName, from start: Double, to end: Double, y: Double, in lanes: inout Drawing
  ) {
    let short: PrintableText =
      name.randomSuffix.map { "…\(String($0))" } ?? "\(name.spelling.shortened(to: 26))"
    // 6.6 pixels a character; the drawing is about 960 pixels wide on a desk, 330 on a phone.
    let needed = Double(short.description.displayWidth) * 6.6 + 22
    guard end - start >= needed / 9.6 else { return }
    let isNarrow = end - start < needed / 3.3
    lanes.text(isNarrow ? "name minor" : "name", at: (start, y - 4), shift: 11, short)
  }

  /// All marks of fixes before the first of an incident, so that none hides one.
  private func drawMarks(_ marks: [(incident: PageIncident, y: Double)], in lanes: inout Drawing) {
    for (incident, y) in marks {
      guard let fix = incident.incident.revertedIn else { continue }
      lanes.place(
        """
        <circle class="fix" r="4"><title>\(incident.label): fixed \(fix.day)</title></circle>
        """, at: (scale.position(of: fix.date), y))
    }
    // What is still broken lies on top. The circle is as wide as a finger needs; it is not seen.
    let ordered =
      marks.filter { $0.incident.state != .broken } + marks.filter { $0.incident.state == .broken }
    for (incident, y) in ordered {
      lanes.place(
        """
        <a class="spot" href="#\(incident.anchor)" aria-label="\(incident.title)">\
        <title>\(incident.title)</title><circle class="touch" r="11"/>\
        \(SeverityMark.shape(incident.finding.severity, incident.state))</a>
        """, at: (position(of: incident), y))
    }
  }
}
