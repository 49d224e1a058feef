package import Detection
import Solution

/// The result of a command, in the one shape that every format is written from.
///
/// A command fills it in once, and knows no format; a format writes it, and knows no command.
package struct Report: Sendable {
  /// Entries that belong together.
  struct Section: Sendable {
    /// Nil where the report has one section alone.
    var title: Phrase?
    /// The facts common to all entries.
    var facts: [Fact] = []
    let groups: [EntryGroup]

    init(_ entries: [Entry], title: Phrase? = nil, facts: [Fact] = []) {
      self.title = title
      self.facts = facts
      groups = EntryGroup.groups(of: entries)
    }

    var entries: [Entry] { groups.flatMap(\.entries) }
  }

  /// A summary table before the details.
  struct Overview: Sendable {
    struct Row: Sendable {
      let cells: [Phrase]
      /// How bad it is; nil for what is in order.
      var severity: Severity?
      /// The anchor of the entry with the details.
      var anchor: String?
    }

    let title: PrintableText
    let columns: [PrintableText]
    let rows: [Row]
    /// The column that says the state of each row; a text begins with an overview that has one.
    var stateColumn: Int?
    /// The words before each cell of a column where the columns have no titles, as in a text.
    var lead: (column: Int, words: PrintableText)?
  }

  /// A number that sums up a part of the report.
  struct Tally: Sendable {
    enum Presence: Sendable { case never, ifAny, always }
    enum Tone: String, Sendable { case plain, broken, fixed }

    let number: Int
    /// The noun for this number: `errors`, `still broken`.
    let noun: PrintableText
    var tone: Tone = .plain
    /// Whether the last line of a run says it.
    var inVerdict: Presence = .ifAny
    /// Whether the head of a page says it.
    var onPage: Presence = .always

    init(
      _ number: Int, noun: PrintableText, tone: Tone = .plain, inVerdict: Presence = .ifAny,
      onPage: Presence = .always
    ) {
      self.init(
        number, state: number == 1 ? noun : "\(noun)s", tone: tone, inVerdict: inVerdict,
        onPage: onPage)
    }

    /// - Parameter state: What is so of each: the same word for one and for several.
    init(
      _ number: Int, state: PrintableText, tone: Tone = .plain, inVerdict: Presence = .ifAny,
      onPage: Presence = .always
    ) {
      self.number = number
      noun = state
      self.tone = tone
      self.inVerdict = inVerdict
      self.onPage = onPage
    }

    func isShown(_ presence: Presence) -> Bool {
      presence == .always || presence == .ifAny && number > 0
    }
  }

  /// The subcommand: `check`.
  package let command: String
  /// For a heading: `history of connection references`.
  let title: PrintableText
  /// The subject of the run: `what is staged against HEAD`.
  let subject: PrintableText
  /// How much was looked at: `checked 1 solution, 2 references`.
  let extent: PrintableText
  let tallies: [Tally]
  var overview: Overview?
  let sections: [Section]
  /// Findings that the team let through.
  var accepted: [AcceptedFinding] = []
  var problems: [Problem] = []
  /// The rules or branches that were examined; in order while no entry is counted under it.
  var topics: [String] = []
  /// The rules that were asked.
  var rules: [RuleID] = []
  /// From which severity on the run ends with 1.
  package var failOn: Severity = .error
  /// The text in place of entries where there are none; nil where a text says nothing then.
  var emptySentence: PrintableText?
  /// A notice to show first: that the report is not whole.
  var notice: PrintableText?
  /// The data for programs: the one part that each command defines itself.
  let data: any ReportData
  /// References and their consumers, as a picture.
  var graph: ListingPicture?
  /// Events over time, as a picture.
  var timeline: Timeline?
  /// The sentence for a run without findings; nil for a command that looks for none.
  var clean: PrintableText? = "no problems found"
  /// Names the report among the comments of a pull request.
  var marker: PrintableText
  /// The name of the repository; empty where there is none to show.
  package var repository = ""
  /// The record that makes the report evidence; nil where it is not kept, as in a hook.
  package var run: RunRecord?

  /// A comment line for formats that have no other room: of which run it is. Empty where no one files it.
  func comment(_ mark: String) -> String {
    run.map { "\(mark) \($0.sentence.text)\n" } ?? ""
  }

  /// All entries, in the order in which they are shown.
  var entries: [Entry] { sections.flatMap(\.entries) }

  /// Findings that are not over: the most severe first, in their order else.
  var openFindings: [(entry: Entry, finding: Finding)] {
    entries.filter(\.isOpen).mostSevereFirst
      .compactMap { entry in entry.finding.map { (entry: entry, finding: $0) } }
  }

  /// True where the run ends with 1.
  package var isFailed: Bool {
    entries.contains { entry in entry.isOpen && (entry.severity.map { $0 >= failOn } ?? false) }
  }

  /// True for a run that could not tell whether there are problems.
  package var isUnknown: Bool { problems.contains { $0.matters } }

  /// The result in words: `1 error, 2 warnings`, `no problems found, 1 accepted`.
  var verdict: PrintableText {
    let unknown = problems.count { $0.matters }
    let counts = tallies.filter { $0.isShown($0.inVerdict) }
      .map { "\($0.number) \($0.noun)" as PrintableText }
    let begin: [PrintableText] =
      unknown > 0
      ? ["could not tell because of \(counted(unknown, "problem"))"]
      : counts.isEmpty ? [clean].compactMap { $0 } : []
    let end: [PrintableText] = accepted.isEmpty ? [] : ["\(accepted.count) accepted"]
    return PrintableText(joining: begin + counts + end, separator: ", ")
  }

  /// The line that ends the run on standard error: what was looked at, and the result. No line
  /// end.
  package var scopeLine: String {
    verdict == "" ? extent.description : "\(extent): \(verdict)"
  }

  /// The lines of `--verbose`: what was looked at, a line each.
  package var detailLines: [String] {
    guard let run else { return [] }
    let rules: [PrintableText] =
      self.rules.isEmpty ? [] : ["ran \(counted(self.rules.count, "rule"))"]
    let policy = run.policyWords.map { "policy: \($0.text)" as PrintableText }
    return (run.details + [policy].compactMap { $0 } + rules).map(\.description)
  }

  init(
    command: String, title: PrintableText, subject: PrintableText, extent: PrintableText,
    tallies: [Tally], sections: [Section], data: any ReportData
  ) {
    self.command = command
    self.title = title
    self.subject = subject
    self.extent = extent
    self.tallies = tallies
    self.sections = sections
    self.data = data
    marker = "connref \(command)"
  }
}
