import Detection
import Solution

/// A rule's example as lines: what goes with `-`, what comes with `+`, what stays with neither.
struct ExampleText {
  private let example: RuleExample

  init(_ example: RuleExample) {
    self.example = example
  }

  var lines: [PrintableText] {
    let before = example.before.map(Self.words)
    let after = example.after.map(Self.words)
    let change = after.difference(from: before)
    var gone: [Int: PrintableText] = [:]
    for case .remove(let offset, let line, _) in change.removals { gone[offset] = line }
    var come: [Int: PrintableText] = [:]
    for case .insert(let offset, let line, _) in change.insertions { come[offset] = line }

    var lines: [PrintableText] = []
    var positionBefore = 0
    var positionAfter = 0
    while positionBefore < before.count || positionAfter < after.count {
      if let line = gone[positionBefore] {
        lines.append("- \(line)")
        positionBefore += 1
      } else if let line = come[positionAfter] {
        lines.append("+ \(line)")
        positionAfter += 1
      } else {
        lines.append("  \(before[positionBefore])")
        positionBefore += 1
        positionAfter += 1
      }
    }
    return lines
  }

  /// One line for a part; the solution `Sales` goes without saying.
  static func words(_ part: ExamplePart) -> PrintableText {
    switch part {
    case .reference(let name, let displayName, let connector, let solution):
      return "reference \(name) '\(displayName)' \(connector)\(place(solution))"
    case .stub(let name, let solution):
      return "stub \(name)\(place(solution))"
    case .external(let name, let origin, let solution):
      let from =
        switch origin {
        case .active: "Active"
        case .solution(let name): name
        }
      return "external \(name) from \(from)\(place(solution))"
    case .flow(let name, let references, let uses, let solution):
      let names = references.map { reference -> PrintableText in
        reference.map { "\($0)" } ?? "no reference"
      }
      let named: PrintableText =
        names.isEmpty ? "names nothing" : "names \(PrintableText(joining: names, separator: ", "))"
      let used: PrintableText = uses.map { ", uses connectors \(counted($0, "time"))" } ?? ""
      return "flow '\(name)' \(named)\(used)\(place(solution))"
    case .embedded(let flow, let connection, let solution):
      return "flow '\(flow)' embeds connection \(connection)\(place(solution))"
    case .row(let reference, let file):
      return "\(file) binds \(reference)"
    }
  }

  private static func place(_ solution: String) -> PrintableText {
    solution == "Sales" ? "" : " (in \(solution))"
  }
}
