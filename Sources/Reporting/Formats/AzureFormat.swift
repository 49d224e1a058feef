import Detection

/// A report as logging commands of Azure Pipelines.
///
/// https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands
struct AzureFormat {
  let report: Report
  /// A file with Markdown to show with the run: an absolute path, nil for none.
  let summaryFile: String?
  /// False where there is no build to tag, as in a classic release, which would fail.
  let tagsBuild: Bool

  /// A line each.
  ///
  /// That the step failed is left to the exit status, over which a pipeline has its own say; what the
  /// status cannot say, that it succeeded with issues, is said here.
  var document: String {
    let annotations = Annotation.all(of: report)
    var lines = annotations.map(Self.issue)
    if tagsBuild {
      if report.isFailed { lines.append("##vso[build.addbuildtag]connref-findings") }
      if report.isUnknown { lines.append("##vso[build.addbuildtag]connref-could-not-tell") }
    }
    if let summaryFile {
      lines.append("##vso[task.uploadsummary]\(Self.data("\(summaryFile)"))")
    }
    let isWorthAWarning = annotations.contains { $0.severity >= .warning }
    if isWorthAWarning && !report.isFailed && !report.isUnknown {
      lines.append(
        "##vso[task.complete result=SucceededWithIssues;]\(Self.data(report.verdict))")
    }
    // A plain line of the log.
    if let run = report.run { lines.append(run.sentence.text.description) }
    return lines.map { $0 + "\n" }.joined()
  }

  private static func issue(_ annotation: Annotation) -> String {
    // There is no third kind: a note is a line of the log.
    if annotation.severity == .note { return annotation.logLine.description }
    var properties = "type=\(annotation.severity.rawValue);"
    if let path = annotation.path {
      properties += "sourcepath=\(property("\(path)"));"
      if let line = annotation.line { properties += "linenumber=\(line);" }
    }
    properties += "code=\(property("\(annotation.code)"));"
    return "##vso[task.logissue \(properties)]\(data(annotation.shortText))"
  }

  /// As the agent reads it back. The percent sign is `%AZP25` and not `%25`, which it does not know.
  /// Printable text has no line end.
  private static func data(_ text: PrintableText) -> String {
    text.description.replacingScalars { $0 == "%" ? "%AZP25" : nil }
  }

  private static func property(_ text: PrintableText) -> String {
    text.description.replacingScalars { scalar in
      switch scalar {
      case "%": "%AZP25"
      case ";": "%3B"
      case "]": "%5D"
      default: nil
      }
    }
  }
}
