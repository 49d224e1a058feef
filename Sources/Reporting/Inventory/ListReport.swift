import Solution

/// The inventory for people: what `connref list` prints.
package struct ListReport {
  private let inventory: Inventory
  private let isColored: Bool

  package init(_ inventory: Inventory, isColored: Bool = false) {
    self.inventory = inventory
    self.isColored = isColored
  }

  /// All solutions, a blank line between two; a sentence when there are none.
  package var text: String {
    var page = TextPage(isColored: isColored)
    if inventory.entries.isEmpty { page.line("no solution found") }
    for (number, entry) in inventory.entries.enumerated() {
      if number > 0 { page.blankLine() }
      write(entry, to: &page)
    }
    return page.text
  }

  private func write(_ entry: Inventory.Entry, to page: inout TextPage) {
    let instance = entry.instance
    let folder = instance.folder.isEmpty ? "." : instance.folder
    let prefix: PrintableText = instance.publisherPrefix.map { ", prefix \($0)" } ?? ""
    page.line(
      .init("\(instance.uniqueName.shortened())", .bold),
      .init("  \(folder)  (\(instance.formName)\(prefix))"))
    switch instance.declarations {
    case .read: break
    case .absent: page.line(indent: 2, "no file here declares references")
    case .unreadable:
      page.line(indent: 2, .init("the declarations could not be read", .red))
    }
    for usage in entry.references { write(usage, to: &page) }
    for usage in entry.externals {
      write(usage.external.name, title: "", kind: usage.external.origin.words, to: &page)
      page.paragraph(indent: 6, use(usage.consumers, usage.rows))
    }
    for use in entry.unresolved { write(use, to: &page) }
  }

  private func write(_ usage: Inventory.Usage, to page: inout TextPage) {
    let reference = usage.reference
    let title: PrintableText =
      reference.displayName.map { "  '\($0.shortened())'" } ?? ""
    let connector: PrintableText = reference.connector.map { "\($0.name)" } ?? "no connector named"
    write(
      reference.name, title: title,
      kind: reference.isStub ? "stub: defined by another solution" : connector, to: &page)
    page.paragraph(indent: 6, use(usage.consumers, usage.rows))
  }

  /// The name with the title beside it, or below where the line would be too long.
  private func write(
    _ name: LogicalName, title: PrintableText, kind: PrintableText, to page: inout TextPage
  ) {
    let line: PrintableText = "\(name.spelling)\(title)"
    if line.description.displayWidth + 2 <= TextPage.width {
      page.line(indent: 2, line)
    } else {
      page.line(indent: 2, "\(name.spelling)")
      page.line(indent: 4, title)
    }
    page.line(indent: 6, kind)
  }

  private func use(_ consumers: [Inventory.Use], _ rows: [Inventory.Row]) -> PrintableText {
    let number = Set(consumers.map { [$0.solution, $0.consumer.kind.rawValue, $0.consumer.id] })
      .count
    let unit = Consumer.Kind.unit(consumers.map(\.consumer.kind))
    let users = number == 0 ? "used by nobody" : "used by \(counted(number, "\(unit)"))"
    let apps = Set(consumers.flatMap(\.callers).map { [$0.solution, $0.app.id] }).count
    let callers = apps == 0 ? "" : ", called by \(counted(apps, "app"))"
    return "\(users)\(callers)\(binding(rows))"
  }

  /// Nothing at all where the snapshot holds no settings file.
  private func binding(_ rows: [Inventory.Row]) -> PrintableText {
    guard !inventory.settings.isEmpty else { return "" }
    guard !rows.isEmpty else { return "; in no settings file" }
    let bound = rows.filter(\.isBound)
    let unbound = rows.filter { !$0.isBound }
    return files(bound, after: "; bound in ") + files(unbound, after: "; no connection id in ")
  }

  private func files(_ rows: [Inventory.Row], after words: PrintableText) -> PrintableText {
    guard !rows.isEmpty else { return "" }
    return words + PrintableText(joining: rows.paths.map { "'\($0)'" }, separator: ", ")
  }

  private func write(_ use: Inventory.Use, to page: inout TextPage) {
    let named: PrintableText =
      if let name = use.link.reference {
        "names \(name.spelling), which nothing declares"
      } else if use.link.embeddedConnection != nil {
        "embeds a connection as \(use.link.alias), and names no reference"
      } else {
        "names no reference as \(use.link.alias)"
      }
    page.line(
      indent: 2, .init("unresolved", .red),
      .init("  \(use.consumer.kind.word) '\(use.consumer.name.shortened())'"))
    page.line(indent: 6, named)
    page.line(indent: 6, "\(use.consumer.path):\(use.link.line)")
  }
}

extension ExternalReference.Origin {
  fileprivate var words: PrintableText {
    switch self {
    case .active: "external: alive in the maker's environment, in no solution that ships"
    case .solution(let name): "external: comes with \(name.shortened())"
    }
  }
}
