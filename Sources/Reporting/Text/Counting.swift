/// `1 flow`, `2 flows`.
func counted(_ number: Int, _ noun: PrintableText) -> PrintableText {
  number == 1 ? "1 \(noun)" : "\(number) \(noun)s"
}

/// The first few by name, and how many more: `a, b, c, d, e and 3 more`.
func listed(_ items: [PrintableText], limit: Int = 5) -> PrintableText {
  let named = PrintableText(joining: items.prefix(limit), separator: ", ")
  return items.count > limit ? "\(named) and \(items.count - limit) more" : named
}
