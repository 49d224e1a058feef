import Detection
import Solution
import Testing

private let sharePoint = "shared_sharepointonline"

@Suite struct PastRecorderTests {
  /// What three commits did: add a reference, move flows to it, remove the old one.
  private var traces: [CommitTrace] {
    let old = ExamplePart.reference("sales_A", "Sales", sharePoint)
    let new = ExamplePart.reference("sales_B", "Sales", sharePoint)
    let states: [[ExamplePart]] = [
      [], [old, .flow("F", ["sales_A"]), .flow("G", ["sales_A"])],
      [old, new, .flow("F", ["sales_B"]), .flow("G", ["sales_A"])],
      [old, new, .flow("F", ["sales_A"]), .flow("G", ["sales_B"])],
      [new, .flow("F", ["sales_B"]), .flow("G", ["sales_B"])],
      [old, .flow("F", ["sales_A"]), .flow("G", ["sales_B"])],
    ]
    return zip(states, states.dropFirst()).map { before, after in
      CommitTrace(
        Comparison(
          from: before, to: after))
    }
  }

  private func description(_ past: Past) -> [String] {
    var lines: [String] = []
    for (name, introduction) in past.introductions {
      lines.append("introduced \(name.key) \(introduction)")
    }
    for (name, removed) in past.removed { lines.append("removed \(name.key) \(removed.commit)") }
    for (consumer, links) in past.formerLinks {
      lines.append("left \(consumer) \(links.map { "\($0.link.reference.key) \($0.commit)" })")
    }
    for (consumer, gains) in past.gains {
      lines.append("uses \(consumer) \(gains.map { "\($0.reference.key) \($0.age)" })")
    }
    return lines.sorted()
      + past.moves.map { move, commit in
        "moved \(move.consumer) \(move.from.key) \(move.to.key) \(commit)"
      }
  }

  @Test func `a past that newer commits are added to is the one that is walked from the newest`() {
    var walked = PastRecorder()
    for (age, trace) in traces.reversed().enumerated() {
      walked.record(trace, of: "\(age)", age: age)
    }
    var grown = PastRecorder()
    for (age, trace) in traces.enumerated().map({ (4 - $0.offset, $0.element) }) {
      grown.recordNewer(trace, of: "\(age)", age: age)
    }
    let lines = description(walked.finish(isComplete: true, limitation: nil))
    #expect(description(grown.finish(isComplete: true, limitation: nil)) == lines)
    #expect(lines.count > 8)
  }
}
