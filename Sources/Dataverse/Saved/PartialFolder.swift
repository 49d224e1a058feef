package import Platform

/// An inventory in the course of being fetched, in a hidden folder beside the one that it becomes.
///
/// Pages are written as they are received, each followed by a line in a journal. A run that ends
/// early leaves both; the next one continues from there, if it is of the same environment, with the
/// same options, and not too old. A complete one replaces the older folder as a whole.
package actor PartialFolder {
  /// The first line of a journal: a run with another one starts over.
  package struct Identity: Codable, Hashable, Sendable {
    let environment: String
    let version: String
    let definitions: Bool
    let names: Bool

    package init(environment: String, version: String, definitions: Bool, names: Bool) {
      self.environment = environment
      self.version = version
      self.definitions = definitions
      self.names = names
    }
  }

  /// The state of a table so far.
  struct Progress: Sendable {
    var files: [InventoryManifest.SavedFile] = []
    /// Where the next page is to be had; nil before the first one.
    var next: String?
    var extent: EnvironmentTable.Extent?
    var reason: String?
  }

  private enum Entry: Codable {
    case begun(Identity, fetched: String, seconds: Double)
    case page(table: EnvironmentTable, InventoryManifest.SavedFile, next: String?)
    case ended(table: EnvironmentTable, EnvironmentTable.Extent, reason: String?)
  }

  /// A run that ended early can be continued for so long, in seconds: later, its rows and the
  /// further ones would be of two states of the environment.
  private static let lifetime = 3600.0
  private static let journalName = "journal.jsonl"

  private let output: String
  private let folder: String
  private let former: String
  private let origin: WebAddress.Origin
  private(set) var tables: [EnvironmentTable: Progress] = [:]
  /// When the first of the runs began.
  private(set) var fetched = ""
  /// Locked as long as this run lasts.
  private var journalFile: JournalFile?

  /// - Parameter output: an absolute path: a folder that is missing, empty, or an inventory.
  package init(output: String, of origin: WebAddress.Origin) throws {
    var path = output
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    self.output = path
    self.origin = origin
    let slash = path.lastIndex(of: "/") ?? path.startIndex
    let name = path[path.index(after: slash)...]
    guard !name.isEmpty, name != ".", name != ".." else {
      throw FetchFailure("'\(output)' cannot become an inventory: name a folder", isUsage: true)
    }
    folder = "\(path[..<slash])/.\(name).partial"
    former = "\(path[..<slash])/.\(name).former"
  }

  /// Makes the folder, or finds what an earlier run left.
  package func open(_ identity: Identity, now: Date) throws {
    try recover()
    try Self.verifyReplaceable(output)
    if Self.kind(of: journalPath) == .typeRegular {
      journalFile = try lockedJournal()
      if resume(try journal(), identity, now) { return }
    }
    tables = [:]
    try remove(folder)
    try Self.trying("could not create the folder '\(folder)'") {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true)
    }
    fetched = Self.text(of: now)
    try Self.trying("could not write '\(journalPath)'") {
      try Data().write(to: URL(filePath: journalPath))
    }
    journalFile = try lockedJournal()
    // The manifest says meanwhile that the folder is not complete.
    try write(try manifest(identity).file(), to: InventoryManifest.fileName)
    try append(.begun(identity, fetched: fetched, seconds: now.timeIntervalSince1970))
  }

  /// Where an older run was stopped between its two last steps, the older folder is put back.
  private func recover() throws {
    guard Self.kind(of: former) != nil else { return }
    if Self.kind(of: output) == nil {
      try move(former, to: output)
    } else {
      try remove(former)
    }
  }

  private static func kind(of path: String) -> FileAttributeType? {
    // A path that cannot be looked at does not exist for us: what is done with it fails with a reason.
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    return attributes.map { $0[.type] as? FileAttributeType ?? .typeUnknown }
  }

  /// Throws where something else is there: nothing is deleted that is no part of an inventory.
  static func verifyReplaceable(_ path: String) throws {
    guard let kind = kind(of: path) else { return }
    guard kind == .typeDirectory else {
      let what =
        kind == .typeSymbolicLink ? "a symbolic link, which is never followed" : "no folder"
      throw FetchFailure("'\(path)' is \(what)", isUsage: true)
    }
    let names = try trying("could not read the folder '\(path)'") {
      try FileManager.default.contentsOfDirectory(atPath: path)
    }
    var own: Set<String> = [InventoryManifest.fileName]
    if let data = FileManager.default.contents(atPath: "\(path)/\(InventoryManifest.fileName)"),
      // Without a valid manifest no file is listed: the folder is then refused for its files.
      let manifest = try? InventoryManifest([UInt8](data))
    {
      own.formUnion(manifest.tables.flatMap(\.files).map(\.name))
    } else {
      own = []
    }
    guard let other = names.sorted().first(where: { !own.contains($0) }) else { return }
    throw FetchFailure(
      "'\(path)' holds '\(other)', which is not part of an inventory: it would be deleted",
      hint: "choose a folder of its own for the inventory", isUsage: true)
  }

  /// Lets another run go on with it.
  package func close() { journalFile = nil }

  private var journalPath: String { "\(folder)/\(Self.journalName)" }

  /// Throws where another run holds it.
  private func lockedJournal() throws -> JournalFile {
    let path = journalPath
    guard let file = try Self.trying("could not open '\(path)'", { try JournalFile(at: path) })
    else {
      throw FetchFailure(
        "another run is fetching into '\(output)'", hint: "wait until it has ended")
    }
    return file
  }

  /// The entries of the journal, up to a truncated line: its page is requested again.
  private func journal() throws -> [Entry] {
    guard let data = FileManager.default.contents(atPath: journalPath) else { return [] }
    var entries: [Entry] = []
    var length = 0
    for line in data.split(separator: 0x0A, omittingEmptySubsequences: false).dropLast() {
      // A line with any fault ends the journal.
      guard let entry = try? JSONDecoder().decode(Entry.self, from: Data(line)) else { break }
      entries.append(entry)
      length += line.count + 1
    }
    try Self.trying("could not write '\(journalPath)'") {
      try journalFile?.truncate(to: length)
    }
    return entries
  }

  private func resume(_ entries: [Entry], _ identity: Identity, _ now: Date) -> Bool {
    guard case .begun(let known, let time, let seconds)? = entries.first, known == identity,
      (0...Self.lifetime).contains(now.timeIntervalSince1970 - seconds)
    else { return false }
    for entry in entries.dropFirst() {
      switch entry {
      case .begun: return false
      case .page(let table, let file, let next):
        guard let data = FileManager.default.contents(atPath: "\(folder)/\(file.name)"),
          InventoryDigest.digest(of: [UInt8](data)) == file.digest
        else { return false }
        tables[table, default: Progress()].files.append(file)
        tables[table, default: Progress()].next = next
      case .ended(let table, let extent, let reason):
        tables[table, default: Progress()].extent = extent
        tables[table, default: Progress()].reason = reason
      }
    }
    fetched = time
    return true
  }

  /// The rows of a file that an earlier run saved.
  func rows(of file: InventoryManifest.SavedFile) throws -> [Row] {
    guard let data = FileManager.default.contents(atPath: "\(folder)/\(file.name)") else {
      throw FetchFailure("could not read '\(folder)/\(file.name)'")
    }
    return try SavedPage.rows(of: [UInt8](data))
  }

  /// - Parameter next: where the next page is to be had; nil for the last one.
  func add(_ lines: [String], to table: EnvironmentTable, next: String?) throws {
    let number = (tables[table]?.files.count ?? 0) + 1
    let name = "\(table.rawValue)-\(number.digits(4)).json"
    let bytes = SavedPage.file(table, of: origin, lines)
    try write(bytes, to: name)
    let file = InventoryManifest.SavedFile(
      name: name, rows: lines.count, digest: InventoryDigest.digest(of: bytes))
    try append(.page(table: table, file, next: next))
    tables[table, default: Progress()].files.append(file)
    tables[table, default: Progress()].next = next
  }

  /// Says that all of a table is there that can be had.
  func end(_ table: EnvironmentTable, _ extent: EnvironmentTable.Extent, reason: String? = nil)
    throws
  {
    try append(.ended(table: table, extent, reason: reason))
    tables[table, default: Progress()].extent = extent
    tables[table, default: Progress()].reason = reason
  }

  private func manifest(_ identity: Identity) -> InventoryManifest {
    InventoryManifest(
      environment: identity.environment, fetched: fetched, version: identity.version,
      definitions: identity.definitions, names: identity.names)
  }

  /// Puts the folder in its place; an older one is replaced as a whole.
  func finish(
    _ identity: Identity, environmentID: String?, organization: String?
  ) throws -> InventoryManifest {
    var manifest = manifest(identity)
    manifest.environmentID = environmentID
    manifest.organization = organization
    manifest.complete = true
    manifest.tables = EnvironmentTable.allCases.compactMap { table in
      guard let progress = tables[table] else { return nil }
      return InventoryManifest.SavedTable(
        name: table.rawValue, extent: progress.extent ?? .unknown,
        rows: progress.files.reduce(0) { $0 + $1.rows }, reason: progress.reason,
        files: progress.files)
    }
    try Self.verifyReplaceable(output)
    try write(try manifest.file(), to: InventoryManifest.fileName)
    try remove(journalPath)
    let isReplacing = Self.kind(of: output) != nil
    if isReplacing { try move(output, to: former) }
    try move(folder, to: output)
    if isReplacing { try remove(former) }
    return manifest
  }

  private func write(_ bytes: [UInt8], to name: String) throws {
    try Self.trying("could not write '\(folder)/\(name)'") {
      try Data(bytes).write(to: URL(filePath: "\(folder)/\(name)"), options: .atomic)
    }
  }

  private func append(_ entry: Entry) throws {
    try Self.trying("could not write '\(journalPath)'") {
      try journalFile?.append(try JSONEncoder().encode(entry) + [0x0A])
    }
  }

  private func move(_ path: String, to place: String) throws {
    try Self.trying("could not move '\(path)' to '\(place)'") {
      try FileManager.default.moveItem(atPath: path, toPath: place)
    }
  }

  private func remove(_ path: String) throws {
    guard Self.kind(of: path) != nil else { return }
    try Self.trying("could not remove '\(path)'") {
      try FileManager.default.removeItem(atPath: path)
    }
  }

  /// The result of `work`; where it fails, the failure says so and why.
  @discardableResult
  private static func trying<Result>(
    _ failure: String, _ work: () throws -> Result
  ) throws(FetchFailure) -> Result {
    do {
      return try work()
    } catch {
      throw FetchFailure("\(failure): \(error.systemReason)")
    }
  }

  /// `2026-11-29T06:00:00Z`
  private static func text(of date: Date) -> String {
    date.formatted(.iso8601)
  }
}
