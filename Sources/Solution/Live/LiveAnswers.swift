package import Platform

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

  /// Notes a file that cannot be read.
  package mutating func leaveOut(_ path: String, _ reason: String) {
    problems.append(Problem(path: path, message: reason))
  }

  /// Nothing of what was given could be read.
  package var isEmpty: Bool { files.isEmpty }

  /// Every environment that an answer names, in order.
  package var hosts: [String] { Set(files.compactMap(\.answer.host)).sorted() }

  /// The environment that the answers describe, with the problems in them.
  ///
  /// - Parameters:
  ///   - saved: what the manifest says of each table, and why where it is not whole; nil where there is no
  ///     manifest, and only the answers show what is complete.
  ///   - id: by which the maker portal knows the environment; nil where it is not known.
  package func environment(
    saved: [EnvironmentTable: (extent: EnvironmentTable.Extent, reason: String?)]? = nil,
    id: String? = nil
  ) -> (LiveEnvironment, [Problem]) {
    var extents: [EnvironmentTable: EnvironmentTable.Extent] = [:]
    var problems = problems
    if let saved {
      for table in EnvironmentTable.allCases {
        let known = saved[table]
        extents[table] = known?.extent ?? .unknown
        if let reason = known?.reason {
          problems.append(Problem(path: table.rawValue, message: reason, hidesContent: false))
        }
      }
    } else {
      findExtents(&extents, &problems)
    }
    let rowsOfReferences = rows(of: .references, &problems)
    for (path, row) in rowsOfReferences {
      guard let name = row.fields["connectionreferencelogicalname"]?.nonEmpty,
        !name.contains(where: \.isLetter)
      else { continue }
      problems.append(
        Problem(
          path: path, line: row.line,
          message:
            "has '\(name)' for a logical name, which begins with a prefix: the row is damaged"))
    }
    let references = rowsOfReferences.compactMap(Self.reference)
    // Saved by the query for unbound ones alone, they are not all that there is.
    if saved == nil, !references.isEmpty, references.allSatisfy({ $0.connectionID == nil }) {
      extents[.references] = .part
    }
    let flows = rows(of: .flows, &problems).compactMap { path, row in
      flow(row, path, problems: &problems)
    }
    return (
      LiveEnvironment(
        host: hosts.first, environmentID: id, references: references,
        flows: flows, users: rows(of: .users, &problems).compactMap { Self.user($0.row) },
        teams: rows(of: .teams, &problems).compactMap { _, row in
          row.fields["teamid"].map { ($0.lowercased(), row.fields["name"] ?? $0) }
        }, connections: rows(of: .connections, &problems).compactMap(Self.connection),
        solutions: solutions(&problems), extents: extents),
      problems
    )
  }

  /// Without a manifest: finds from the answers whether they are complete.
  private func findExtents(
    _ extents: inout [EnvironmentTable: EnvironmentTable.Extent], _ problems: inout [Problem]
  ) {
    for (path, answer) in files where answer.isOfInventory {
      problems.append(
        Problem(
          path: path,
          message: "is a part of an inventory, whose file inventory.json is not beside it"))
    }
    for table in EnvironmentTable.allCases {
      let pages = files.filter { $0.answer.table == table }
      extents[table] = pages.isEmpty ? .unknown : .all
      if let reason = gap(in: pages.map(\.answer)), let last = pages.last {
        extents[table] = .part
        problems.append(Problem(path: last.path, message: reason))
      } else if pages.isEmpty, EnvironmentTable.usual.contains(table) {
        problems.append(
          Problem(
            path: table.rawValue, message: "was not saved, so nothing is said of it",
            hidesContent: false))
      }
    }
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

  /// Each row once, however many queries brought it. Two that differ in a column that both have are a
  /// problem: an answer like that is damaged, or of two moments.
  private func rows(
    of table: EnvironmentTable, _ problems: inout [Problem]
  ) -> [(path: String, row: LiveAnswer.Row)] {
    var seen: [String: LiveAnswer.Row] = [:]
    var rows: [(path: String, row: LiveAnswer.Row)] = []
    for (path, answer) in files where answer.table == table {
      for row in answer.rows {
        if let id = row.fields[table.id]?.lowercased() {
          if let known = seen[id] {
            if !known.agrees(with: row) {
              problems.append(
                Problem(
                  path: path, line: row.line,
                  message: "has another row than before with the id \(id): the answer is damaged"))
            }
            continue
          }
          seen[id] = row
        }
        rows.append((path, row))
      }
    }
    return rows
  }

  /// Of each flow, the solutions that it is in.
  private func solutions(_ problems: inout [Problem]) -> [LiveEnvironment.Solution] {
    var flows: [String: Set<String>] = [:]
    for (_, row) in rows(of: .components, &problems) {
      guard let solution = row.fields["_solutionid_value"], let object = row.fields["objectid"]
      else { continue }
      flows[solution.lowercased(), default: []].insert(object.lowercased())
    }
    return rows(of: .solutions, &problems).compactMap { _, row in
      guard let id = row.fields["solutionid"]?.lowercased(), let name = row.fields["uniquename"]
      else { return nil }
      return LiveEnvironment.Solution(
        id: id, uniqueName: name, version: row.fields["version"],
        isManaged: row.fields["ismanaged"] == "true", flows: flows[id] ?? [])
    }
  }
}

