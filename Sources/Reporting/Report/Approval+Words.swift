import Detection

extension Approval {
  /// `by Anna Berg until 2026-12-31: agreed with all makers`
  var words: PrintableText {
    let author: PrintableText = who.map { "by \($0.shortened(to: 40))" } ?? "without a name"
    let end: PrintableText = until.map { " until \($0.description)" } ?? ""
    return "\(author)\(end): \(reason.shortened(to: 200))"
  }
}

extension AcceptedFinding {
  /// `accepted by Anna Berg until 2026-12-31: agreed with all makers`.
  var words: PrintableText { "accepted \(approval.words)" }

  /// `accepted[reference-recreated] 1470f93ee416`.
  var heading: PrintableText { "accepted[\(finding.rule.rawValue)] \(finding.id)" }

  /// The finding and its approval.
  var sentence: Phrase { "\(finding.prose(finding.summary)): \(words)" }
}

extension JSONFinding {
  /// The person who accepted a finding, and the reason.
  static func acceptedBy(_ approval: Approval) -> JSONValue {
    [
      "reason": .text(approval.reason),
      "who": .text(approval.who),
      "until": .text(approval.until?.description),
    ]
  }
}
