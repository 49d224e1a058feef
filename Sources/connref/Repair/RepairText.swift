import Detection
import Editing
import Platform
import Reporting
import Review
import Solution

/// The text that a repair prints beside the patch: its changes, and what the maker's environment
/// still needs.
struct RepairText {
  let outcome: RepairReview.Outcome
  /// All findings of a check were to be repaired, and not one that the user named.
  let isOfAll: Bool
  private var repairs: [Repair] { outcome.steps.map(\.repair) }

  /// - Parameter isApplied: the files are changed already.
  func lines(isApplied: Bool) -> [String] {
    var lines = isOfAll ? stepLines(isApplied) : changeLines(isApplied)
    if !outcome.fixedToo.isEmpty {
      let ids = outcome.fixedToo.map { "\($0.id) (\($0.rule.rawValue))" }
      lines.append(line("fixed with it: \(ids.joined(separator: ", "))"))
    }
    let repaired = Set(outcome.steps.map(\.finding.id))
    let refused = Set(outcome.refusals.map(\.finding.id))
    for finding in outcome.remaining
    where !repaired.contains(finding.id) && !refused.contains(finding.id)
      && !outcome.accepted.contains(finding.id)
    {
      lines.append(line("the check still reports: \(Self.kind(of: finding)), \(finding.id)"))
      if isOfAll, let fix = finding.fix.first { lines.append("  fix: \(line(fix.line))") }
    }
    for refusal in outcome.refusals {
      lines.append(
        line("not repaired: \(Self.kind(of: refusal.finding)), \(refusal.finding.id)"))
      lines.append("  \(line(refusal.reason.message))")
      if let hint = refusal.reason.hint { lines.append("  fix: \(line(hint))") }
    }
    for finding in outcome.remaining where repaired.contains(finding.id) {
      let name = isOfAll ? "finding \(finding.id)" : "the finding"
      let builds = finding.archives
      guard builds.isEmpty else {
        lines.append(
          line(
            "\(name) stays until the solution is built again from the repaired files: "
              + builds.sorted().joined(separator: ", ")))
        continue
      }
      guard !outcome.accepted.contains(finding.id) else {
        lines.append("\(name) stays, since the old name is removed; it is accepted")
        continue
      }
      lines.append("\(name) stays, since the old name is removed; if that is intended:")
      lines.append("  connref accept \(finding.id) --reason \"…\"")
    }
    return lines + environment
      + (repairs.contains(where: \.touchesSolutions) ? [unsupported] : [])
  }

  private func changeLines(_ isApplied: Bool) -> [String] {
    [isApplied ? "changed:" : "the patch changes:"]
      + repairs.flatMap { repair in
        repair.places.map { "  \(line("\($0.path): \($0.what)"))" }
          + repair.notes.map { line($0) }
      }
  }

  /// What was done for each finding.
  private func stepLines(_ isApplied: Bool) -> [String] {
    guard !outcome.steps.isEmpty else { return [] }
    let count = outcome.steps.count
    let findings = "\(count) \(count == 1 ? "finding" : "findings")"
    return [isApplied ? "repaired \(findings):" : "the patch repairs \(findings):"]
      + outcome.steps.flatMap { step in
        ["  \(line("\(step.finding.id) (\(step.finding.rule.rawValue)): \(step.finding.summary)"))"]
          + step.repair.places.map { "    \(line("\($0.path): \($0.what)"))" }
          + step.repair.notes.map { "    \(line($0))" }
      }
  }

  /// `error[link-lost] solutions/Sales/Workflows/Order.json:12`.
  private static func kind(of finding: Finding) -> String {
    let place = finding.place.map { " \($0.path):\($0.line)" } ?? ""
    return "\(finding.severity.rawValue)[\(finding.rule.rawValue)]\(place)"
  }

