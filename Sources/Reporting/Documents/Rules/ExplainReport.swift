import Detection

/// A rule's documentation: what `connref explain RULE` prints.
package struct ExplainReport {
  private let rule: DocumentedRule
  private let isColored: Bool

  package init(_ rule: DocumentedRule, isColored: Bool = false) {
    self.rule = rule
    self.isColored = isColored
  }

  /// All rules at a glance, as `connref rules` prints them. Two columns: the rule's id, and its title above
  /// its severities.
  package static func list(of rules: [DocumentedRule], isColored: Bool = false) -> String {
    var page = TextPage(isColored: isColored)
    let width = (rules.map { $0.id.rawValue.displayWidth }.max() ?? 0) + 2
    for rule in rules {
      page.paragraph(
        indent: 0, label: .init("\(rule.id.rawValue)", .bold), labelWidth: width,
        "\(rule.documentation.title)")
      page.paragraph(indent: width, "\(rule.documentation.severities.words)")
    }
    return page.text
  }

  /// Title and severities, then a section each for what is known.
  package var text: String {
    let documentation = rule.documentation
    var page = TextPage(isColored: isColored)
    page.line(.init("\(rule.id.rawValue)", .bold))
    page.paragraph(indent: 2, "\(documentation.title)")
    page.paragraph(indent: 2, "severity: \(documentation.severities.words)")
    writeSection("What it does", [documentation.whatItDoes], to: &page)
    writeSection("Why it is bad", [documentation.whyItIsBad], to: &page)
    writeFix(to: &page)
    writeSection("Known problems", [documentation.knownProblems], to: &page)
    for example in documentation.examples { write(example, to: &page) }
    writeSection("Sources", documentation.sources, to: &page)
    return page.text
  }

  private func writeSection(
    _ heading: PrintableText, _ paragraphs: [String], to page: inout TextPage
  ) {
    let passages = paragraphs.flatMap(Passage.passages)
    guard !passages.isEmpty else { return }
    writeHeading(heading, to: &page)
    for passage in passages { write(passage, indent: 2, to: &page) }
  }

  private func writeFix(to page: inout TextPage) {
    guard !rule.documentation.fix.isEmpty else { return }
    writeHeading("Fix", to: &page)
    for step in rule.documentation.fix {
      guard case .text(let text) = step else {
        page.paragraph(indent: 2, label: .init("*"), labelWidth: 2, step.phrase)
        continue
      }
      for (number, passage) in Passage.passages(of: text).enumerated() {
        write(passage, indent: 2, label: number == 0 ? "*" : " ", to: &page)
      }
    }
  }

  private func write(
    _ passage: Passage, indent: Int, label: PrintableText = "", to page: inout TextPage
  ) {
    let labelWidth = label.description.isEmpty ? 0 : 2
    switch passage {
    case .prose(let text):
      page.paragraph(indent: indent, label: .init(label), labelWidth: labelWidth, "\(text)")
    case .literal(let lines):
      for line in lines { page.line(indent: indent + labelWidth + 2, "\(line)") }
    }
  }

  private func write(_ example: RuleExample, to page: inout TextPage) {
    writeHeading("Example: \(example.title)", to: &page)
    for line in ExampleText(example: example).lines { page.line(indent: 2, line) }
    let ids = PrintableText(
      joining: example.reports.map { "\($0.rawValue)" }, separator: ", ")
    page.paragraph(indent: 2, example.reports.isEmpty ? "no finding" : "finding: \(ids)")
  }

  private func writeHeading(_ heading: PrintableText, to page: inout TextPage) {
    page.blankLine()
    page.line(.init(heading, .bold))
  }
}
