package import Detection
import Solution

/// The inventory for wikis and pull requests: a table a solution, and the picture.
package struct InventoryMarkdown {
  private let inventory: Inventory
  private let groups: [IdentityGroup]

  package init(_ inventory: Inventory, groups: [IdentityGroup] = []) {
    self.inventory = inventory
    self.groups = groups
  }

  /// The whole document, with a line end.
  package var text: String {
    var lines: [MarkdownText] = ["# Connection references", ""]
    if inventory.entries.isEmpty { lines += ["No solution found.", ""] }
    for entry in inventory.entries { lines += Self.section(entry) }
    let document = lines.dropLast().map { $0.description + "\n" }.joined()
    guard !inventory.entries.isEmpty else { return document }
    let picture = InventoryMermaid(inventory, groups: groups).text
    return document + "\n## Who names what\n\n```mermaid\n\(picture)```\n"
  }

  private static func section(_ entry: Inventory.Entry) -> [MarkdownText] {
    let instance = entry.instance
    let folder: MarkdownText = instance.folder.isEmpty ? "the root" : .code("\(instance.folder)")
    var lines: [MarkdownText] = [
      "## \(instance.uniqueName.shortened())", "",
      "In \(folder), \(instance.formName).", "",
    ]
    if !(entry.references.isEmpty && entry.externals.isEmpty) {
      lines += [
        "| Logical name | Display name | Connector | Named by | Bound in |",
        "| --- | --- | --- | --- | --- |",
      ]
      for usage in entry.references {
        let reference = usage.reference
        lines.append(
          row(
            reference.name, "\(reference.displayName?.shortened() ?? "")",
            reference.isStub
              ? "defined by another solution" : .code("\(reference.connector?.name ?? "")"),
            usage.consumers, usage.rows))
      }
      for usage in entry.externals {
        lines.append(row(usage.external.name, "", "external", usage.consumers, usage.rows))
      }
      lines.append("")
    }
    let open = entry.unresolved.map { use -> MarkdownText in
      let name: MarkdownText =
        use.link.reference.map { "\(MarkdownText.code("\($0.spelling)")), which nothing declares" }
        ?? "no reference"
      return
        "- \(use.consumer.kind.word) '\(use.consumer.name.shortened())' names \(name) (\(use.consumer.path):\(use.link.line))"
    }
    if !open.isEmpty { lines += ["Unresolved:", ""] + open + [""] }
    return lines
  }

  private static func row(
    _ name: LogicalName, _ title: MarkdownText, _ connector: MarkdownText,
    _ uses: [Inventory.Use], _ rows: [Inventory.Row]
  ) -> MarkdownText {
    let users = Dictionary(
      uses.map { ("\($0.solution)\n\($0.consumer.id)", $0) },
      uniquingKeysWith: { first, _ in first })
    let names = users.values.map { "\($0.consumer.name.shortened(to: 40))" }.sorted()
    let named = listed(names.map { PrintableText(escaping: $0) })
    let bound = rows.filter(\.isBound).paths.map { PrintableText(escaping: $0) }
    return
      "| \(.code("\(name.spelling)")) | \(title) | \(connector) | \(names.isEmpty ? "nobody" : named) | \(listed(bound)) |"
  }
}
