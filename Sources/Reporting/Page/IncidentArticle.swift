import Detection
import Solution

/// An incident as a part of the page: what happened and how it ended at once, the rest to unfold.
struct IncidentArticle {
  private let incident: Incident
  private let anchor: String
  private let state: IncidentState
  private let words: IncidentWords

  init(_ incident: PageIncident) {
    self.incident = incident.incident
    anchor = incident.anchor
    state = incident.state
    words = IncidentWords(incident.incident)
  }

  var element: HTMLText {
    let finding = incident.finding
    let severity = finding.severity
    return """
      <article id="\(anchor)" class="\(severity.rawValue)" aria-labelledby="t-\(anchor)" \
      data-solution="\(finding.solution.shortened())" data-rule="\(finding.rule.rawValue)" \
      data-author="\(incident.moment.author.shortened(to: 40))" data-state="\(state.rawValue)">
      <p class="over"><time datetime="\(incident.moment.timestamp)">\(incident.moment.day)</time>
      <span class="kind">\(SeverityMark.picture(severity, state)) \(severity.rawValue) \
      <span class="rule">\(finding.rule.rawValue)</span></span>
      <span class="solution">\(finding.solution.shortened(to: 60))</span>
      <a class="permalink" href="#\(anchor)" title="Link to this incident">\(finding.id)</a></p>
      <h4 id="t-\(anchor)">\(finding.prose(finding.summary))</h4>
      \(names)
      <p class="commit"><code>\(incident.moment.shortCommit)</code> by \
      \(incident.moment.author.shortened(to: 40)): \
      <q>\(incident.moment.summary.shortened(to: 160))</q></p>
      \(fate)
      \(details)
      </article>
      """
  }

  private var names: HTMLText {
    let rows = [
      Self.names(incident.finding.before, label: "was"),
      Self.names(incident.finding.after, label: "now"),
    ].compactMap { $0 }
    return rows.isEmpty ? "" : "<dl class=\"names\">\(HTMLText(joining: rows))</dl>"
  }

  private static func names(_ declarations: [Declaration], label: HTMLText) -> HTMLText? {
    guard !declarations.isEmpty else { return nil }
    let names = HTMLText(
      joining: declarations.map { .code($0.name.spelling) }, separator: " ")
    return "<div class=\"\(label)\"><dt>\(label)</dt><dd>\(names)</dd></div>"
  }

  private var fate: HTMLText {
    var lines: [HTMLText] = incident.openAt.map { open in
      """
      <p class="fate broken"><strong>Still broken</strong> at \(.code(open.branch)): \
      \(IncidentWords.remains(open.remains))</p>
      """
    }
    if let mending = words.mending {
      lines.append("<p class=\"fate mended\"><strong>Mended</strong> \(mending)</p>")
    }
    if let rest = words.rest {
      lines.append("<p class=\"fate \(state.rawValue)\">\(rest)</p>")
    }
    return HTMLText(joining: lines)
  }

  private var details: HTMLText {
    let finding = incident.finding
    var rows: [HTMLText] = []
    func add(_ label: HTMLText, _ items: [HTMLText]) {
      guard !items.isEmpty else { return }
      let content: HTMLText =
        items.count == 1
        ? items[0]
        : "<ul>\(HTMLText(joining: items.map { "<li>\($0)</li>" }, separator: ""))</ul>"
      rows.append("<div><dt>\(label)</dt><dd>\(content)</dd></div>")
    }
    add("Because", EvidenceText(finding).sentence.map { ["\($0)"] } ?? [])
    add("Earlier", words.earlier.map { "\($0)" })
    add("Moved", consumers(.moved))
    add("Left behind", consumers(.leftBehind))
    add("Broken", consumers(.broken))
    add("Settings", finding.rows.map(Self.row))
    add("Also", words.remarks.map { "\(finding.prose($0))" })
    add("Again in", incident.places.map { "\($0.words)" })
    add(
      "Mended by", incident.mendedIn.map { ["\($0.words): <q>\($0.summary.shortened())</q>"] } ?? []
    )
    add("It breaks", ["\(finding.prose(finding.consequence))"])
    if state == .broken { add("Way out", finding.fixSteps().map { "\($0.line)" }) }
    return """
      <details\(state == .broken ? " open" : "")><summary>Details</summary>
      <dl class="facts">
      \(HTMLText(joining: rows))
      </dl></details>
      """
  }

  private func consumers(_ state: AffectedConsumer.State) -> [HTMLText] {
    incident.finding.consumers.filter { $0.state == state }.map { consumer in
      """
      \(consumer.kind.word) \(consumer.name.shortened()) \
      <span class="place">\(.code("\(consumer.place.path):\(consumer.place.line)"))</span>
      """
    }
  }

  private static func row(_ row: AffectedRow) -> HTMLText {
    "\(.code(row.placeWords)) \(row.claim.html)"
  }
}
