import Detection

extension AcceptedFinding {
  /// `accepted by Anna Berg until 2026-12-31: agreed with all makers`.
  var words: PrintableText { "accepted \(approval.words)" }

  /// All in one line of text.
  var line: PrintableText {
    """
    accepted[\(finding.rule.rawValue)] \(finding.id) \(finding.prose(finding.summary)): \(words)
    """
  }
}
