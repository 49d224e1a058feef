import Detection
import Solution

/// One solution over time: a line for each lineage, a step down where the identity changes, a mark
/// for each incident, and a band behind for as long as something was broken.
struct SolutionTimeline {
  private static let axis = 22.0

  private let solution: String
  private let incidents: [PageIncident]
  let lineages: [Lineage]
  let scale: TimelineScale
  private var drawing = Drawing()

  /// Incidents and lineages of this solution alone; the scale is the whole page's.
  init(
    _ solution: String, incidents: [PageIncident], lineages: [Lineage], scale: TimelineScale
  ) {
    self.solution = solution
    self.incidents = incidents
    self.lineages = lineages
    self.scale = scale
    draw()
  }

  var element: HTMLText {
    drawing.element(
      label: """
        Timeline of \(solution.shortened()): \(counted(incidents.count, "incident")), \
        \(counted(lineages.count, "reference")) with more than one name
        """)
  }

  private mutating func draw() {
    var lanes = Drawing()
    lanes.height = 6
    for lineage in lineages {
      drawLane(of: lineage, incidents.filter { $0.belongs(to: lineage) }, in: &lanes)
    }
    let others = incidents.filter { incident in
      !lineages.contains { incident.belongs(to: $0) }
    }
    if !others.isEmpty { drawRows(of: others, in: &lanes) }
    drawing.height = lanes.height + Self.axis
    for tick in scale.ticks {
      drawing.line("tick", from: (tick.position, 0), to: (tick.position, lanes.height + 4))
      drawing.text(
        tick.isMinor ? "axis minor" : "axis", at: (tick.position, lanes.height + 16),
        "\(tick.label)")
    }
    drawing.append(lanes)
  }
}
