extension RunRecord {
  /// The saved content of an environment that an audit looked at beside a revision.
  package struct Inventory: Hashable, Sendable {
    /// The last part of the path of its folder or file; nil where the environment was asked in this run.
    let name: String?
    /// The environment; nil where no answer names it.
    let host: String?
    /// When the environment was asked, as the inventory says: ISO 8601. Nil where it does not.
    let fetched: String?
    let references: Int
    let flows: Int

    package init(name: String?, host: String?, fetched: String?, references: Int, flows: Int) {
      self.name = name
      self.host = host
      self.fetched = fetched
      self.references = references
      self.flows = flows
    }

    /// `prod of contoso.crm4.dynamics.com (2 references, 3 flows, fetched 2026-05-20T16:12:03Z)`.
    var words: PrintableText {
      let environment: PrintableText? =
        host.map { "\($0.shortened(to: 120))" } ?? (name == nil ? "an unnamed environment" : nil)
      let saved: PrintableText? = name.map { "\($0.shortened(to: 60))" }
      let place = [saved, environment].compactMap { $0 }
      let time: PrintableText? =
        fetched.map { "fetched \($0.shortened(to: 40))" }
        ?? (name == nil ? nil : "time of the fetch unknown")
      let content = [counted(references, "reference"), counted(flows, "flow"), time].compactMap {
        $0
      }
      return """
        \(PrintableText(joining: place, separator: " of ")) \
        (\(PrintableText(joining: content, separator: ", ")))
        """
    }

    var value: JSONValue {
      [
        "name": .text(name),
        "environment": .text(host),
        "fetched": .text(fetched),
        "references": .number(references),
        "flows": .number(flows),
      ]
    }
  }
}
