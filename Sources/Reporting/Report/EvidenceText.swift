import Detection
import Solution

/// Why two references are held to be one, in words.
struct EvidenceText {
  let finding: Finding

  /// Nil where a finding needs no evidence.
  var sentence: PrintableText? {
    guard !finding.evidence.isEmpty else { return nil }
    let reasons = PrintableText(joining: finding.evidence.map(words), separator: ", ")
    switch finding.confidence {
    case .certain: return reasons
    case .strong, .medium: return "\(reasons) (confidence: \(finding.confidence.rawValue))"
    }
  }

  private func words(_ evidence: Evidence) -> PrintableText {
    switch evidence {
    case .sameConnector:
      (finding.after + finding.before).lazy.compactMap(\.connector).first
        .map { "same connector \($0.name.shortened(to: 100))" } ?? "same connector"
    case .sameDisplayName: "same display name"
    case .sameStem: "same name but for the random suffix"
    case .otherPrefix: "same name under another publisher prefix, random suffixes apart"
    case .otherConnection: "same agent and connector, another connection in the name"
    case .otherGUID: "another GUID under the same logical name"
    case .consumersMoved: moved
    case .returned: "an earlier commit declared the new name"
    case .severalCommits: "over several commits"
    }
  }

  private var moved: PrintableText {
    let kinds = finding.consumers.filter { $0.state == .moved }.distinct.map(\.kind)
    let unit = Consumer.Kind.unit(kinds)
    return kinds.isEmpty ? "consumers moved" : "\(counted(kinds.count, "\(unit)")) moved"
  }
}
