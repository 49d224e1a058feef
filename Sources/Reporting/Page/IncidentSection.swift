import Detection

/// All incidents by year, and what to filter them by.
struct IncidentSection {
  private let incidents: [PageIncident]

  init(_ incidents: [PageIncident]) {
    self.incidents = incidents
  }

  var element: HTMLText {
    """
    <section id="incidents" aria-labelledby="h-incidents">
    <h2 id="h-incidents">Incidents</h2>
    \(filters)
    \(HTMLText(joining: years))
    </section>
    """
  }

  /// In the order in which they come.
  private var years: [HTMLText] {
    var parts: [(year: String, articles: [HTMLText])] = []
    for incident in incidents {
      let year = String(incident.incident.moment.day.prefix(4))
      if parts.last?.year != year { parts.append((year, [])) }
      parts[parts.count - 1].articles.append(IncidentArticle(incident).element)
    }
    return parts.map { part in
      """
      <section class="year"><h3>\(part.year)</h3>
      \(HTMLText(joining: part.articles))
      </section>
      """
    }
  }

  /// Hidden until the script that they need has run.
  private var filters: HTMLText {
    let solutions = incidents.map { $0.solution.shortened() }
    let rules = incidents.map(\.finding.rule.rawValue)
    let authors = incidents.map { $0.incident.moment.author.shortened(to: 40) }
    let states = IncidentState.allCases.filter { state in
      incidents.contains { $0.state == state }
    }
    let choices = [
      choice("solution", "Solution", solutions), choice("rule", "Rule", rules),
      choice("author", "Author", authors),
      select(
        "state", "State",
        states.map { "<option value=\"\($0.rawValue)\">\($0.words)</option>" }),
    ]
    return """
      <form id="filters" role="search" aria-label="Filter the incidents" hidden>
      \(HTMLText(joining: choices.filter { $0 != "" }))
      <button type="reset">Show all</button>
      <output aria-live="polite">\(counted(incidents.count, "incident"))</output>
      </form>
      """
  }

  private func choice(_ name: HTMLText, _ label: HTMLText, _ values: [String]) -> HTMLText {
    select(name, label, Set(values).sorted().map { "<option value=\"\($0)\">\($0)</option>" })
  }

  /// Nothing where there is nothing to choose from.
  private func select(_ name: HTMLText, _ label: HTMLText, _ options: [HTMLText]) -> HTMLText {
    guard options.count > 1 else { return "" }
    return """
      <label>\(label) <select name="\(name)"><option value="">all</option>\
      \(HTMLText(joining: options, separator: ""))</select></label>
      """
  }
}
