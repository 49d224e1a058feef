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
  private var repair: Repair { outcome.repair }

  /// - Parameter isApplied: the files are changed already.
  func lines(isApplied: Bool) -> [String] {
    var lines = [isApplied ? "changed:" : "the patch changes:"]
    for place in repair.places { lines.append("  \(line("\(place.path): \(place.what)"))") }
    lines += repair.notes.map { line($0) }
    if !outcome.fixedToo.isEmpty {
      let ids = outcome.fixedToo.map { "\($0.id) (\($0.rule.rawValue))" }
      lines.append(line("fixed with it: \(ids.joined(separator: ", "))"))
    }
    for finding in outcome.remaining where finding.id != outcome.finding.id {
      let place = finding.place.map { " \($0.path):\($0.line)" } ?? ""
      let kind = "\(finding.severity.rawValue)[\(finding.rule.rawValue)]"
      lines.append(line("the check still reports: \(kind)\(place), \(finding.id)"))
    }
    if outcome.remaining.contains(where: { $0.id == outcome.finding.id }) {
      lines.append("the finding stays, since the old name is removed; if that is intended:")
      lines.append("  connref accept \(outcome.finding.id) --reason \"…\"")
    }
    return lines + environment + (repair.touchesSolutions ? [unsupported] : [])
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
    let missing = repair.restored.filter { !$0.isStub }
    guard repair.direction == .back, !missing.isEmpty else { return [] }
    if missing.contains(where: \.isOfClone) {
      return [
        "then apply the changes to the agent in its environment, or its next clone brings them back"
      ]
    }
    let names = missing.map(\.name.spelling).joined(separator: ", ")
    let consumers =
      missing.allSatisfy(\.name.isAgentMade) ? "connect the agent's tools" : "point the flows"
    var steps = [
      "  1. find the connection's id in the maker's environment: pac auth select, then pac connection list",
      "  2. create what is missing there:",
    ]
    for reference in missing { steps.append("     \(line(creation(of: reference)))") }
    steps.append(line("  3. \(consumers) to \(names) there, save, publish"))
    if !repair.dismissed.isEmpty {
      let dismissed = repair.dismissed.map(\.spelling).joined(separator: ", ")
      steps.append(line("  4. delete \(dismissed) there"))
    }
    let solution = line(outcome.finding.solution)
    steps.append(
      "  \(repair.dismissed.isEmpty ? 4 : 5). export again (pac solution sync, or pac solution clone --name "
        + "\(solution)): git should show no difference")
    return ["then make the maker's environment agree, or its next export brings the change back:"]
      + steps
  }

  private let unsupported =
    "the maker platform supports changes in the environment, not edits of exported files: import the "
    + "result into a test environment first"

  /// A request for a shell that has signed in with `az login`.
  private func creation(of reference: Reference) -> String {
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
      + "Content-Type=application/json MSCRM.SolutionUniqueName=\(Self.quoted(outcome.finding.solution)) "
      + "--body \(Self.quoted(body))"
  }

  /// A word for a shell and for PowerShell alike where it holds no quote.
  private static func quoted(_ text: String) -> String {
    let isPlain = text.unicodeScalars.allSatisfy { scalar in
      scalar.isASCII
        && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || scalar == "_")
    }
    return isPlain && !text.isEmpty ? text : "'\(text.replacing("'", with: "'\\''"))'"
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
