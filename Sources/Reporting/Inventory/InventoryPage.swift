import Solution

/// The inventory as one page to send on; it needs no network and no script.
package struct InventoryPage {
  private let inventory: Inventory
  private let title: String

  /// - Parameter title: What is listed, a repository's name; shown above the heading.
  package init(_ inventory: Inventory, title: String = "") {
    self.inventory = inventory
    self.title = title
  }

  /// The whole document, with a line end.
  package var document: String {
    let name: PrintableText = title.isEmpty ? "" : "\(title.shortened(to: 80)): "
    let over: HTMLText =
      title.isEmpty ? "" : "<p class=\"repository\">\(title.shortened(to: 80))</p>\n"
    let sections = inventory.entries.map(Self.section)
    return PageFrame.document(
      title: "\(name)connection references",
      """
      <header>
      \(over)<h1>Connection references</h1>
      <p class="scope">\(scope)</p>
      </header>
      <main>
      \(sections.isEmpty ? "<p class=\"empty\">no solution found</p>" : HTMLText(joining: sections))
      </main>
      <footer><p>Made by connref.</p></footer>
      """)
  }

  private var scope: HTMLText {
    let references = inventory.entries.reduce(0) { $0 + $1.references.count }
    return """
      \(counted(inventory.entries.count, "solution")), \(counted(references, "reference")), \
      \(counted(inventory.settings.count, "settings file"))
      """
  }

  private static func section(_ entry: Inventory.Entry) -> HTMLText {
    let instance = entry.instance
    let folder: HTMLText = instance.folder.isEmpty ? "the root" : .code(instance.folder)
    let declared = entry.references.map { usage -> HTMLText in
      let reference = usage.reference
      return row(
        reference.name, "\(reference.displayName?.shortened(to: 80) ?? "")",
        reference.isStub
          ? "defined by another solution" : .code(reference.connector?.name ?? "none named"),
        usage.consumers, usage.rows)
    }
    let externals = entry.externals.map {
      row($0.external.name, "", "comes from elsewhere", $0.consumers, $0.rows)
    }
    let table: HTMLText =
      declared.isEmpty && externals.isEmpty
      ? "<p>declares no reference</p>"
      : """
      <table>
      <thead><tr><th scope="col">Reference</th><th scope="col">Connector</th>\
      <th scope="col">Named by</th><th scope="col">Bound in</th></tr></thead>
      <tbody>
      \(HTMLText(joining: declared + externals))
      </tbody>
      </table>
      """
    let open = entry.unresolved.map { use -> HTMLText in
      let name: HTMLText =
        use.link.reference.map { "\(HTMLText.code($0.spelling)), which nothing declares" }
        ?? "no reference"
      return """
        <li>\(use.consumer.kind.word) '\(use.consumer.name.shortened(to: 80))' names \(name) \
        (\(HTMLText.code("\(use.consumer.path):\(use.link.line)")))</li>
        """
    }
    let unresolved: HTMLText =
      open.isEmpty ? "" : "\n<h3>Unresolved</h3>\n<ul>\n\(HTMLText(joining: open))\n</ul>"
    return """
      <section>
      <h2>\(instance.uniqueName.shortened(to: 80))</h2>
      <p>in \(folder), \(instance.formName)</p>
      \(table)\(unresolved)
      </section>
      """
  }

  private static func row(
    _ name: LogicalName, _ title: HTMLText, _ connector: HTMLText, _ uses: [Inventory.Use],
    _ rows: [Inventory.Row]
  ) -> HTMLText {
    let users = Set(uses.map { "\($0.consumer.kind.word) \($0.consumer.name.shortened(to: 60))" })
    let named = listed(users.sorted().map { PrintableText(escaping: $0) })
    let bound = rows.filter(\.isBound).map { HTMLText.code($0.path) }
    let unbound = rows.filter { !$0.isBound }.map {
      "\(HTMLText.code($0.path)) (no connection id)" as HTMLText
    }
    return """
      <tr><td>\(HTMLText.code(name.spelling))<br>\(title)</td><td>\(connector)</td>\
      <td>\(users.isEmpty ? "nobody" : named)</td>\
      <td>\(HTMLText(joining: bound + unbound, separator: "<br>"))</td></tr>
      """
  }
}
