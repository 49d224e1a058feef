import Detection
import Solution

/// What a run tells, of whatever command: the one shape that every format for pipelines, pull
/// requests and dashboards is written from.
package struct Bulletin: Sendable {
  /// A finding, and what the command knows beside it.
  struct Item: Sendable {
    let finding: Finding
    /// The topics under which it is told; one at least.
    let topics: [String]
    /// Where a reader looks first.
    let place: Place?
    let before: Report.Side
    let after: Report.Side
    /// Since when, by whom, where it is still broken.
    var origin: [Fact] = []
    /// No other item of the bulletin has it, and the same event has it in the next run.
    let fingerprint: String

    /// All that is known beside the first sentence, in the order in which it is told.
    var facts: [Fact] {
      finding.names(before, after) + origin + finding.circumstances + finding.consequences
        + [Fact("id", ["\(name: finding.id)"])]
    }

    /// The first sentence.
    var summary: PrintableText { finding.prose(finding.summary) }

    /// For where one line has to do: what happened, and where more is said.
    var shortText: PrintableText {
      let facts = finding.names(before, after) + origin + [finding.explanation]
      let lines = facts.flatMap { fact in
        fact.lines.map { PrintableText("\(fact.label): \($0.text)") }
      }
      return PrintableText(joining: [summary] + lines, separator: "; ")
    }
  }

  /// Why something is unknown.
  struct Trouble: Sendable {
    /// Nil where no file is meant.
    var path: String?
    var line: Int?
    /// The topic that is unknown; nil where all may be.
    var topic: String?
    let sentence: PrintableText
    var hint: PrintableText?
    /// True where the run could not tell because of it.
    let matters: Bool
  }

  /// The subcommand: `check`.
  package let command: String
  /// What was looked at: `what is staged against HEAD`.
  let subject: PrintableText
  /// How much was looked at, and what came of it.
  let scopeLine: String
  /// What was looked into, a rule or a branch each; in order while nothing is told under it.
  let topics: [String]
  /// The rules that were asked.
  let rules: [RuleID]
  /// Errors first.
  let items: [Item]
  let accepted: [AcceptedFinding]
  let troubles: [Trouble]
  /// From which severity on the run ends with 1.
  let failOn: Severity

  /// What the run ends with 1 for.
  var failing: [Item] { items.filter { $0.finding.severity >= failOn } }

  /// True for a run that could not tell.
  var isUnknown: Bool { troubles.contains { $0.matters } }

  /// `1 error, 2 warnings`.
  var outcome: PrintableText {
    outcomeWords(
      items.map(\.finding.severity), problems: troubles.count { $0.matters },
      accepted: accepted.count)
  }
}

extension Bulletin.Trouble {
  init(_ reported: Report.ReportedProblem) {
    path = reported.problem.path
    line = reported.problem.line
    sentence = "\(reported.sentence.description.shortened(to: 600))"
    hint = reported.hint.map { "\($0.description.shortened(to: 300))" }
    matters = reported.matters
  }

  /// The sentence, and what mends it.
  var words: PrintableText { hint.map { "\(sentence) (\($0))" } ?? sentence }
}
