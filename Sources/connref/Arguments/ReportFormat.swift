import ArgumentParser
import Detection
import Reporting
import Review
import Solution

/// The formats that a kind of command can write.
protocol FormatSet: Sendable {
  static var formats: [Format] { get }
}

/// Of commands that report findings.
enum FindingFormats: FormatSet { static let formats = Format.ofFindings }

enum HistoryFormats: FormatSet { static let formats = Format.ofHistory }

enum ListFormats: FormatSet { static let formats = Format.ofList }

/// A format that one kind of command can write.
struct ReportFormat<Formats: FormatSet>: FormatChoice {
  let format: Format

  static var text: Self { Self(format: .text) }

  static var allCases: [Self] { Formats.formats.map { Self(format: $0) } }

  private init(format: Format) {
    self.format = format
  }

  init?(rawValue: String) {
    guard let format = Format(rawValue: rawValue), Formats.formats.contains(format) else {
      return nil
    }
    self.format = format
  }

  var rawValue: String { format.rawValue }
}

extension FormatOptions {
  /// Writes a report in the format that the user chose, then its problems and what was looked at to
  /// standard error.
  func write<Formats>(
    _ report: Report, in context: RunContext, console: Console
  ) throws where Format == ReportFormat<Formats> {
    var report = report
    // The user wants findings alone.
    if isText && console.isQuiet && output == nil { report.run = nil }
    var options = RenderOptions()
    options.style = TextStyle(isColored: isColored(on: console), width: console.width)
    let summary = RunSummary(report: report, context: context, console: console)
    if format.format == .github { summary.appendForGitHub() }
    if format.format == .azure {
      options.summaryFile = summary.writtenForAzure()
      // Only a pipeline has a build to tag; in a classic release the command would fail.
      options.tagsBuild = (context.environment["SYSTEM_HOSTTYPE"] ?? "build") == "build"
    }
    try write(
      report.document(in: format.format, options), in: context, console: console)
    let problems = report.problemLines(
      TextStyle(isColored: console.colorsErrors, width: console.width))
    if !problems.isEmpty { console.say(String(problems.dropLast())) }
    console.inform(report.scopeLine)
    guard console.isVerbose else { return }
    for line in report.detailLines { console.say(line) }
    console.say("took \(context.elapsed)")
  }
}

extension ExitStatus {
  /// How a run ends that found what the report says.
  init(_ report: Report) {
    self = report.isFailed ? .findings : report.isUnknown ? .unknown : .clear
  }
}

extension Report {
  /// - Parameter repository: Its name, for the head of a page.
  init(
    _ examination: Examination, _ outcome: CheckOutcome, failOn: Severity = .error,
    repository: String = ""
  ) {
    self.init(
      examination, before: outcome.before, after: outcome.after, scope: outcome.scope,
      findings: outcome.findings, accepted: outcome.accepted,
      problems: outcome.problems.map { Problem($0.problem, matters: $0.matters) },
      failOn: failOn, base: outcome.base, isChanged: outcome.isChanged)
    self.repository = repository
  }
}
