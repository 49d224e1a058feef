import Detection
import Solution

/// The other places of a finding (what was, what uses it, which rows bind it), and the message that
/// links to them.
struct SARIFRelations {
  /// GitHub takes 1,000 locations a result and shows 100.
  private static let limit = 100
  /// How many the message links to.
  private static let links = 5

  private let sentences: [PrintableText]
  private let related: [(place: Place, words: PrintableText)]

  init(_ entry: Entry, _ finding: Finding) {
    self.init(
      finding, at: entry.place,
      facts: entry.facts.filter { [.commit, .on, .stillBroken].contains($0.label) })
  }

  /// - Parameter primary: The location of the result itself, which is no relation of it.
  init(_ finding: Finding, at primary: Place?, facts: [Fact] = []) {
    sentences =
      [finding.prose(finding.summary)]
      + facts.flatMap { fact in fact.lines.map { "\(fact.label.text): \($0.words.text)" } }
      + [finding.prose(finding.consequence)]
    var related: [(place: Place, words: PrintableText)] = []
    for (label, declarations) in [(Label.was, finding.before), (.now, finding.after)] {
      for declaration in declarations {
        guard let place = declaration.place, label == .was || place != primary else { continue }
        related.append((place, "\(label.text) \(declaration.name.spelling.shortened())"))
      }
    }
    let consumers = { (isInOrder: Bool) in
      finding.consumers.filter { [.moved, .naming].contains($0.state) == isInOrder }
        .map { (place: $0.place, words: $0.words.text) }
    }
    let rows = finding.rows.map { row -> (place: Place, words: PrintableText) in
      (row.place, "\(row.place.path.shortened()) \(row.claim.text)")
    }
    // First what is to be fixed, then those that are in order.
    related += (consumers(false) + rows + consumers(true)).filter { $0.place != primary }
    self.related = Array(related.prefix(Self.limit))
  }

  var values: [JSONValue] {
    related.enumerated().map { number, relation in
      SARIFLocation(
        path: relation.place.path, line: relation.place.line,
        relation: (id: number + 1, words: relation.words)
      ).value
    }
  }

  /// In plain text, whose only markup is a link.
  var message: JSONValue {
    let sentences = sentences.map { SARIFText.escaped($0.description.sentence) }
    let links = related.prefix(Self.links).enumerated().map { number, relation in
      SARIFText.link(relation.words, to: number + 1)
    }
    let rest = related.count - Self.links
    let more = rest > 0 ? ["and \(rest) more"] : []
    let see = links.isEmpty ? [] : ["See " + (links + more).joined(separator: ", ") + "."]
    return ["text": .text((sentences + see).joined(separator: " "))]
  }
}
