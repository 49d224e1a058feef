package import Detection
import Solution

/// What is accepted, and whether it is still needed: what `connref accept --list` prints.
package struct ApprovalsReport {
  private let approvals: Approvals
  private let found: [String: Finding]
  private let today: Day

  /// - Parameter found: every finding that stands today, by its id.
  package init(_ approvals: Approvals, found: [String: Finding], today: Day) {
    self.approvals = approvals
    self.found = found
    self.today = today
  }

  private enum State: String {
    case inUse = "in use"
    case expired
    case unused
  }

  private func state(of approval: Approval) -> State {
    if approval.isExpired(on: today) { return .expired }
    return found[approval.id].map(approval.names) == true ? .inUse : .unused
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

  /// For standard error.
  package var scopeLine: String {
    let states = approvals.entries.map(state)
    func count(_ state: State) -> Int { states.count { $0 == state } }
    return "\(states.count) accepted: \(count(.inUse)) in use, \(count(.expired)) expired, "
      + "\(count(.unused)) not found any more"
  }
}
