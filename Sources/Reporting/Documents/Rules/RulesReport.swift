import Detection

/// All rules at a glance: what `connref rules` prints.
package struct RulesReport {
  private let rules: [DocumentedRule]
  private let isColored: Bool

  package init(_ rules: [DocumentedRule], isColored: Bool = false) {
    self.rules = rules
    self.isColored = isColored
  }

  /// Two columns: the rule's id, and its title above its severities.
  package var text: String {
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
}
