import Detection
import Solution

/// An incident for programs: a finding with the commits that belong to it.
struct JSONIncident {
  let incident: Incident

  var value: JSONValue {
    .object(JSONFinding(finding: incident.finding).members(origin: origin, fate: fate))
  }

  /// The same before the outcome is known.
  var foundValue: JSONValue {
    .object(
      [("type", .text("found"))]
        + JSONFinding(finding: incident.finding).members(origin: origin, fate: []))
  }

  private var origin: [JSONValue.Member] {
    let moment = incident.moment
    return [
      ("commit", .text(moment.commit)),
      ("parent", .text(moment.parent)),
      ("author", .text(moment.author)),
      ("date", .text(moment.timestamp)),
      ("subject", .text(moment.summary)),
    ]
  }

  private var fate: [JSONValue.Member] {
    [
      ("places", .array(incident.places.map { .text($0.commit) })),
      ("deletedIn", .text(incident.deletedIn?.commit)),
      ("repointedIn", .text(incident.repointedIn?.commit)),
      ("completeAtOnce", .boolean(incident.wasCompleteAtOnce)),
      ("outcome", .text(incident.outcome.rawValue)),
      ("completedIn", .text(incident.completedIn?.commit)),
      ("supersededIn", .text(incident.supersededIn?.commit)),
      ("supersededBy", .text(incident.supersededBy)),
      ("mendedIn", .text(incident.revertedIn?.commit)),
      ("mendedBy", .text(incident.revertedIn?.author)),
      ("mendedDate", .text(incident.revertedIn?.timestamp)),
      (
        "mendedAfter",
        .number(incident.revertedIn == nil ? nil : incident.brokenFor.map { Int($0) })
      ),
      ("stillBrokenAt", .array(incident.openAt.map { .text($0.branch) })),
      ("remains", .array(incident.openAt.map(Self.remains))),
      ("acceptedBy", incident.approval.map(JSONFinding.acceptedBy) ?? .null),
    ]
  }

  private static func remains(_ open: Incident.OpenBranch) -> JSONValue {
    [
      "branch": .text(open.branch),
      "consumers": .array(open.remains.consumers.map(JSONFinding.consumer)),
      "rows": .array(open.remains.rows.map(JSONFinding.row)),
      "references": .array(open.remains.references.map(JSONFinding.declaration)),
    ]
  }
}
