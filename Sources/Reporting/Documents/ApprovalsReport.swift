package import Detection
import Solution

/// The approvals, and whether each is still needed, as `connref accept --list` prints them.
package struct ApprovalsReport {
  private let approvals: Approvals
  private let needed: Set<Approval>
  private let today: Day

  /// - Parameter found: every finding of today, by its id.
  package init(_ approvals: Approvals, found: [String: Finding], today: Day) {
    self.approvals = approvals
    // One of the same family may let a finding through.
    needed = Set(found.values.compactMap { approvals.approval(of: $0, on: today) })
    self.today = today
  }

  private enum State: String {
    case inUse = "in use"
    case expired
    case unused
  }

  private func state(of approval: Approval) -> State {
    if approval.isExpired(on: today) { return .expired }
    return needed.contains(approval) ? .inUse : .unused
  }

  /// A paragraph an entry, in the order of the file.
  package var text: String {
    var page = TextPage(isColored: false)
    for (number, approval) in approvals.entries.enumerated() {
      if number > 0 { page.blankLine() }
      let until = approval.until.map { ", until \($0)" } ?? ""
      page.paragraph(
        indent: 0,
        "\(approval.id) \(approval.rule?.rawValue ?? "any rule"), \(state(of: approval).rawValue)\(until)"
      )
      let names = (approval.names ?? []).sorted().map(\.spelling).joined(separator: ", ")
      if !names.isEmpty { page.paragraph(indent: 2, "\(names)") }
      let who = approval.who.map { " (\($0))" } ?? ""
      page.paragraph(indent: 2, "\(approval.reason)\(who)")
    }
    return page.text
  }

  /// The same for programs, with a line end.
  package var document: String {
    let value: JSONValue = [
      "schema": .text(JSONFormat.schema),
      "command": "accept",
      "approvals": .array(
        approvals.entries.map { approval in
          [
            "id": .text(approval.id),
            "rule": .text(approval.rule?.rawValue),
            "state": .text(state(of: approval).rawValue.replacing(" ", with: "-")),
            "names": .array(
              (approval.names ?? []).sorted().map { .text($0.spelling) }),
            "reason": .text(approval.reason),
            "who": .text(approval.who),
            "until": .text(approval.until?.description),
            "baseline": .boolean(approval.isBaseline),
            "path": .text(approval.place.path),
            "line": .number(approval.place.line),
          ]
        }),
    ]
    return value.document
  }

  /// The same for spreadsheets: a header, and a row for each approval.
  package var table: String {
    let titles: [PrintableText] = [
      "id", "rule", "state", "names", "reason", "who", "until", "baseline",
    ]
    let rows = approvals.entries.map { approval -> [PrintableText] in
      [
        "\(approval.id)", "\(approval.rule?.rawValue ?? "")", "\(state(of: approval).rawValue)",
        Table.list((approval.names ?? []).sorted().map(\.spelling)), "\(approval.reason)",
        "\(approval.who ?? "")", "\(approval.until?.description ?? "")",
        approval.isBaseline ? "yes" : "no",
      ]
    }
    return Table(titles: titles, rows: rows).csv
  }

  /// For standard error.
  package var scopeLine: String {
    let states = approvals.entries.map(state)
    func count(_ state: State) -> Int { states.count { $0 == state } }
    return "\(states.count) accepted: \(count(.inUse)) in use, \(count(.expired)) expired, "
      + "\(count(.unused)) without a finding"
  }
}
