import Detection

/// A finding as a part of a page.
struct FindingArticle {
  private let item: Bulletin.Item

  init(_ item: Bulletin.Item) {
    self.item = item
  }

  var element: HTMLText {
    let finding = item.finding
    let severity = finding.severity
    let place: HTMLText = item.place.map { "<span>\(.code($0.shortWords))</span>\n" } ?? ""
    return """
      <article id="\(finding.id)" class="\(severity.rawValue)" aria-labelledby="t-\(finding.id)">
      <p class="over"><span class="kind">\(SeverityMark.picture(severity, .broken)) \
      \(severity.rawValue) <span class="rule">\(finding.rule.rawValue)</span></span>
      \(place)<a class="permalink" href="#\(finding.id)" title="Link to this finding">\
      \(finding.id)</a></p>
      <h4 id="t-\(finding.id)">\(item.summary)</h4>
      \(names)
      <details\(severity == .error ? " open" : "")><summary>Why, and the way out</summary>
      <dl class="facts">
      \(HTMLText(joining: (finding.circumstances + finding.consequences).map(Self.row)))
      </dl></details>
      </article>
      """
  }

  private var names: HTMLText {
    let rows = item.finding.names(item.before, item.after).map { fact -> HTMLText in
      let lines = HTMLText(joining: fact.lines.map(\.html), separator: "<br>")
      return "<div class=\"\(fact.label)\"><dt>\(fact.label)</dt><dd>\(lines)</dd></div>"
    }
    return rows.isEmpty ? "" : "<dl class=\"names\">\(HTMLText(joining: rows))</dl>"
  }

  private static func row(_ fact: Fact) -> HTMLText {
    let items = fact.lines.map(\.html)
    let content: HTMLText =
      items.count == 1
      ? items[0]
      : "<ul>\(HTMLText(joining: items.map { "<li>\($0)</li>" }, separator: ""))</ul>"
    let label = fact.label.description
    return """
      <div><dt>\(label.prefix(1).uppercased() + label.dropFirst())</dt><dd>\(content)</dd></div>
      """
  }
}
