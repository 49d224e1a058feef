import Detection

/// A report as workflow commands: GitHub shows each beside the line of the pull request.
///
/// https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
struct GitHubFormat {
  /// How many annotations of one kind GitHub takes from a step; it drops the rest in silence.
  private static let limit = 10

  private let annotations: [Annotation]
  private let run: RunRecord?

  init(_ report: Report) {
    annotations = Annotation.all(of: report)
    run = report.run
  }

  /// A line each; those for which there is no room are plain lines, as is the last, which says
  /// of which run they are.
  var document: String {
    var numbers: [Severity: Int] = [:]
    var commands: [String] = []
    var rest: [Annotation] = []
    for annotation in annotations {
      numbers[annotation.severity, default: 0] += 1
      if numbers[annotation.severity, default: 0] <= Self.limit {
        commands.append(Self.command(annotation))
      } else {
        rest.append(annotation)
      }
    }
    let heading =
      rest.isEmpty
      ? []
      : [
        """
        \(rest.count) more \(rest.count == 1 ? "is" : "are") not annotated: GitHub shows \
        \(Self.limit) of a kind for a step
        """
      ]
    let foot = [run?.sentence.text.description].compactMap { $0 }
    return (commands + heading + rest.map(\.logLine.description) + foot).map { $0 + "\n" }.joined()
  }

  private static func command(_ annotation: Annotation) -> String {
    let name =
      switch annotation.severity {
      case .error: "error"
      case .warning: "warning"
      case .note: "notice"
      }
    var properties: [String] = []
    if let path = annotation.path {
      properties.append("file=\(property("\(path)"))")
      if let line = annotation.line { properties.append("line=\(line)") }
    }
    properties.append("title=\(property(annotation.title))")
    let message = annotation.lines.map(data).joined(separator: "%0A")
    return "::\(name) \(properties.joined(separator: ","))::\(message)"
  }

  /// As the runner reads it back (`ActionCommand.cs` of actions/runner). Printable text has no line end.
  private static func data(_ text: PrintableText) -> String {
    text.description.replacingScalars { $0 == "%" ? "%25" : nil }
  }

  private static func property(_ text: PrintableText) -> String {
    text.description.replacingScalars { scalar in
      switch scalar {
      case "%": "%25"
      case ":": "%3A"
      case ",": "%2C"
      default: nil
      }
    }
  }
}
