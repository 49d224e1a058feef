import Detection
import Reporting

/// A report in each format, as tests look at it.
extension Report {
  var text: String { document(in: .text) }
  var json: String { document(in: .json) }
  var csv: String { document(in: .csv) }
  var markdown: String { document(in: .markdown) }
  var page: String { document(in: .html) }
  var sarif: String { document(in: .sarif) }
  var junit: String { document(in: .junit) }
  var github: String { document(in: .github) }
  var azure: String { azure() }
  var gitlab: String { document(in: .gitlab) }
  var mermaid: String { document(in: .mermaid) }
  var dot: String { document(in: .dot) }

  var coloredText: String {
    var options = RenderOptions()
    options.style = TextStyle(isColored: true)
    return document(in: .text, options)
  }

  func markdown(limit: Int) -> String {
    var options = RenderOptions()
    options.markdownLimit = limit
    return document(in: .markdown, options)
  }

  func page(title: String) -> String {
    var report = self
    report.repository = title
    return report.page
  }

  func azure(summaryFile: String? = nil, tagsBuild: Bool = true) -> String {
    var options = RenderOptions()
    options.summaryFile = summaryFile
    options.tagsBuild = tagsBuild
    return document(in: .azure, options)
  }

  func failing(on severity: Severity) -> Report {
    var report = self
    report.failOn = severity
    return report
  }
}
