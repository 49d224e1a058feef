import Detection

/// A bulletin as Markdown: a comment of a pull request, or the summary of a run.
package struct BulletinMarkdown {
  /// GitHub takes 65,536 characters for a comment, GitLab and Azure DevOps more. Bytes are counted
  /// here, which no count of characters exceeds.
  package static let comment = 65_000
  /// For the sentence that tells that something was left out.
  private static let reserve = 200

  private let bulletin: Bulletin
  private let limit: Int

  /// - Parameter limit: How many bytes it may take.
  package init(_ bulletin: Bulletin, limit: Int = comment) {
    self.bulletin = bulletin
    self.limit = limit
  }

  /// The whole document, with a line end. It begins with a mark that is not shown, by which the
  /// comment of an earlier run is found and replaced. What does not fit is left out, and that is told.
  package var text: String {
    var page = MarkdownPage(limit: limit - Self.reserve)
    page.write(MarkdownSection(head))
    page.write(problems("Could not tell", matters: true))
    // A few findings with their details say more than a table of all.
    page.write(table, upTo: limit / 2)
    page.write(details)
    page.write(problems("Could not be read", matters: false))
    page.write(accepted)
    guard page.isCut else { return page.text }
    let rest: MarkdownText =
      "**Not all of it fits in here.** \(.code("connref \(bulletin.command)")) tells the rest."
    return page.text + rest.description + "\n"
  }

  /// The mark of a check is the bare one; the others keep out of its way.
  private var mark: MarkdownText {
    bulletin.command == "check"
      ? "<!-- connref -->" : "<!-- connref \(bulletin.command) -->"
  }

  private var head: [MarkdownText] {
    [
      mark, "## connref \(bulletin.command): \(bulletin.outcome)", "",
      "Looked at \(bulletin.subject): \(bulletin.scopeLine.shortened(to: 400))", "",
    ]
  }

  private var table: MarkdownSection {
    MarkdownSection(
      ["| Severity | Rule | Solution | What | Where |", "| --- | --- | --- | --- | --- |"],
      bulletin.items.map { [Self.row($0)] }, [""])
  }

  private static func row(_ item: Bulletin.Item) -> MarkdownText {
    let finding = item.finding
    let place: MarkdownText = item.place.map { .code("\($0.shortWords)") } ?? ""
    let severity: MarkdownText =
      finding.severity == .error ? "**error**" : "\(finding.severity.rawValue)"
    return """
      | \(severity) | \(.code("\(finding.rule.rawValue)")) | \
      \(finding.solution.shortened(to: 60)) | \(item.summary) | \(place) |
      """
  }

  private var details: MarkdownSection {
    MarkdownSection([], bulletin.items.map(Self.details))
  }

  private static func details(_ item: Bulletin.Item) -> [MarkdownText] {
    let finding = item.finding
    let id = Fact("id", ["\(name: finding.id)"])
    return [
      """
      **\(finding.severity.rawValue)** \(.code("\(finding.rule.rawValue)")) in \
      \(finding.solution.shortened(to: 60)): \(item.summary)
      """, "",
    ]
      + lines(of: finding.names(item.before, item.after) + item.origin)
      // Markdown begins anew after an empty line; before it stands HTML of ours alone.
      + ["", "<details><summary>Why, and the way out</summary>", ""]
      + lines(of: finding.circumstances + finding.consequences + [id])
      + ["", "</details>", ""]
  }

  private static func lines(of facts: [Fact]) -> [MarkdownText] {
    facts.flatMap { fact -> [MarkdownText] in
      guard let line = fact.lines.first, fact.lines.count == 1 else {
        return ["- **\(fact.label)**"] + fact.lines.map { "  - \($0.markdown)" }
      }
      return ["- **\(fact.label)** \(line.markdown)"]
    }
  }

  private func problems(_ heading: MarkdownText, matters: Bool) -> MarkdownSection {
    let troubles = bulletin.troubles.filter { $0.matters == matters }
    return MarkdownSection(
      ["### \(heading)", ""], troubles.map { ["- \($0.words)"] }, [""])
  }

  private var accepted: MarkdownSection {
    MarkdownSection(
      ["<details><summary>\(bulletin.accepted.count) accepted</summary>", ""],
      bulletin.accepted.map { accepted in
        let finding = accepted.finding
        return [
          """
          - \(.code("\(finding.rule.rawValue)")) \(.code("\(finding.id)")) \
          \(finding.prose(finding.summary)): \(accepted.words)
          """
        ]
      }, ["", "</details>", ""])
  }
}
