import Platform
import Solution

extension Finding {
  /// Twelve hexadecimal digits that stay the same after a rebase, squash, moved lines and
  /// rewording: the first 48 bits of the FNV-1a digest of rule, solution, the logical names and the
  /// discriminator, all in lower case. Approvals are keyed by it, so its parts must never change.
  package var id: String { id(as: rule, about: Set((before + after).map(\.name))) }

  /// The id of the finding, had another rule reported it, about these names.
  func id(as rule: RuleID, about names: Set<LogicalName>) -> String {
    let keys = names.map(\.key).sorted()
    let text = ([rule.rawValue, solution.lowercased()] + keys + [discriminator.lowercased()])
      .joined(separator: "\n")
    return (fnv1a(text.utf8) >> 16).digits(12, radix: 16)
  }
}
