/// Entries that are no findings as a table: a column for each label that they have.
struct EntryTable {
  /// More columns than these are no table that can be read.
  private static let limit = 6

  let titles: [PrintableText]
  let rows: [[[Phrase]]]

  /// Nil where a table would have no row or too many columns.
  init?(_ entries: [Entry]) {
    var labels: [Label] = []
    for fact in entries.flatMap(\.facts) where !labels.contains(fact.label) {
      labels.append(fact.label)
    }
    guard !entries.isEmpty, labels.count < Self.limit else { return nil }
    titles = ["what"] + labels.map(\.text)
    rows = entries.map { entry in
      [[entry.title]]
        + labels.map { label in
          entry.facts.filter { $0.label == label }.flatMap { $0.lines.map(\.whole) }
        }
    }
  }
}