  /// Why `git apply` would fail; nil where it would not.
  ///
  /// - Parameter wasAsked: the user asked for the files on the disk.
  func warning(from folder: String, workTree: String?, wasAsked: Bool) -> String? {
    if outcome.target == .worktree, !wasAsked {
      return "this is not staged: the patch is for git apply without --index"
    }
    if let first = outcome.unstaged.first {
      return outcome.target == .staged
        ? "'\(first)' differs from what is staged: use git apply --cached, and --worktree for the disk"
        : "'\(first)' differs from the last commit: commit or stash it before git apply"
    }
    // git skips files outside the folder it is run in, and says nothing.
    func resolved(_ path: String) -> URL { URL(filePath: path).resolvingSymlinksInPath() }
    guard let workTree, resolved(folder) != resolved(workTree) else { return nil }
    return "run git apply at the top of the worktree: git -C '\(workTree)' apply"
      + (outcome.target == .worktree ? "" : " --index")
  }

  /// The next export brings back the state of the maker's environment.
  private var environment: [String] {
    let restored = outcome.steps.filter { $0.repair.direction == .back }.flatMap { step in
      step.repair.restored.filter { !$0.isStub }.map {
        (solution: step.finding.solution, reference: $0)
      }
    }
    let ofClones =
      restored.contains(where: \.reference.isOfClone)
      ? [
        "then apply the changes to the agent in its environment, or its next clone brings them back"
      ]
      : []
    return ofClones + exports(of: restored.filter { !$0.reference.isOfClone })
  }

  private func exports(of restored: [(solution: String, reference: Reference)]) -> [String] {
    guard !restored.isEmpty else { return [] }
    let missing = restored.map(\.reference)
    let names = missing.map(\.name.spelling).joined(separator: ", ")
    let consumers =
      missing.allSatisfy(\.name.isAgentMade)
      ? "connect the agent's tools"
      : "point the \(ConsumerWords(outcome.steps.flatMap(\.finding.consumers)).plural)"
    var steps = [
      "  1. find the connection's id in the maker's environment: pac auth select, then pac connection list",
      "  2. create what is missing there:",
    ]
    for (solution, reference) in restored {
      steps.append("     \(line(creation(of: reference, in: solution)))")
    }
    steps.append(line("  3. \(consumers) to \(names) there, save, publish"))
    let dismissed = repairs.filter { $0.direction == .back }.flatMap(\.dismissed).map(\.spelling)
    if !dismissed.isEmpty {
      steps.append(line("  4. delete \(dismissed.joined(separator: ", ")) there"))
    }
    let solutions = Set(restored.map(\.solution)).sorted().map { "pac solution clone --name \($0)" }
    steps.append(
      line(
        "  \(dismissed.isEmpty ? 4 : 5). export again (pac solution sync, or "
          + "\(solutions.joined(separator: "; "))): git should show no difference"))
    return ["then make the maker's environment agree, or its next export brings the change back:"]
      + steps
  }

  private let unsupported =
    "the maker platform supports changes in the environment, not edits of exported files: import the "
    + "result into a test environment first"

  /// A request for a shell that has signed in with `az login`.
  private func creation(of reference: Reference, in solution: String) -> String {
    let connector = reference.connector?.name ?? "<connector>"
    let members = [
      ("connectionreferencelogicalname", reference.name.spelling),
      ("connectionreferencedisplayname", reference.displayName ?? reference.name.spelling),
      ("connectorid", "/providers/Microsoft.PowerApps/apis/\(connector)"),
      ("connectionid", "<connection id>"),
    ]
    let body =
      "{" + members.map { "\"\($0)\": \"\(Self.escaped($1))\"" }.joined(separator: ", ") + "}"
    return "az rest --method POST --resource https://ORG.crm.dynamics.com --url "
      + "https://ORG.crm.dynamics.com/api/data/v9.2/connectionreferences --headers "
      + "Content-Type=application/json MSCRM.SolutionUniqueName=\(solution.shellWord) "
      + "--body \(body.shellWord)"
  }

  /// Control characters are shown as escapes when the line is printed.
  private static func escaped(_ text: String) -> String {
    text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
  }

  /// Nothing that a repository says can start a line of its own.
  private func line(_ text: String) -> String { PrintableText(escaping: text).description }
}

extension Reference {
  /// True for an entry of a cloned agent, which is no part of a solution that could be imported.
  fileprivate var isOfClone: Bool {
    place.path.hasSuffix(".mcs.yml") || place.path.hasSuffix(".sync.yaml")
  }
}
