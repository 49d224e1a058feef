/// The formats in which reports are written.
package enum Format: String, CaseIterable, Sendable {
  case text, json, jsonl, markdown, csv, html, mermaid, dot, sarif, junit, github, azure, gitlab

  /// The formats of commands with findings.
  package static let ofFindings: [Format] = [
    .text, .json, .markdown, .csv, .html, .sarif, .junit, .github, .azure, .gitlab,
  ]

  /// The formats of a history: a stream too.
  package static let ofHistory: [Format] = [
    .text, .json, .jsonl, .csv, .markdown, .html, .sarif, .junit, .github, .azure, .gitlab,
  ]

  /// The formats of a list: pictures too.
  package static let ofList: [Format] = [.text, .json, .csv, .markdown, .html, .mermaid, .dot]

  /// The formats of the life of one reference.
  package static let ofLife: [Format] = [.text, .json, .markdown, .html]
}

/// The properties of the place that a document is written to.
package struct RenderOptions: Sendable {
  package var style = TextStyle()
  /// How many bytes of Markdown there is room for.
  package var markdownLimit = MarkdownFormat.comment
  /// For `azure`: a file with Markdown to show with the run, an absolute path.
  package var summaryFile: String?
  /// For `azure`: false where there is no build to tag, as in a classic release.
  package var tagsBuild = true

  package init() {}
}

extension Report {
  /// The report in a format. Empty for one that this report has nothing to write in.
  package func document(
    in format: Format, _ options: RenderOptions = RenderOptions()
  ) -> String {
    switch format {
    case .text: TextFormat(self, options.style).document
    case .json: JSONFormat(report: self).document
    case .jsonl: JSONFormat(report: self).lines
    case .csv: CSVFormat(report: self).document
    case .markdown: MarkdownFormat(report: self, limit: options.markdownLimit).document
    case .html: HTMLFormat(report: self).document
    case .mermaid: graph.map { MermaidFormat(picture: $0).document + comment("%%") } ?? ""
    case .dot: graph.map { comment("//") + DotFormat(picture: $0).document } ?? ""
    case .sarif: SARIFFormat(self).document
    case .junit: JUnitFormat(self).document
    case .github: GitHubFormat(self).document
    case .azure:
      AzureFormat(
        report: self, summaryFile: options.summaryFile, tagsBuild: options.tagsBuild
      ).document
    case .gitlab: GitLabFormat(report: self).document
    }
  }
}
