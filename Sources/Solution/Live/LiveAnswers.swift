import Platform

/// The answers that were saved of one environment, joined.
package struct LiveAnswers: Sendable {
  private var files: [(path: String, answer: LiveAnswer)] = []
  /// In the order of the files, each once.
  private(set) package var problems: [Problem] = []

  package init() {}

  /// Reads a file; what cannot be read is a problem.
  ///
  /// - Parameter path: as a report is to name it.
  package mutating func add(_ file: [UInt8], path: String) {
    do throws(Unreadable) {
      files.append((path, try LiveAnswer.read(file)))
    } catch {
      problems.append(Problem(path: path, line: error.line, message: error.message))
    }
  }

  /// Notes a file that cannot be had.
  package mutating func leaveOut(_ path: String, _ reason: String) {
    problems.append(Problem(path: path, message: reason))
  }

  /// Nothing of what was given could be read.
  package var isEmpty: Bool { files.isEmpty }

  /// Every environment that an answer names, in order.
  package var hosts: [String] { Set(files.compactMap(\.answer.host)).sorted() }

  /// The environment as the answers show it, and what they leave open.
  package func environment() -> (LiveEnvironment, [Problem]) {
    var extents: [LiveAnswer.Table: LiveEnvironment.Extent] = [:]
    var problems = problems
    for table in LiveAnswer.Table.allCases {
      let pages = files.filter { $0.answer.table == table }
      extents[table] = pages.isEmpty ? .nothing : .all
      if let reason = gap(in: pages.map(\.answer)), let last = pages.last {
        extents[table] = .part
        problems.append(Problem(path: last.path, message: reason))
      } else if pages.isEmpty {
        problems.append(
          Problem(
            path: table.rawValue, message: "was not saved, so nothing is said of it",
            hidesContent: false))
      }
    }
    let references = rows(of: .references, id: "connectionreferenceid").compactMap(Self.reference)
    // Saved by the query for unbound ones alone, they are not all that there is.
    if !references.isEmpty, references.allSatisfy({ $0.connectionID == nil }) {
      extents[.references] = .part
    }
    let flows = rows(of: .flows, id: "workflowid").compactMap { path, row in
      flow(row, path, problems: &problems)
    }
    return (
      LiveEnvironment(
        host: hosts.first, references: references, flows: flows,
        users: rows(of: .users, id: "systemuserid").compactMap(Self.user), extents: extents),
      problems
    )
  }

  /// Why pages are missing; nil where nothing shows that one is. A page names the next one by an
  /// address, and the next one does not say its own: pages are counted, and their numbers compared.
  private func gap(in pages: [LiveAnswer]) -> String? {
    let links = Set(pages.compactMap(\.nextLink))
    guard !links.isEmpty else { return nil }
    if links.count >= pages.count {
      return "has a next page (@odata.nextLink) that was not saved: what follows is unknown"
    }
    let numbers = Set(links.compactMap(Self.pageNumber))
    guard let largest = numbers.max(), numbers.count == links.count else { return nil }
    let missing = (2...max(2, largest)).first { !numbers.contains($0) }
    return missing.map { "page \($0 - 1) was not saved, though later ones were" }
  }

  /// `…$skiptoken=%3Ccookie%20pagenumber=%222%22%20pagingcookie=…`: 2, in however many escapes.
  private static func pageNumber(ofLink link: String) -> Int? {
    let link = link.lowercased()
    guard let range = link.firstRange(of: "pagenumber") else { return nil }
    var rest = link[range.upperBound...]
    // `=`, `%3d`, `%253d`, then `"`, `%22`, `%2522`: the escapes hold digits themselves.
    while let first = rest.first, !first.isNumber {
      if first == "%" {
        rest = rest.dropFirst()
        while rest.hasPrefix("25") { rest = rest.dropFirst(2) }
        rest = rest.dropFirst(2)
      } else {
        rest = rest.dropFirst()
      }
    }
    return Int(rest.prefix(while: \.isNumber))
  }

  /// Each row once, however many queries brought it.
  private func rows(
    of table: LiveAnswer.Table, id: String
  ) -> [(path: String, row: LiveAnswer.Row)] {
    var seen: Set<String> = []
    return files.filter { $0.answer.table == table }.flatMap { path, answer in
      answer.rows.filter { row in
        row.fields[id].map { seen.insert($0.lowercased()).inserted } ?? true
      }.map { (path, $0) }
    }
  }
}

extension LiveAnswers {
  private static func reference(
    _ path: String, _ row: LiveAnswer.Row
  ) -> LiveEnvironment.Reference? {
    let fields = row.fields
    guard let name = fields["connectionreferencelogicalname"]?.nonEmpty else { return nil }
    return LiveEnvironment.Reference(
      name: LogicalName(name), displayName: fields["connectionreferencedisplayname"]?.nonEmpty,
      connector: fields["connectorid"]?.nonEmpty.map { Connector(path: $0) },
      connectionID: fields["connectionid"]?.trimmingSpace.nonEmpty,
      isActive: (fields["statecode"] ?? "0") == "0",
      ownerID: fields["_ownerid_value"]?.lowercased(),
      created: date(fields["createdon"]), place: Place(path: path, line: row.line))
  }

  /// Nil for what is no cloud flow (category 5), or no definition of one (type 1).
  private func flow(
    _ row: LiveAnswer.Row, _ path: String, problems: inout [Problem]
  ) -> LiveEnvironment.Flow? {
    let fields = row.fields
    guard let id = fields["workflowid"]?.lowercased().trimmingBraces,
      (fields["category"] ?? "5") == "5", (fields["type"] ?? "1") == "1"
    else { return nil }
    let name = fields["name"] ?? id
    var definition: Flow?
    if let text = fields["clientdata"]?.nonEmpty {
      do throws(Unreadable) {
        definition = try Flow.read(Array(text.utf8))
      } catch {
        problems.append(
          Problem(
            path: path, line: row.line, message: "the clientdata of '\(name)' \(error.message)"))
      }
    }
    let links = (definition?.links ?? []).map {
      // Lines within the text say nothing: the whole of it stands in one.
      Link(
        alias: $0.alias, reference: $0.reference, embeddedConnection: $0.embeddedConnection,
        connector: $0.connector, line: row.line)
    }
    return LiveEnvironment.Flow(
      consumer: Consumer(
        kind: .flow, id: id, name: name, path: path, links: links,
        connectorUses: definition?.connectorUses ?? 0, usedAliases: definition?.usedAliases ?? []),
      state: fields["statecode"] == "1" ? .on : fields["statecode"] == "2" ? .suspended : .off,
      ownerID: fields["_ownerid_value"]?.lowercased(), modified: Self.date(fields["modifiedon"]))
  }

  private static func user(_ path: String, _ row: LiveAnswer.Row) -> LiveEnvironment.User? {
    row.fields["systemuserid"].map { id in
      LiveEnvironment.User(
        id: id.lowercased(), applicationID: row.fields["applicationid"]?.nonEmpty,
        domainName: row.fields["domainname"] ?? "", isDisabled: row.fields["isdisabled"] == "true")
    }
  }

  private static func date(_ text: String?) -> Date? {
    // A time that cannot be read is none: nothing hangs on it but a hint.
    text.flatMap { try? Date($0, strategy: .iso8601) }
  }
}
