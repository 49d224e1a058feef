import Detection
import Solution

/// A rule's example as lines: `-` for removed ones, `+` for added ones, neither for kept ones.
struct ExampleText {
  let example: RuleExample

  var lines: [PrintableText] {
    let before = example.before.map(Self.words)
    let after = example.after.map(Self.words)
    // One revision: nothing is removed or added.
    if example.isState { return (after + example.live.map(Self.words)).map { "  \($0)" } }
    let change = after.difference(from: before)
    var removed: [Int: PrintableText] = [:]
    for case .remove(let offset, let line, _) in change.removals { removed[offset] = line }
    var added: [Int: PrintableText] = [:]
    for case .insert(let offset, let line, _) in change.insertions { added[offset] = line }

    var lines: [PrintableText] = []
    var positionBefore = 0
    var positionAfter = 0
    while positionBefore < before.count || positionAfter < after.count {
      if let line = removed[positionBefore] {
        lines.append("- \(line)")
        positionBefore += 1
      } else if let line = added[positionAfter] {
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

  /// One line for a part; the solution `Sales` is not named.
  static func words(_ part: ExamplePart) -> PrintableText {
    switch part {
    case .reference(let name, let displayName, let connector, let solution):
      return "reference \(name) '\(displayName)' \(connector)\(place(solution))"
    case .stub(let name, let solution):
      return "stub \(name), which another solution defines\(place(solution))"
    case .external(let name, let origin, let solution):
      let from =
        switch origin {
        case .active: "Active"
        case .solution(let name): name
        }
      return "external \(name) from \(from)\(place(solution))"
    case .flow(let name, let references, let uses, let unlisted, _, let solution):
      let names = references.map { reference -> PrintableText in
        reference.map { "\($0)" } ?? "no reference"
      }
      let named: PrintableText =
        names.isEmpty ? "uses nothing" : "uses \(PrintableText(joining: names, separator: ", "))"
      let used: PrintableText = uses.map { ", uses connectors \(counted($0, "time"))" } ?? ""
      let beside = PrintableText(joining: unlisted.map { "\($0)" }, separator: ", ")
      let more: PrintableText = unlisted.isEmpty ? "" : ", uses \(beside) as well"
      return "flow '\(name)' \(named)\(used)\(more)\(place(solution))"
    case .declaration(let name, let displayName, let connector, let id, let isOpen, let solution):
      let kind: PrintableText = connector.map { "\($0)" } ?? "without a connector"
      let custom: PrintableText = id.map { ", custom connector \($0)" } ?? ""
      let lock: PrintableText =
        isOpen.map { $0 ? ", customizable" : ", not customizable" } ?? ""
      return "reference \(name) '\(displayName)' \(kind)\(custom)\(lock)\(place(solution))"
    case .connector(let name, let id, let solution):
      return "custom connector \(name) \(id)\(place(solution))"
    case .link(
      let flow, let reference, let connector, let id, let isInvoker, let children, let action,
      let solution):
      let whose: PrintableText = id.map { " of id \($0)" } ?? ""
      let kind: PrintableText = connector.map { " for \($0)" } ?? ""
      let source: PrintableText = isInvoker ? ", connection of the caller" : ""
      let child: PrintableText =
        children.isEmpty
        ? ""
        : ", runs \(PrintableText(joining: children.map { "'\($0)'" }, separator: ", ")) as a child"
      let alias: PrintableText = action.map { ", an action uses \($0)" } ?? ""
      return
        "flow '\(flow)'\(whose) uses \(reference)\(kind)\(source)\(child)\(alias)\(place(solution))"
    case .embedded(let flow, let connection, let solution):
      return "flow '\(flow)' embeds connection \(connection)\(place(solution))"
    case .row(let reference, let connection, let connector, let owner, let file):
      let bound: PrintableText =
        connection == RuleExample.connection
        ? "\(file) binds \(reference)"
        : connection.isEmpty
          ? "\(file) has an empty row for \(reference)"
          : "\(file) binds \(reference) to \(connection)"
      let kind: PrintableText = connector.map { ", for \($0)" } ?? ""
      let whose: PrintableText = owner.map { ", owned by \($0)" } ?? ""
      return "\(bound)\(kind)\(whose)"
    }
  }

  /// One line for a part of an environment.
  static func words(_ part: LivePart) -> PrintableText {
    func more(_ word: PrintableText, _ value: String?) -> PrintableText {
      value.map { ", \(word) \($0)" } ?? ""
    }
    switch part {
    case .reference(let name, _, let connection, let owner, let created):
      let bound: PrintableText = connection == nil ? "without a connection" : "with a connection"
      return
        "environment: \(name) \(bound)\(more("owned by", owner))\(more("made", created))"
    case .flow(let name, let references, let isOn, let suspension, let owner, let modified):
      let names = PrintableText(joining: references.map { "\($0)" }, separator: ", ")
      let state: PrintableText =
        suspension.map { ", and is suspended: \($0)" } ?? (isOn ? "" : ", and is off")
      return """
        environment: flow '\(name)' uses \(names)\(state)\(more("owned by", owner))\
        \(more("changed", modified))
        """
    case .person(let address, let isDisabled):
      let state: PrintableText = isDisabled ? ", disabled" : ""
      return "environment: user \(address)\(state)"
    case .application(let name): return "environment: application user \(name)"
    case .connection(let id, let creator, let fault):
      let name: PrintableText = id == RuleExample.connection ? "the connection" : "connection \(id)"
      return "environment: \(name), made by \(creator)\(more("which does not work:", fault))"
    case .solution(let name, let version):
      return "environment: solution \(name) in version \(version)"
    }
  }

  private static func place(_ solution: String) -> PrintableText {
    solution == "Sales" ? "" : " (in \(solution))"
  }
}
