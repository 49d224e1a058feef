package import Detection

/// A rule as its documentation shows it.
package struct DocumentedRule: Sendable {
  package let id: RuleID
  package let documentation: RuleDocumentation

  package init(id: RuleID, documentation: RuleDocumentation) {
    self.id = id
    self.documentation = documentation
  }

  package init(_ rule: any Rule.Type) {
    self.init(id: rule.id, documentation: rule.documentation)
  }
}
