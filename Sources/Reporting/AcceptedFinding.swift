package import Detection

/// A finding that somebody approved: told as such, and counted for nothing else.
package struct AcceptedFinding: Sendable, Hashable {
  package let finding: Finding
  /// Why, in the words of who approved it.
  package let reason: String
  /// Nil where the approval names nobody.
  package let who: String?
  /// The day up to which it holds, as `2026-12-31`; nil for one without an end.
  package let until: String?

  package init(_ finding: Finding, reason: String, who: String? = nil, until: String? = nil) {
    self.finding = finding
    self.reason = reason
    self.who = who
    self.until = until
  }

  /// `accepted by Anna Berg until 2026-12-31: agreed with all makers`.
  var words: PrintableText {
    let author: PrintableText = who.map { " by \($0.shortened(to: 40))" } ?? ""
    let end: PrintableText = until.map { " until \($0.shortened(to: 40))" } ?? ""
    return "accepted\(author)\(end): \(reason.shortened(to: 200))"
  }

  /// All in one line of text.
  var line: PrintableText {
    """
    accepted[\(finding.rule.rawValue)] \(finding.id) \(finding.prose(finding.summary)): \(words)
    """
  }
}
