import Detection

/// A report for the test pages of build servers: JUnit's XML, as far as all of them agree on it.
///
/// A suite for each rule (of `branches`, for each branch). One without a finding is a test that
/// passed, so that a clean run is seen, or one that was skipped where the run could not tell. A finding
/// that the run ends with 1 for is a failure, any other a test that passed with words; a problem is
/// an error. Attributes are those of Jenkins'
/// schema, which takes no others:
/// https://github.com/jenkinsci/xunit-plugin/blob/master/src/main/resources/org/jenkinsci/plugins/xunit/types/model/xsd/junit-10.xsd
struct JUnitFormat {
  private let report: Report
  private let suites: [JUnitSuite]

  init(_ report: Report) {
    self.report = report
    // The rules that were run, and those of all other findings.
    let findings = report.openFindings
    var topics = report.topics
    for topic in findings.flatMap(\.entry.topics) where !topics.contains(topic) {
      topics.append(topic)
    }
    let problems = report.problems.filter { $0.topic == nil }.map { JUnitCase($0) }
    let empty = JUnitCase(withoutFinding: !problems.contains { $0.kind == .error })
    var suites = topics.map { topic in
      JUnitSuite(
        topic, else: empty,
        findings.filter { $0.entry.topics.contains(topic) }
          .map { JUnitCase($0.entry, $0.finding, fails: $0.finding.severity >= report.failOn) }
          + report.problems.filter { $0.topic == topic }.map { JUnitCase($0) })
    }
    if !problems.isEmpty { suites.append(JUnitSuite("problems", else: empty, problems)) }
    // A report without a test is taken for a broken one.
    if suites.isEmpty { suites.append(JUnitSuite(report.command, else: empty, [])) }
    self.suites = suites
  }

  /// The whole document, with a line end.
  var document: String {
    let xml: HTMLText = """
      <?xml version="1.0" encoding="UTF-8"?>
      <testsuites name="connref \(report.command)" tests="\(number { _ in true })" \
      failures="\(number(of: .failure))" errors="\(number(of: .error))" time="0">
      \(HTMLText(joining: suites.enumerated().map { $1.element(of: $0 == 0 ? report.run : nil) }))
      </testsuites>

      """
    return xml.description
  }

  private func number(of kind: JUnitCase.Kind) -> Int { number { $0.kind == kind } }

  private func number(_ isCounted: (JUnitCase) -> Bool) -> Int {
    suites.reduce(0) { $0 + $1.cases.count(where: isCounted) }
  }
}

/// A rule or a branch, and its tests.
struct JUnitSuite {
  private let name: String
  let cases: [JUnitCase]

  /// - Parameter empty: What a suite without a case has.
  init(_ name: String, else empty: JUnitCase, _ cases: [JUnitCase]) {
    self.name = name
    // Of two tests with one name GitLab drops the second.
    var seen: [PrintableText: Int] = [:]
    self.cases =
      cases.isEmpty
      ? [empty]
      : cases.map { test in
        seen[test.name, default: 0] += 1
        return test.numbered(seen[test.name] ?? 1)
      }
  }

  /// - Parameter run: What is said of the run as properties of the suite; of one suite alone.
  func element(of run: RunRecord?) -> HTMLText {
    let properties = (run?.cells ?? []).map { cell -> HTMLText in
      "<property name=\"connref.\(cell.name.replacing(" ", with: "-"))\" value=\"\(cell.value)\"/>\n"
    }
    let head: HTMLText =
      properties.isEmpty
      ? "" : "<properties>\n\(HTMLText(joining: properties, separator: ""))</properties>\n"
    let shown = name.shortened(to: 100)
    // Jenkins takes all before the last full stop for a package: the one of a branch's name must not
    // be one. GitLab and Azure show this name as the suite.
    let className = "connref.\(shown.replacingScalars { $0 == "." ? "\u{2024}" : nil })"
    return """
      <testsuite name="\(shown)" tests="\(cases.count)" \
      failures="\(cases.count { $0.kind == .failure })" \
      errors="\(cases.count { $0.kind == .error })" \
      skipped="\(cases.count { $0.kind == .skipped })" time="0">
      \(head)\(HTMLText(joining: cases.map { $0.element(className: className) }))
      </testsuite>
      """
  }
}