extension LiveAnswer.Row {
  /// True where both say the same in all columns that both have.
  fileprivate func agrees(with other: LiveAnswer.Row) -> Bool {
    fields.allSatisfy { name, value in other.fields[name].map { $0 == value } ?? true }
  }
}

extension LiveAnswers {
  private static func reference(
    _ path: String, _ row: LiveAnswer.Row
  ) -> LiveEnvironment.Reference? {
    let fields = row.fields
    guard let name = fields["connectionreferencelogicalname"]?.nonEmpty else { return nil }
    return LiveEnvironment.Reference(
      id: fields["connectionreferenceid"]?.lowercased(), name: LogicalName(name),
      displayName: fields["connectionreferencedisplayname"]?.nonEmpty,
      connector: fields["connectorid"]?.nonEmpty.map { Connector(path: $0) },
      connectionID: fields["connectionid"]?.trimmingSpace.nonEmpty,
      isActive: (fields["statecode"] ?? "0") == "0",
      ownerID: fields["_ownerid_value"]?.lowercased(),
      created: date(fields["createdon"]), place: Place(path: path, line: row.line))
  }

  /// Nil where it is no cloud flow (category 5), or no definition of one (type 1).
  private func flow(
    _ row: LiveAnswer.Row, _ path: String, problems: inout [Problem]
  ) -> LiveEnvironment.Flow? {
    let fields = row.fields
    guard let id = fields["workflowid"]?.lowercased().trimmingBraces,
      (fields["category"] ?? "5") == "5", (fields["type"] ?? "1") == "1"
    else { return nil }
    let name = fields["name"] ?? id
    if let reason = fields["connref.unreadable"] {
      problems.append(
        Problem(path: path, line: row.line, message: "the clientdata of '\(name)' \(reason)"))
    }
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
      // Line numbers within the text say nothing: all of it is in one line.
      Link(
        alias: $0.alias, reference: $0.reference, embeddedConnection: $0.embeddedConnection,
        connector: $0.connector, line: row.line)
    }
    return LiveEnvironment.Flow(
      consumer: Consumer(
        kind: .flow, id: id, name: name, path: path, links: links,
        connectorUses: definition?.connectorUses ?? 0, usedAliases: definition?.usedAliases ?? []),
      state: fields["statecode"] == "1" ? .on : fields["statecode"] == "2" ? .suspended : .off,
      suspension: fields["suspensionreasondetails"]?.nonEmpty,
      ownerID: fields["_ownerid_value"]?.lowercased(), modified: Self.date(fields["modifiedon"]))
  }

  private static func user(_ row: LiveAnswer.Row) -> LiveEnvironment.User? {
    row.fields["systemuserid"].map { id in
      LiveEnvironment.User(
        id: id.lowercased(), applicationID: row.fields["applicationid"]?.nonEmpty,
        domainName: row.fields["domainname"] ?? "",
        hasAddress: row.fields["connref.hasaddress"] == "true"
          || row.fields["domainname"]?.contains("@") ?? false,
        isDisabled: row.fields["isdisabled"] == "true",
        // 1: soft-deleted in the directory, 2: not found there.
        isDeleted: ["1", "2"].contains(row.fields["azurestate"] ?? ""),
        directoryID: row.fields["azureactivedirectoryobjectid"]?.lowercased())
    }
  }

  private static func connection(
    _ path: String, _ row: LiveAnswer.Row
  ) -> LiveEnvironment.Connection? {
    let fields = row.fields
    return fields["connectionid"].map { id in
      LiveEnvironment.Connection(
        id: id, connector: fields["connectorid"]?.nonEmpty.map { Connector(path: $0) },
        displayName: fields["displayname"]?.nonEmpty, accountName: fields["accountname"]?.nonEmpty,
        isBroken: fields["status"]?.lowercased() == "error",
        reason: [fields["statuscode"], fields["statusreason"]].compactMap { $0?.nonEmpty }
          .joined(separator: ": ").nonEmpty,
        creator: LiveEnvironment.Creator(
          directoryID: fields["createdbyid"]?.lowercased(), kind: fields["createdbytype"]?.nonEmpty,
          name: fields["createdbyname"]?.nonEmpty),
        signIn: fields["signin"]?.nonEmpty, place: Place(path: path, line: row.line))
    }
  }

  private static func date(_ text: String?) -> Date? {
    // A time that cannot be read is none: nothing hangs on it but a hint.
    text.flatMap { try? Date($0, strategy: .iso8601) }
  }
}
