import Detection

extension AcceptedFinding {
  /// `accepted by Anna Berg until 2026-12-31: agreed with all makers`.
  var words: PrintableText { "accepted \(approval.words)" }

  /// `accepted[reference-recreated] 1470f93ee416`.
  var heading: PrintableText { "accepted[\(finding.rule.rawValue)] \(finding.id)" }

  /// The finding and its approval.
  var sentence: Phrase { "\(finding.prose(finding.summary)): \(words)" }
}
