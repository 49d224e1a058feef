import Detection

/// An entry as a part of a page: what happened and how it ended at once, the rest to unfold.
struct EntryArticle {
  /// The criteria that entries can be filtered by.
  enum Tag: String, CaseIterable {
    case severity, solution, rule, connector, author, state
  }

  private let entry: Entry
  private let anchor: HTMLText
  private let links: PageLinks
  /// Of the heading: below the year in a history, else below the section.
  private let level: Int

  init(_ entry: Entry, _ anchors: HTMLText = "", _ links: PageLinks = .none) {
    self.entry = entry
    anchor = "\(anchors)\(entry.anchor)"
    self.links = links.of(entry)
    level = entry.moment == nil ? 3 : 4
  }

  static func tags(of entry: Entry) -> [Tag: PrintableText] {
    var tags: [Tag: PrintableText] = [:]
    if let finding = entry.finding {
      tags[.severity] = "\(finding.severity.rawValue)"
      tags[.rule] = "\(finding.rule.rawValue)"
    }
    if let solution = entry.finding?.solution ?? entry.solution {
      tags[.solution] = "\(solution.shortened())"
    }
    if entry.finding == nil, let connector = entry.facts.first(where: { $0.label == .connector }) {
      tags[.connector] = connector.lines.first?.words.text
    }
    if let moment = entry.moment { tags[.author] = "\(moment.author.shortened(to: 40))" }
    if let state = entry.state { tags[.state] = state.words }
    return tags
  }

  /// One article for entries that say the same; the entry's own for one alone.
  static func element(
    _ group: EntryGroup, _ anchors: HTMLText, _ links: PageLinks = .none
  ) -> HTMLText {
    guard let title = group.title, let first = group.entries.first else {
      return HTMLText(joining: group.entries.map { EntryArticle($0, anchors, links).element })
    }
    let items = group.entries.map { entry -> HTMLText in
      let place: HTMLText =
        entry.place.map { " <span class=\"place\">\(links.place($0))</span>" } ?? ""
      return """
        <li class="entry" id="\(anchors)\(entry.anchor)">\(entry.name) \
        <a class="permalink" href="#\(anchors)\(entry.anchor)">\(entry.finding?.id ?? "")</a>\
        \(place)</li>
        """
    }
    return """
      <article class="\(first.severity?.rawValue ?? "")"\(attributes(of: first))>
      \(EntryArticle(first).over(place: group.path.map { .code($0) }))
      <h3>\(.breakable(title))</h3>
      <ul class="group">
      \(HTMLText(joining: items))
      </ul>
      \(facts(group.facts, links))
      </article>
      """
  }

  var element: HTMLText {
    let severity = entry.severity
    let isOpen = entry.isOpen && (severity == .error || entry.moment != nil)
    let details = entry.facts.of(.circumstance, .consequence).filter { $0.label != .id }
    return """
      <article id="\(anchor)" class="entry \(severity?.rawValue ?? "")" aria-labelledby="t-\(anchor)"\
      \(Self.attributes(of: entry))>
      \(over(place: entry.moment == nil ? entry.place.map { links.place($0) } : nil))
      <h\(level) id="t-\(anchor)">\(entry.title.html)</h\(level)>
      \(change)
      \(outcome)
      <details\(isOpen ? " open" : "")><summary>Why, and the fix</summary>
      \(Self.facts(details, links))</details>
      </article>
      """
  }

  /// An entry that is no finding.
  var plainElement: HTMLText {
    """
    <article id="\(anchor)" class="entry" aria-labelledby="t-\(anchor)">
    <h3 id="t-\(anchor)">\(entry.title.html)</h3>
    \(Self.facts(entry.facts, links))
    </article>
    """
  }

  static func attributes(of entry: Entry) -> HTMLText {
    attributes(tags(of: entry))
  }

  static func attributes(_ tags: [Tag: PrintableText]) -> HTMLText {
    HTMLText(
      joining: Tag.allCases.compactMap { tag in
        tags[tag].map { " data-\(tag.rawValue)=\"\($0)\"" }
      }, separator: "")
  }

  /// The line above the title.
  private func over(place: HTMLText?) -> HTMLText {
    guard let finding = entry.finding else { return "" }
    let mark = SeverityMark.picture(finding.severity, entry.state ?? .broken)
    let time: HTMLText =
      entry.moment.map { "<time datetime=\"\($0.timestamp)\">\($0.day)</time>\n" } ?? ""
    let shown: HTMLText = place.map { "<span>\($0)</span>\n" } ?? ""
    return """
      <p class="over">\(time)<span class="kind">\(mark) \(finding.severity.rawValue) \
      <span class="rule">\(finding.rule.rawValue)</span></span>
      <span class="solution">\(finding.solution.shortened(to: 60))</span>
      \(shown)<a class="permalink" href="#\(anchor)" title="Link to this entry">\
      \(finding.id)</a></p>
      """
  }

  private var change: HTMLText {
    let rows = entry.facts.of(.change).map { fact -> HTMLText in
      let lines = HTMLText(
        joining: fact.lines.map { links.line($0, of: fact.label) }, separator: "<br>")
      return
        "<div class=\"\(fact.label.rawValue)\"><dt>\(fact.label.text)</dt><dd>\(lines)</dd></div>"
    }
    return rows.isEmpty ? "" : "<dl class=\"names\">\(HTMLText(joining: rows))</dl>"
  }

  private var outcome: HTMLText {
    HTMLText(
      joining: entry.facts.of(.outcome).flatMap { fact -> [HTMLText] in
        let style: HTMLText =
          switch fact.label {
          case .stillBroken: "broken"
          case .fixed: "fixed"
          default: ""
          }
        let label =
          fact.label == .state
          ? "" : "<strong>\(fact.label.rawValue.capitalizedFirst)</strong> " as HTMLText
        return fact.lines.map {
          "<p class=\"fate \(style)\">\(label)\(links.line($0, of: fact.label))</p>"
        }
      })
  }

  /// Facts as a list of labels; nothing for none.
  static func facts(_ facts: [Fact], _ links: PageLinks = .none) -> HTMLText {
    guard !facts.isEmpty else { return "" }
    let rows = facts.map { fact -> HTMLText in
      let items = fact.lines.map { links.line($0, of: fact.label) }
      let list = HTMLText(joining: items.map { "<li>\($0)</li>" }, separator: "")
      return """
        <div><dt>\(fact.label.rawValue.capitalizedFirst)</dt>\
        <dd>\(items.count == 1 ? items[0] : "<ul>\(list)</ul>")</dd></div>
        """
    }
    return "<dl class=\"facts\">\n\(HTMLText(joining: rows))\n</dl>\n"
  }
}
