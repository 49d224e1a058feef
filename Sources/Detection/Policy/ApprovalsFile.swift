internal import Parsing
import Solution

// `.connref-accepted.yml`: a list, one entry a line, sorted by id, so that two branches that add
// entries rarely conflict, and git never mixes two of them up.
//
//   - {id: 3f9a21c07d44, rule: reference-recreated, names: [new_a_1b2c3, new_a_9d8e7], reason: "…",
//      who: "Ada", until: 2027-03-31}
//
// `removed: [new_a_1b2c3]` says which of two names the other one replaces. `baseline: true` marks
// findings from before the team began. People may write entries in any style.

/// The file of approvals: reads it, and changes it line by line, so that what people wrote beside the
/// entries stays.
package struct ApprovalsFile: Sendable {
  package static let path = ".connref-accepted.yml"
  private static let heading = """
    # Findings that this team has looked at and accepts, one entry a line.
    # connref accept ID --reason "…" adds one, connref accept --prune removes what has expired.

    """

  package let approvals: Approvals
  /// Without line ends.
  private var lines: [String]
  private let lineEnd: String
  private let path: String

  /// - Parameter bytes: empty for a file that is not there yet.
  ///
  /// Throws `PolicyError` with everything that is wrong.
  package init(_ bytes: [UInt8], path: String = ApprovalsFile.path) throws(PolicyError) {
    self.path = path
    let text = (try? Text(bytes)).map { String(decoding: $0.bytes, as: UTF8.self) } ?? ""
    lineEnd = text.contains("\r\n") ? "\r\n" : "\n"
    lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
      .map(String.init)
    if lines.last == "" { lines.removeLast() }
    guard let root = try PolicyFile.root(of: bytes, path: path) else {
      approvals = Approvals()
      return
    }
    var faults: [PolicyError.Fault] = []
    var entries: [Approval] = []
    if let nodes = root.sequence {
      for node in nodes {
        var section = PolicySection(node, file: path)
        let entry = Self.entry(&section)
        section.refuseUnknownKeys()
        faults += section.faults
        if let entry { entries.append(entry) }
      }
    } else {
      faults.append(
        PolicyError.Fault(
          place: Place(path: path, line: root.line),
          message: "the file must be a list of entries, each beginning with '- id:'"))
    }
    guard faults.isEmpty else { throw PolicyError(faults) }
    approvals = Approvals(entries)
  }

  private static func entry(_ section: inout PolicySection) -> Approval? {
    let place = section.place(section.node)
    let id = section.text("id")?.lowercased()
    let ruleName = section.text("rule")
    let names = section.child("names") == nil ? nil : section.texts("names").map(\.text)
    let removed = section.child("removed") == nil ? nil : section.texts("removed").map(\.text)
    let reason = section.text("reason")
    let who = section.text("who")
    let untilText = section.text("until")
    let isBaseline = section.flag("baseline") ?? false
    guard let id, id.utf8.count == 12, id.allSatisfy(\.isHexDigit) else {
      section.fault(section.node, "an entry needs the 'id' of a finding: twelve digits and letters")
      return nil
    }
    let rule = ruleName.flatMap(RuleID.init)
    if let ruleName, rule == nil {
      section.fault(section.node, "there is no rule '\(ruleName)': connref rules lists them all")
    }
    if (reason ?? "").allSatisfy(\.isWhitespace) {
      section.fault(section.node, "entry \(id) gives no 'reason'")
    }
    let until = untilText.flatMap { Day($0) }
    if let untilText, until == nil {
      section.fault(
        section.node,
        "'until: \(untilText)' of entry \(id) is not a valid date: write it as 2027-03-31")
    }
    return Approval(
      id: id, rule: rule, names: names.map { Set($0.map { LogicalName($0) }) },
      removed: removed.map { Set($0.map { LogicalName($0) }) }, reason: reason ?? "", who: who,
      until: until, isBaseline: isBaseline, place: place)
  }

  /// The text of the file as it is now.
  package var text: String {
    lines.isEmpty ? "" : lines.joined(separator: lineEnd) + lineEnd
  }

  /// Puts entries in, each before the first with a greater id; one for the same finding is replaced.
  ///
  /// Throws when the file cannot be kept readable.
  package mutating func add(_ new: [Approval]) throws(PolicyError) {
    remove { old in new.contains { $0.id == old.id && $0.removed == old.removed } }
    if lines.isEmpty {
      lines = Self.heading.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
        .map(String.init)
    }
    // `[]`: what is left of a list that a person emptied.
    lines.removeAll { $0.trimmingSpace == "[]" }
    self = try ApprovalsFile(Array(text.utf8), path: path)
    let known = approvals.entries
    let end = lines.endIndex
    // From the end, so that the lines of the entries before stay where they are.
    for approval in new.sorted(by: { $0.id > $1.id }) {
      let next = known.first { $0.id > approval.id }?.place.line
      lines.insert(Self.line(approval), at: next.map { $0 - 1 } ?? end)
    }
    self = try ApprovalsFile(Array(text.utf8), path: path)
  }

  /// Removes entries, in any style they are written. Text between entries stays.
  package mutating func remove(where isOver: (Approval) -> Bool) {
    let entries = approvals.entries
    for (position, approval) in entries.enumerated().reversed() where isOver(approval) {
      let start = approval.place.line - 1
      let limit =
        position + 1 < entries.count ? entries[position + 1].place.line - 1 : lines.endIndex
      var end = start + 1
      // The further lines of an entry are indented.
      while end < limit, lines[end].first == " ", lines[end].trimmingSpace.first != "#" {
        end += 1
      }
      lines.removeSubrange(start..<end)
    }
    // What is left of a list is a list: there is no reason that could be lost.
    if let smaller = try? ApprovalsFile(Array(text.utf8), path: path) { self = smaller }
  }

  /// One entry as a line of its own.
  static func line(_ approval: Approval) -> String {
    var parts = ["id: \(YAMLText.scalar(approval.id))"]
    if let rule = approval.rule { parts.append("rule: \(rule.rawValue)") }
    for (key, names) in [("names", approval.names), ("removed", approval.removed)] {
      guard let names, !names.isEmpty else { continue }
      let list = names.sorted().map { YAMLText.scalar($0.spelling) }
      parts.append("\(key): [\(list.joined(separator: ", "))]")
    }
    parts.append("reason: \(YAMLText.quoted(approval.reason))")
    if let who = approval.who { parts.append("who: \(YAMLText.quoted(who))") }
    if let until = approval.until { parts.append("until: \(until)") }
    if approval.isBaseline { parts.append("baseline: true") }
    return "- {" + parts.joined(separator: ", ") + "}"
  }
}
