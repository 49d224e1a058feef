import Solution

/// The data of a listing for programs.
struct ListingData: ReportData {
  let listing: Listing
  let problems: [Report.Problem]

  var members: [JSONValue.Member] {
    [
      ("solutions", .array(listing.entries.map(solution))),
      ("problems", .array(problems.map(\.value))),
    ]
  }

  private func solution(_ entry: Listing.Entry) -> JSONValue {
    [
      "name": .text(entry.instance.uniqueName),
      "folder": .text(entry.instance.folder),
      "form": .text(entry.instance.form.rawValue),
      "publisherPrefix": .text(entry.instance.publisherPrefix),
      "declarations": .text(entry.instance.declarations.rawValue),
      "references": .array(entry.references.map(reference)),
      "externals": .array(entry.externals.map(external)),
      "unresolved": .array(entry.unresolved.map(unresolved)),
    ]
  }

  private func reference(_ usage: Listing.Usage) -> JSONValue {
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

  private func external(_ usage: Listing.ExternalUsage) -> JSONValue {
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

  private func consumer(_ use: Listing.Use) -> JSONValue { .object(members(of: use)) }

  private func unresolved(_ use: Listing.Use) -> JSONValue {
    .object(
      members(of: use) + [
        ("reference", .text(use.link.reference?.spelling)),
        ("embedded", .boolean(use.link.embeddedConnection != nil)),
      ])
  }

  private func members(of use: Listing.Use) -> [(name: String, value: JSONValue)] {
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

  private func caller(_ caller: Listing.Caller) -> JSONValue {
    [
      "kind": .text(caller.app.kind.rawValue),
      "id": .text(caller.app.id),
      "name": .text(caller.app.name),
      "solution": .text(caller.solution),
      "path": .text(caller.app.path),
    ]
  }

  private func row(_ row: Listing.Row) -> JSONValue {
    [
      "path": .text(row.path),
      "line": .number(row.row.line),
      "bound": .boolean(row.isBound),
    ]
  }

  /// A row for each reference and consumer that uses it, and one for a reference that is not used.
  var table: Table? {
    Table(
      titles: [
        "solution", "folder", "form", "logical name", "display name", "connector", "declared",
        "consumer kind", "consumer", "consumer id", "consumer path", "line", "bound in",
        "without connection id in",
      ], rows: listing.entries.flatMap(Self.rows))
  }

  private static func rows(of entry: Listing.Entry) -> [[PrintableText]] {
    let declared = entry.references.flatMap { usage -> [[PrintableText]] in
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
    _ entry: Listing.Entry, _ name: String, _ displayName: String?, _ connector: Connector?,
    _ declared: PrintableText, _ uses: [Listing.Use], _ bindings: [Listing.Row]
  ) -> [[PrintableText]] {
    func files(_ isBound: Bool) -> PrintableText {
      PrintableText(
        joining: bindings.filter { $0.isBound == isBound }.paths.map { "\($0)" }, separator: "; ")
    }
    let head: [PrintableText] = [
      "\(entry.instance.uniqueName)", "\(entry.instance.folder)", "\(entry.instance.form.rawValue)",
      "\(name)", "\(displayName ?? "")", "\(connector?.name ?? "")", declared,
    ]
    let tail = [files(true), files(false)]
    guard !uses.isEmpty else { return [head + ["", "", "", "", ""] + tail] }
    return uses.map { use in
      head + [
        "\(use.consumer.kind.rawValue)", "\(use.consumer.name)", "\(use.consumer.id)",
        "\(use.consumer.path)", "\(use.link.line)",
      ] + tail
    }
  }
}
