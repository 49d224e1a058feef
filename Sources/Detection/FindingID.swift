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
    let hexadecimal = String(fnv1a(text) >> 16, radix: 16)
    return String(repeating: "0", count: 12 - hexadecimal.count) + hexadecimal
  }
}

/// The 64-bit FNV-1a digest of the text's UTF-8.
func fnv1a(_ text: String) -> UInt64 {
  text.utf8.reduce(0xcbf2_9ce4_8422_2325) { digest, byte in
    (digest ^ UInt64(byte)) &* 0x100_0000_01b3
  }
}
