import Detection
import Solution

/// What stands beside a finding's first sentence: a label, and a line or several.
struct Fact: Hashable, Sendable {
  let label: PrintableText
  let lines: [Phrase]

  init(_ label: PrintableText, _ lines: [Phrase]) {
    self.label = label
    self.lines = lines
  }

  /// How many consumers or rows are named before the rest is only counted.
  private static let limit = 5

  fileprivate static func limited(_ label: PrintableText, _ lines: [Phrase]) -> Fact {
    let rest = lines.count - limit
    return Fact(label, lines.prefix(limit) + (rest > 0 ? ["and \(rest) more"] : []))
  }
}

extension Finding {
  /// What was and what is now, each with its place.
  func names(_ before: Report.Side, _ after: Report.Side) -> [Fact] {
    let isUndeclared = self.after.isEmpty && self.before.allSatisfy { $0.place == nil }
    return [
      Fact(isUndeclared ? "names" : "was", self.before.map { Self.name($0, on: before) }),
      Fact("now", self.after.map { Self.name($0, on: after) }),
    ].filter { !$0.lines.isEmpty }
  }

  private static func name(_ declaration: Declaration, on side: Report.Side) -> Phrase {
    let name = declaration.name.spelling
    guard let place = declaration.place else {
      return "\(name: name), declared nowhere\(side.suffix)"
    }
    return "\(name: name), \(name: place.shortWords)\(side.suffix)"
  }

  /// Why it is held to be one thing, and what hangs on it.
  var circumstances: [Fact] {
    [
      Fact("because", EvidenceText(self).sentence.map { ["\($0)"] } ?? []),
      .limited("left behind", consumerLines(.leftBehind)),
      .limited("broken", consumerLines(.broken)),
      .limited("used by", consumerLines(.naming)),
    ].filter { !$0.lines.isEmpty } + rowFacts
      + (remarks.isEmpty ? [] : [Fact("also", remarks.map { "\(prose($0))" })])
  }

  /// Why it matters, and the way out.
  var consequences: [Fact] {
    [
      Fact("breaks", ["\(prose(consequence))"]),
      Fact("mend", fixSteps().map { "\($0.line.shortened(to: 500))" }),
      explanation,
    ].filter { !$0.lines.isEmpty }
  }

  /// Where the rule is explained.
  var explanation: Fact { Fact("more", ["\(name: "connref explain \(rule.rawValue)")"]) }

  private func consumerLines(_ state: AffectedConsumer.State) -> [Phrase] {
    consumers.filter { $0.state == state }.map { consumer in
      "\(consumer.words), \(name: consumer.place.shortWords)"
    }
  }

  /// One for each label that rows have.
  private var rowFacts: [Fact] {
    var labels: [PrintableText] = []
    for state in AffectedRow.State.allCases where !labels.contains(state.label) {
      labels.append(state.label)
    }
    return labels.compactMap { label in
      let lines = rows.filter { $0.state.label == label }.map { row -> Phrase in
        let place = row.state == .missing ? row.place.path : row.place.shortWords
        return "\(name: place) \(row.claim)"
      }
      return lines.isEmpty ? nil : .limited(label, lines)
    }
  }
}
