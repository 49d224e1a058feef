import Detection
import Solution

/// What became of an incident, in the words that every format for people shares.
struct IncidentWords {
  let incident: Incident

  init(_ incident: Incident) {
    self.incident = incident
  }

  /// `in abc1234567 by Anna Berg, 1 d 13 h later`; nil where no commit mended it.
  var mending: PrintableText? {
    guard let moment = incident.mendedIn, let span = incident.brokenFor else { return nil }
    return "in \(moment.shortCommit) by \(moment.author.shortened(to: 40)), \(elapsed(span)) later"
  }

  /// For an incident that is neither mended nor broken; nil for any other.
  var rest: PrintableText? {
    switch IncidentState(incident) {
    case .broken, .mended: nil
    case .complete:
      hasNewName
        ? "complete in the same commit: bind the new name in every environment"
        : "complete in the same commit: nothing is left of it in the repository"
    case .vanished: "no branch that was looked at shows it any more, and no commit mended it"
    }
  }

  /// The old name back is bound already, where it was ever bound.
  private var hasNewName: Bool {
    !incident.finding.after.isEmpty && !incident.finding.evidence.contains(.returned)
      && [.referenceRecreated, .referenceReplaced].contains(incident.finding.rule)
  }

  /// Where an earlier commit did a part of it.
  var earlier: [PrintableText] {
    [
      incident.deletedIn.map { "the old one was let go in \($0.words)" },
      incident.repointedIn.map { "the consumers were moved in \($0.words)" },
    ].compactMap { $0 }
  }

  /// The finding's remarks, but those that `earlier` tells better.
  var remarks: [String] {
    let told = [incident.deletedIn, incident.repointedIn].compactMap { $0?.shortCommit }
    return incident.finding.remarks.filter { remark in !told.contains { remark.contains($0) } }
  }

  /// `3 flows: 'Notify', 'Order', 'Return'`; nil where there are none.
  func consumers(_ states: AffectedConsumer.State...) -> PrintableText? {
    Self.named(incident.finding.consumers.filter { states.contains($0.state) })
  }

  /// `1 settings row: config/prod.json:12`; nil where there are none.
  func rows(_ state: AffectedRow.State) -> PrintableText? {
    Self.named(incident.finding.rows.filter { $0.state == state })
  }

  /// What is left at a branch: `2 flows: 'Notify', 'Order'; 1 settings row: config/prod.json:12`.
  static func remains(_ remains: Remains) -> PrintableText {
    let references = remains.references.map {
      PrintableText(escaping: $0.name.spelling.shortened())
    }
    let parts = [
      named(remains.consumers), named(remains.rows),
      references.isEmpty
        ? nil : "\(counted(references.count, "reference")): \(listed(references))",
    ].compactMap { $0 }
    return PrintableText(joining: parts, separator: "; ")
  }

  private static func named(_ consumers: [AffectedConsumer]) -> PrintableText? {
    guard let first = consumers.first else { return nil }
    let isOfOneKind = consumers.allSatisfy { $0.kind == first.kind }
    let noun: PrintableText = isOfOneKind ? "\(first.kind.word)" : "consumer"
    let names = consumers.map { PrintableText("'\($0.name.shortened())'") }
    return "\(counted(consumers.count, noun)): \(listed(names))"
  }

  private static func named(_ rows: [AffectedRow]) -> PrintableText? {
    guard !rows.isEmpty else { return nil }
    return "\(counted(rows.count, "settings row")): \(listed(rows.map(\.words)))"
  }
}
