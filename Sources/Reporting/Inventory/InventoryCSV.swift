import Detection
import Solution

/// The inventory for spreadsheets: a row for each reference and consumer that names it, and one for a
/// reference that nobody names. Lines end as in `HistoryCSV`.
package struct InventoryCSV {
  private static let titles: [PrintableText] = [
    "solution", "folder", "form", "logical name", "display name", "connector", "declared",
    "consumer kind", "consumer", "consumer id", "consumer path", "line", "bound in",
    "without connection id in",
  ]

  private let inventory: Inventory

  package init(_ inventory: Inventory) {
    self.inventory = inventory
  }

  /// The header and all rows.
  package var text: String {
    ([CSVRow(Self.titles)] + inventory.entries.flatMap(Self.rows)).map(\.text).joined()
  }

  private static func rows(of entry: Inventory.Entry) -> [CSVRow] {
    let declared = entry.references.flatMap { usage -> [CSVRow] in
      let reference = usage.reference
      return rows(
        entry, reference.name.spelling, reference.displayName, reference.connector,
        reference.isStub ? "stub" : "yes", usage.consumers, usage.rows)
    }
    let externals = entry.externals.flatMap { usage in
      rows(
        entry, usage.external.name.spelling, nil, nil, "external", usage.consumers, usage.rows)
    }
    let unresolved = entry.unresolved.flatMap { use in
      rows(
        entry, use.link.reference?.spelling ?? "", nil, use.link.connector, "no", [use], [])
    }
    return declared + externals + unresolved
  }

  private static func rows(
    _ entry: Inventory.Entry, _ name: String, _ displayName: String?, _ connector: Connector?,
    _ declared: PrintableText, _ uses: [Inventory.Use], _ bindings: [Inventory.Row]
  ) -> [CSVRow] {
    func files(_ isBound: Bool) -> PrintableText {
      PrintableText(
        joining: bindings.filter { $0.isBound == isBound }.paths.map { "\($0)" }, separator: "; ")
    }
    let head: [PrintableText] = [
      "\(entry.instance.uniqueName)", "\(entry.instance.folder)", "\(entry.instance.formName)",
      "\(name)", "\(displayName ?? "")", "\(connector?.name ?? "")", declared,
    ]
    let tail = [files(true), files(false)]
    guard !uses.isEmpty else { return [CSVRow(head + ["", "", "", "", ""] + tail)] }
    return uses.map { use in
      CSVRow(
        head + [
          "\(use.consumer.kind.rawValue)", "\(use.consumer.name)", "\(use.consumer.id)",
          "\(use.consumer.path)", "\(use.link.line)",
        ] + tail)
    }
  }
}
