import Detection

/// A test of JUnit's: a rule without findings, a finding, or a problem.
struct JUnitCase {
  enum Kind {
    case passed, failure, error, skipped
  }

  let kind: Kind
  private(set) var name: PrintableText
  /// The short form, and what kind of failure it is.
  private var message: PrintableText = ""
  private var type = ""
  /// The long form; empty for none.
  private var lines: [PrintableText] = []
  /// Azure cuts a name off at 512 characters.
  private static let limit = 300

  /// Nothing was found. Where the run has problems, that is no pass.
  init(withoutFinding isKnown: Bool) {
    kind = isKnown ? .passed : .skipped
    name = "no finding"
    message = isKnown ? "" : "could not tell"
  }

  init(_ entry: Entry, _ finding: Finding, fails: Bool) {
    kind = fails ? .failure : .passed
    let what = entry.title.text.description.shortened(to: Self.limit)
    name = "\(finding.solution.shortened(to: 60)): \(what) (\(finding.id))"
    message = entry.title.text
    type = finding.severity.rawValue
    let place: PrintableText = entry.place.map { " \($0.words)" } ?? ""
    lines =
      ["\(finding.severity.rawValue)[\(finding.rule.rawValue)]\(place)", entry.title.text]
      + entry.logLines.map { "  \($0)" }
  }

  init(_ problem: Report.Problem) {
    kind = problem.matters ? .error : .passed
    name = "\(problem.sentence.description.shortened(to: Self.limit))"
    message = "\(problem.sentence.description.shortened(to: 600))"
    type = "problem"
    lines = problem.logLines
  }

  func element(className: String) -> HTMLText {
    let text = HTMLText(joining: lines.map { "\($0)" })
    let content: HTMLText =
      switch kind {
      case .passed: lines.isEmpty ? "" : "<system-out>\(text)</system-out>"
      case .skipped: "<skipped message=\"\(message)\"/>"
      case .failure: "<failure message=\"\(message)\" type=\"\(type)\">\(text)</failure>"
      case .error: "<error message=\"\(message)\" type=\"\(type)\">\(text)</error>"
      }
    let attributes: HTMLText = "classname=\"\(className)\" name=\"\(name)\" time=\"0\""
    return content == ""
      ? "<testcase \(attributes)/>" : "<testcase \(attributes)>\(content)</testcase>"
  }

  /// The same, with a number where tests before it have that name.
  func numbered(_ number: Int) -> JUnitCase {
    var copy = self
    if number > 1 { copy.name = "\(name) (\(number))" }
    return copy
  }
}
