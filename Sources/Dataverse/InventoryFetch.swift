import Platform

/// Saves what an environment holds: what `connref inventory fetch` does.
package struct InventoryFetch: Sendable {
  /// The services that a fetch uses: network, clock, credentials.
  package struct Means: Sendable {
    package let transport: any WebTransport
    package let azure: any AzureCommand
    package let variables: [String: String]
    package var policy: RetryPolicy
    package var pace: Pace
    package let secrets: KnownSecrets
    package let report: @Sendable (FetchProgress) -> Void

    package init(
      transport: any WebTransport, azure: any AzureCommand, variables: [String: String],
      policy: RetryPolicy = RetryPolicy(), pace: Pace = .real, secrets: KnownSecrets,
      report: @escaping @Sendable (FetchProgress) -> Void = { _ in }
    ) {
      self.transport = transport
      self.azure = azure
      self.variables = variables
      self.policy = policy
      self.pace = pace
      self.secrets = secrets
      self.report = report
    }
  }

  /// More requests at once would not be faster: pages follow each other.
  private static let parallelLimit = 4
  /// How many owners one request asks for: an address is 2,000 characters long at most.
  private static let ownersAtOnce = 25

  private let origin: WebAddress.Origin
  private let identity: PartialFolder.Identity
  private let folder: PartialFolder
  private let means: Means
  private let api: WebAPI
  private let administration: WebAPI?

  /// - Parameters:
  ///   - output: an absolute path.
  ///   - version: of this program.
  package init(
    environment: String, output: String, withDefinitions: Bool, withNames: Bool, version: String,
    means: Means
  ) throws {
    origin = try EnvironmentAddress.origin(of: environment)
    identity = PartialFolder.Identity(
      environment: origin.description, version: version, definitions: withDefinitions,
      names: withNames)
    folder = try PartialFolder(output: output, of: origin)
    self.means = means
    let courier = Courier(
      transport: means.transport, policy: means.policy, pace: means.pace, report: means.report)
    let credential = try Credential.first(in: means.variables)
    let authority = try EnvironmentAddress.authority(of: origin, in: means.variables)
    func service(_ origin: WebAddress.Origin, _ resource: String) -> WebAPI {
      WebAPI(
        origin: origin, courier: courier,
        tokens: TokenSource(
          credential, for: resource, authority: authority, courier: courier, azure: means.azure,
          secrets: means.secrets))
    }
    api = service(origin, origin.description)
    if case .token = credential {
      // It is for the environment alone.
      administration = nil
    } else {
      administration = try EnvironmentAddress.administration(of: origin, in: means.variables).map {
        service($0.origin, EnvironmentAddress.administrationResource)
      }
    }
  }

  /// Fetches everything, and puts the folder in its place.
  ///
  /// Throws a `FetchFailure` where it could not: what has been fetched is kept for the next run.
  package func run() async throws -> InventoryManifest {
    do {
      let manifest = try await fetchAll()
      await folder.close()
      return manifest
    } catch {
      await folder.close()
      throw error
    }
  }

  private func fetchAll() async throws -> InventoryManifest {
    try await folder.open(identity, now: means.pace.now())
    let place = try await organization()
    try await inParallel(place.parallel, [.references, .flows, .solutions, .components]) {
      try await fetch($0, readable: place.readable)
    }
    try await fetchOwners()
    try await fetchConnections(of: place.environmentID)
    return try await folder.finish(
      identity, environmentID: place.environmentID, organization: place.name)
  }

  private struct Place {
    var environmentID: String?
    var name: String?
    var parallel = 1
    /// Tables of which the account sees its own rows alone, with how far it sees.
    var readable: [EnvironmentTable: String] = [:]
  }

  /// The account and the environment: also the proof that the token is valid.
  private func organization() async throws -> Place {
    struct Caller: Decodable, Sendable {
      let id: String

      private enum CodingKeys: String, CodingKey {
        case id = "UserId"
      }
    }
    struct Answer: Decodable, Sendable {
      struct Detail: Decodable, Sendable {
        let environmentID: String?
        let name: String?

        private enum CodingKeys: String, CodingKey {
          case environmentID = "EnvironmentId"
          case name = "FriendlyName"
        }
      }
      let detail: Detail?

      private enum CodingKeys: String, CodingKey {
        case detail = "Detail"
      }
    }
    struct Privileges: Decodable, Sendable {
      struct Privilege: Decodable, Sendable {
        let name: String?
        let depth: String?

        private enum CodingKeys: String, CodingKey {
          case name = "PrivilegeName"
          case depth = "Depth"
        }
      }
      let held: [Privilege]

      private enum CodingKeys: String, CodingKey {
        case held = "RolePrivileges"
      }
    }
    var place = Place()
    let caller: Caller
    do {
      let answer = try await api.answer(to: address("WhoAmI"), as: Caller.self)
      caller = answer.content
      place.parallel = min(Self.parallelLimit, answer.parallel ?? 1)
    } catch let refusal as WebRefusal {
      throw refusal.failure(asking: "the request")
    }
    let target =
      "RetrieveCurrentOrganization(AccessType=Microsoft.Dynamics.CRM.EndpointAccessType'Default')"
    do {
      let detail = try await api.answer(to: address(target), as: Answer.self).content.detail
      place.environmentID = detail?.environmentID
      place.name = detail?.name
    } catch let refusal as WebRefusal where refusal.isFinal {
      // Connections are then unknown, and links into the portal are missing.
    }
    let id = caller.id.filter { $0.isHexDigit || $0 == "-" }
    do {
      let held = try await api.answer(
        to: address("systemusers(\(id))/Microsoft.Dynamics.CRM.RetrieveUserPrivileges()"),
        as: Privileges.self
      ).content.held
      for (table, name) in [
        (EnvironmentTable.references, "prvreadconnectionreference"), (.flows, "prvreadworkflow"),
      ] {
        let depths = held.filter { $0.name?.lowercased() == name }.compactMap(\.depth)
        if let depth = depths.first, !depths.contains("Global") { place.readable[table] = depth }
      }
    } catch let refusal as WebRefusal where refusal.isFinal {
      // Without the right to list its own rights, assume that it may read all.
    }
    return place
  }

  private func address(_ target: String) -> WebAddress {
    WebAddress(origin, WebAPI.path + target)
  }

  private func inParallel(
    _ limit: Int, _ tables: [EnvironmentTable],
    _ work: @escaping @Sendable (EnvironmentTable) async throws -> Void
  ) async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      for (position, table) in tables.enumerated() {
        if position >= limit { try await group.next() }
        group.addTask { try await work(table) }
      }
      try await group.waitForAll()
    }
  }

  // MARK: - Tables of the Web API

  private func fetch(_ table: EnvironmentTable, readable: [EnvironmentTable: String]) async throws {
    do {
      try await fetchPages(of: table, readable[table])
    } catch let refusal as WebRefusal {
      guard !table.isRequired, refusal.isFinal else {
        throw refusal.failure(asking: "'\(table.rawValue)'")
      }
      try await endUnknown(table, "\(refusal.host) answered with \(refusal.words)")
    }
  }

  private func fetchPages(of table: EnvironmentTable, _ depth: String?) async throws {
    var known = await folder.tables[table] ?? PartialFolder.Progress()
    guard known.extent == nil else { return }
    var rows = RowIndex(table)
    for file in known.files { try rows.add(try await folder.rows(of: file)) }
    var left: Set<String> = []
    var followed: Set<String> = []
    while known.files.isEmpty || known.next != nil {
      try Task.checkCancellation()
      let target = try target(of: known.next, of: table, without: left, followed: &followed)
      let page: WebAPI.Page<Row>
      do {
        page = try await api.answer(to: target, pageSize: table.pageSize, as: WebAPI.Page<Row>.self)
          .content
      } catch let refusal as WebRefusal {
        try leaveOut(from: table, refusal, &left)
        continue
      }
      let lines = try rows.add(page.value.map { saved($0, of: table) })
      try await folder.add(lines, to: table, next: page.next)
      known = await folder.tables[table] ?? known
      means.report(.rows(table: table.rawValue, count: rows.count))
    }
    if let depth {
      try await folder.end(
        table, .part,
        reason: "the account may read only a part of it (depth \(depth), and not Global)")
    } else {
      try await folder.end(table, .all)
    }
  }

  /// Notes the column that a refusal names: an older environment does not know every one. Throws the refusal
  /// where it names none.
  private func leaveOut(
    from table: EnvironmentTable, _ refusal: WebRefusal, _ left: inout Set<String>
  ) throws {
    guard refusal.status == 400,
      let column = table.laterColumns.first(where: {
        !left.contains($0) && refusal.text.contains("'\($0)'")
      })
    else { throw refusal }
    left.insert(column)
  }

  /// The next page, or the first.
  private func target(
    of next: String?, of table: EnvironmentTable, without left: Set<String>,
    followed: inout Set<String>
  ) throws -> WebAddress {
    guard let next else { return WebAddress(origin, table.target(without: left)) }
    guard let target = WebAddress(origin, WebAPI.path).resolving(next),
      target.origin == origin
    else {
      throw FetchFailure(
        "\(origin.host) names a next page of '\(table.rawValue)' at another host, which is not followed"
      )
    }
    guard followed.insert(next).inserted else {
      throw FetchFailure("\(origin.host) names a page of '\(table.rawValue)' as its own next page")
    }
    return target
  }

  private func saved(_ row: Row, of table: EnvironmentTable) -> Row {
    var row =
      table == .flows ? FlowDefinition.reduced(row, isWhole: identity.definitions) : row
    row.keep(only: table.savedColumns)
    if table == .users, !identity.names {
      // Whether it is a person is known without the name.
      row.set("connref.hasaddress", flag: row.text("domainname")?.contains("@") ?? false)
      row.set("domainname", nil)
    }
    return row
  }

  /// A service may send back what it was sent: no secret of it is saved.
  private func endUnknown(_ table: EnvironmentTable, _ reason: String) async throws {
    try await folder.end(table, .unknown, reason: await means.secrets.masked(reason))
  }

  // MARK: - Owners

  private func fetchOwners() async throws {
    var owners: Set<String> = []
    for table in [EnvironmentTable.references, .flows] {
      for file in await folder.tables[table]?.files ?? [] {
        for row in try await folder.rows(of: file) {
          if let owner = row.text("_ownerid_value") { owners.insert(owner.lowercased()) }
        }
      }
    }
    // They become a part of an address.
    let ids = owners.filter { $0.count == 36 && $0.allSatisfy { $0.isHexDigit || $0 == "-" } }
      .sorted()
    let users = try await fetchOwners(ids, in: .users)
    _ = try await fetchOwners(ids.filter { !users.contains($0) }, in: .teams)
  }

  /// - Returns: the ids that were found.
  private func fetchOwners(_ ids: [String], in table: EnvironmentTable) async throws -> Set<String>
  {
    let known = await folder.tables[table] ?? PartialFolder.Progress()
    var rows = RowIndex(table)
    var found: Set<String> = []
    for file in known.files {
      let saved = try await folder.rows(of: file)
      found.formUnion(saved.compactMap { $0.text(table.id)?.lowercased() })
      try rows.add(saved)
    }
    guard known.extent == nil else { return found }
    var left: Set<String> = []
    do {
      // The files of an earlier run are the first batches.
      var batch = known.files.count
      while batch * Self.ownersAtOnce < ids.count {
        let wanted = Array(ids.dropFirst(batch * Self.ownersAtOnce).prefix(Self.ownersAtOnce))
        let target = WebAddress(origin, table.target(ids: wanted, without: left))
        do {
          let page = try await api.answer(
            to: target, pageSize: table.pageSize, as: WebAPI.Page<Row>.self
          ).content
          guard page.next == nil else {
            throw FetchFailure(
              "\(origin.host) answered with a part of \(wanted.count) rows of '\(table.rawValue)'")
          }
          let saved = page.value.map { self.saved($0, of: table) }
          found.formUnion(saved.compactMap { $0.text(table.id)?.lowercased() })
          try await folder.add(try rows.add(saved), to: table, next: nil)
          batch += 1
        } catch let refusal as WebRefusal {
          try leaveOut(from: table, refusal, &left)
        }
      }
      try await folder.end(table, .all)
    } catch let refusal as WebRefusal where refusal.isFinal {
      try await endUnknown(table, "\(refusal.host) answered with \(refusal.words)")
    }
    return found
  }

  // MARK: - Connections

  private func fetchConnections(of environmentID: String?) async throws {
    let table = EnvironmentTable.connections
    let known = await folder.tables[table] ?? PartialFolder.Progress()
    guard known.extent == nil else { return }
    guard let administration else {
      return try await endUnknown(
        table,
        "DATAVERSE_TOKEN is for the environment, and not for the service that lists connections")
    }
    guard let environmentID,
      environmentID.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") })
    else {
      return try await endUnknown(table, "the environment did not say its id")
    }
    do {
      var rows = RowIndex(table)
      for file in known.files { try rows.add(try await folder.rows(of: file)) }
      var next = known.next
      var followed: Set<String> = []
      var isFirst = known.files.isEmpty
      while isFirst || next != nil {
        isFirst = false
        let target = try connectionsTarget(next, environmentID, administration.origin, &followed)
        let page = try await administration.answer(
          to: target, as: WebAPI.Page<AdminConnection>.self
        ).content
        let saved = page.value.map { $0.row(withNames: identity.names) }
        try await folder.add(try rows.add(saved), to: table, next: page.next)
        means.report(.rows(table: table.rawValue, count: rows.count))
        next = page.next
      }
      try await folder.end(table, .all)
    } catch let refusal as WebRefusal where refusal.isFinal {
      try await endUnknown(table, "\(refusal.host) answered with \(refusal.words)")
    } catch let failure as FetchFailure where failure.isRefusal {
      try await endUnknown(table, failure.message)
    }
  }

  private func connectionsTarget(
    _ next: String?, _ environmentID: String, _ origin: WebAddress.Origin,
    _ followed: inout Set<String>
  ) throws -> WebAddress {
    let first = WebAddress(
      origin,
      "/providers/Microsoft.PowerApps/scopes/admin/environments/\(environmentID)/connections"
        + "?api-version=2016-11-01")
    guard let next else { return first }
    guard let target = first.resolving(next), target.origin == origin,
      followed.insert(next).inserted
    else {
      throw FetchFailure(
        "\(origin.host) names a next page of connections that is not followed: at another host, or the same again"
      )
    }
    return target
  }
}

extension EnvironmentTable {
  /// The columns of a row that an inventory keeps.
  fileprivate var savedColumns: Set<String> {
    Set(columns + laterColumns + ["connref.unreadable"]).subtracting(["clientdataiscompressed"])
  }
}
