import Solution

/// The inventory for programs: what `connref list --format json` prints.
package struct JSONInventory {
  private let inventory: Inventory
  private let problems: [Report.ReportedProblem]

  package init(_ inventory: Inventory, problems: [Report.ReportedProblem] = []) {
    self.inventory = inventory
    self.problems = problems
  }

  /// The whole document, with a line end.
  package var document: String {
    let value: JSONValue = [
      "schema": .text(JSONReport.schema),
      "command": "list",
      "solutions": .array(inventory.entries.map(solution)),
      "problems": .array(problems.map(JSONReport.problem)),
    ]
    return value.document
  }

  private func solution(_ entry: Inventory.Entry) -> JSONValue {
    [
      "name": .text(entry.instance.uniqueName),
      "folder": .text(entry.instance.folder),
      "form": .text(entry.instance.formName),
      "publisherPrefix": .text(entry.instance.publisherPrefix),
      "declarations": .text(entry.instance.declarationsName),
      "references": .array(entry.references.map(reference)),
      "externals": .array(entry.externals.map(external)),
      "unresolved": .array(entry.unresolved.map(unresolved)),
    ]
  }

  private func reference(_ usage: Inventory.Usage) -> JSONValue {
    [
      "logicalName": .text(usage.reference.name.spelling),
      "displayName": .text(usage.reference.displayName),
      "connector": .text(usage.reference.connector?.name),
      "stub": .boolean(usage.reference.isStub),
      "path": .text(usage.reference.place.path),
      "line": .number(usage.reference.place.line),
      "consumers": .array(usage.consumers.map(consumer)),
      "rows": .array(usage.rows.map(row)),
    ]
  }

  private func external(_ usage: Inventory.ExternalUsage) -> JSONValue {
    let solution: JSONValue =
      switch usage.external.origin {
      case .active: .null
      case .solution(let name): .text(name)
      }
    return [
      "logicalName": .text(usage.external.name.spelling),
      "from": solution,
      "path": .text(usage.external.place.path),
      "line": .number(usage.external.place.line),
      "consumers": .array(usage.consumers.map(consumer)),
      "rows": .array(usage.rows.map(row)),
    ]
  }

  private func consumer(_ use: Inventory.Use) -> JSONValue { .object(members(of: use)) }

  private func unresolved(_ use: Inventory.Use) -> JSONValue {
    .object(
      members(of: use) + [
        ("reference", .text(use.link.reference?.spelling)),
        ("embedded", .boolean(use.link.embeddedConnection != nil)),
      ])
  }

  private func members(of use: Inventory.Use) -> [(name: String, value: JSONValue)] {
    [
      ("kind", .text(use.consumer.kind.rawValue)),
      ("id", .text(use.consumer.id)),
      ("name", .text(use.consumer.name)),
      ("solution", .text(use.solution)),
      ("path", .text(use.consumer.path)),
      ("line", .number(use.link.line)),
      ("alias", .text(use.link.alias)),
      ("calledBy", .array(use.callers.map(caller))),
    ]
  }

  private func caller(_ caller: Inventory.Caller) -> JSONValue {
    [
      "kind": .text(caller.app.kind.rawValue),
      "id": .text(caller.app.id),
      "name": .text(caller.app.name),
      "solution": .text(caller.solution),
      "path": .text(caller.app.path),
    ]
  }

  private func row(_ row: Inventory.Row) -> JSONValue {
    [
      "path": .text(row.path),
      "line": .number(row.row.line),
      "bound": .boolean(row.isBound),
    ]
  }
}
