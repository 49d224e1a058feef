import Detection
import Git
import Solution

/// Looks for removed names in a revision's other files: documents, pipelines, scripts,
/// variables. Those files are not parsed: a match is a remark of the finding, and what became of it is decided
/// by those that bind the name (`NameBinding`).
///
/// Bounded, and only used where a reference was removed.
struct NamedElsewhere {
  enum Revision {
    case commit(ObjectID)
    case tree(ObjectID)
    case index
    case worktree
  }

  /// Where files name a reference: in each file the line that binds it, else the first.
  struct Places {
    struct Mention {
      let place: Place
      let isBinding: Bool
    }

    fileprivate(set) var mentions: [LogicalName: [Mention]] = [:]
    /// True where not every file was searched for every name.
    fileprivate(set) var isCut = false

    /// The places that bind a name.
    var bindings: [LogicalName: [Place]] {
      mentions.mapValues { $0.filter(\.isBinding).map(\.place) }.filter { !$0.value.isEmpty }
    }
  }

  /// What files of some revisions say, when they are searched for the same names: most are in all of them.
  ///
  /// Documents are not searched, since they bind nothing.
  final class Memory {
    fileprivate struct Key: Hashable {
      let content: ObjectID
      let path: String

      func hash(into hasher: inout Hasher) { hasher.combine(content) }
    }

    fileprivate var found: [Key: Found] = [:]
    /// By tree: nearly all of a revision are in the one before, at the same path.
    fileprivate var listed: [Key: Listed] = [:]
  }

  fileprivate struct Found {
    let size: Int
    let lines: [(name: LogicalName, line: Int, isBinding: Bool)]
  }

  private static let fileLimit = 2_000
  /// In bytes, of one file and of all together.
  private static let byteLimit = 1 << 20
  private static let totalByteLimit = 64 << 20
  /// How many places the remarks of one finding list.
  private static let placeLimit = 5
  /// As for the files of solutions.
  private static let depthLimit = 256
  private static let rules: Set<RuleID> = [
    .referenceRecreated, .referenceReplaced, .referenceRemoved,
  ]

  let repository: Repository
  let revision: Revision
  var memory: Memory?

  /// True for a finding whose remarks list other files that name what was removed.
  static func concerns(_ finding: Finding) -> Bool {
    finding.severity == .error && mayBeOpen(finding)
  }

  /// True for a finding that is open as long as any file binds what was removed.
  static func mayBeOpen(_ finding: Finding) -> Bool {
    rules.contains(finding.rule) && !finding.before.isEmpty
      && !finding.evidence.contains(.otherGUID)
  }

  /// The same findings, with a remark for each file that names a removed reference.
  ///
  /// - Parameter places: of all removed names; nil where they were not looked for yet.
  func remarking(_ findings: [Finding], _ places: Places? = nil) -> [Finding] {
    guard findings.contains(where: Self.concerns),
      let places = places ?? self.places(of: findings.filter(Self.concerns))
    else { return findings }
    return findings.map { Self.concerns($0) ? Self.remarking($0, places) : $0 }
  }

  /// The places of what findings removed. Nil where the files cannot be listed: only a remark is missing then,
  /// the finding stays.
  func places(of findings: [Finding]) -> Places? {
    places(of: Set(findings.flatMap { $0.before.map(\.name) }))
  }

  /// - Parameter names: the same ones each time where there is a memory.
  func places(of names: Set<LogicalName>) -> Places? {
    guard !names.isEmpty, let files = try? self.files() else { return nil }
    let search = NameSearch(names.sorted())
    var places = Places()
    var total = 0
    for file in files.prefix(Self.fileLimit) {
      guard total < Self.totalByteLimit else { break }
      guard let found = found(search, in: file) else { continue }
      total += found.size
      for (name, line, isBinding) in found.lines {
        places.mentions[name, default: []].append(
          Places.Mention(place: Place(path: file.path, line: line), isBinding: isBinding))
      }
    }
    places.isCut =
      files.count > Self.fileLimit || total >= Self.totalByteLimit || search.isIncomplete
    return places
  }

  private func found(_ search: NameSearch, in file: File) -> Found? {
    var key: Memory.Key?
    if let memory, case .object(let id) = file.content {
      // What a file may be depends on its name.
      let known = Memory.Key(content: id, path: file.path)
      if let found = memory.found[known] { return found }
      key = known
    }
    guard case .bytes(let bytes) = contents(of: file), let text = try? Text(bytes),
      !file.mayBeExport || !EnvironmentExport.isExport(bytes)
    else { return nil }
    let span = text.bytes.span
    let found = Found(
      size: bytes.count,
      lines: search.firstLines(in: span).map { name, line in
        let binding = WordSearch(name).firstLine(in: span) {
          NameBinding(of: $0, in: span, path: file.path).isBinding
        }
        return (name, binding ?? line, binding != nil)
      })
    if let key { memory?.found[key] = found }
    return found
  }

  private static func remarking(_ finding: Finding, _ places: Places) -> Finding {
    var finding = finding
    let listed = finding.listedPlaces
    var mentions: [Places.Mention] = []
    var remarks: [String] = []
    for name in finding.before.map(\.name) {
      for mention in places.mentions[name] ?? [] where !listed.contains(mention.place.path) {
        remarks.append(finding.remark(on: mention.place, naming: name))
        mentions.append(mention)
      }
    }
    if places.isCut, remarks.count < placeLimit {
      remarks.append("not every other file was searched for its name: there are too many")
    }
    finding.remarks += remarks.prefix(placeLimit)
    finding.mentions = mentions.prefix(placeLimit).map(\.place)
    // A document only mentions it; a pipeline, a script or a list may bind it.
    let binding = finding.mentions.filter { place in
      ![".md", ".txt"].contains(where: place.path.lowercased().hasSuffix)
    }
    if !binding.isEmpty, !finding.after.isEmpty {
      let new = finding.after.map(\.name.spelling).joined(separator: ", ")
      let places = binding.map { "'\($0.path):\($0.line)'" }.joined(separator: ", ")
      finding.fix.append(
        .text(
          "if it is meant: write \(new) in \(places) by hand, where an environment is bound by that"
        ))
    }
    return finding
  }

  fileprivate struct File {
    let path: String
    let content: Content

    /// By its name. What an environment has is no use of a name.
    var mayBeExport: Bool { FileRole.role(ofPath: path) == .export }
  }

  fileprivate enum Content {
    case object(ObjectID)
    case disk(String)
  }

  private func contents(of file: File) -> FileContents {
    switch file.content {
    case .disk(let path):
      guard DiskFile.kind(of: path) == .regular else { return .unavailable("is not a file") }
      return DiskFiles.contents(of: path, limit: Self.byteLimit)
    case .object(let id):
      // As above: what cannot be read is not searched.
      guard case .bytes(let bytes)? = try? repository.blob(id, limit: Self.byteLimit) else {
        return .unavailable("could not be read")
      }
      return .bytes(bytes)
    }
  }

  /// In the order of paths; at most one more than are looked at.
  private func files() throws(GitError) -> [File] {
    switch revision {
    case .commit(let id):
      return try files(in: try repository.commit(id).tree)
    case .tree(let id):
      return try files(in: id)
    case .index:
      return try repository.index { Self.hasTextName($0) && $1 == .file }
        .filter { $0.stage == 0 && $0.pathIsExact && Self.isOther($0.path) }
        .map { File(path: $0.path, content: .object($0.id)) }
    case .worktree:
      guard let workTree = repository.workTree else { return [] }
      let tracked = try repository.index { Self.hasTextName($0) && $1 == .file }
        .filter(\.pathIsExact).map(\.path)
      let untracked = try repository.untrackedFiles { Self.hasTextName($0) }
        .filter(\.pathIsExact).map(\.path)
      return Set(tracked + untracked).filter(Self.isOther).sorted()
        .map { File(path: $0, content: .disk("\(workTree)/\($0)")) }
    }
  }

  private func files(in tree: ObjectID) throws(GitError) -> [File] {
    var listing = Listing()
    return try list(tree, path: "", depth: 0, &listing).files
  }

  private struct Listing {
    /// The files found before the limit.
    var count = 0
    /// Trees without a file to be searched: a few objects can make any number of folders.
    var treesWithoutFiles: Set<ObjectID> = []
  }

  /// The files to be searched in a folder, in the order of its entries.
  fileprivate final class Listed {
    private enum Item {
      case file(File)
      case folder(Listed)
    }

    private var items: [Item] = []
    private(set) var count = 0

    func add(_ file: File) {
      items.append(.file(file))
      count += 1
    }

    func add(_ folder: Listed) {
      guard folder.count > 0 else { return }
      items.append(.folder(folder))
      count += folder.count
    }

    var files: [File] {
      var files: [File] = []
      files.reserveCapacity(count)
      func append(_ folder: Listed) {
        for item in folder.items {
          switch item {
          case .file(let file): files.append(file)
          case .folder(let folder): append(folder)
          }
        }
      }
      append(self)
      return files
    }
  }

  private func list(
    _ tree: ObjectID, path: String, depth: Int, _ listing: inout Listing
  ) throws(GitError) -> Listed {
    let listed = Listed()
    guard depth < Self.depthLimit, !listing.treesWithoutFiles.contains(tree) else { return listed }
    let key = Memory.Key(content: tree, path: path)
    if let known = memory?.listed[key] {
      listing.count += known.count
      return known
    }
    let entries = try repository.tree(tree) { name, kind, _ in
      switch kind {
      case .folder: Self.mayHoldOthers(name)
      case .file: Self.hasTextName(name)
      case .symbolicLink, .submodule: false
      }
    }
    for entry in entries where entry.nameIsExact && listing.count <= Self.fileLimit {
      // A memory is for what binds a name.
      if entry.kind == .file, memory != nil, NameBinding.isDocument(entry.name) { continue }
      let path = path.isEmpty ? entry.name : "\(path)/\(entry.name)"
      if entry.kind == .folder {
        listed.add(try list(entry.id, path: path, depth: depth + 1, &listing))
      } else if Self.isOther(path) {
        listed.add(File(path: path, content: .object(entry.id)))
        listing.count += 1
      }
    }
    if listed.count == 0 { listing.treesWithoutFiles.insert(tree) }
    // A search that stopped at its limit is not kept: the tree has more.
    if listing.count <= Self.fileLimit { memory?.listed[key] = listed }
    return listed
  }

  /// False for the folder of canvas apps as well: unpacked, each is megabytes that bind nothing, and what uses a
  /// reference there is read as an app.
  private static func mayHoldOthers(_ folder: Span<UInt8>) -> Bool {
    FileRole.mayHoldSolutions(folder)
      && !(folder.count == canvasApps.count
        && canvasApps.indices.allSatisfy { lowercase(folder[$0]) == canvasApps[$0] })
  }

  private static let canvasApps = Array("canvasapps".utf8)

  /// By the end of the name, or of a path.
  private static func hasTextName(_ name: Span<UInt8>) -> Bool {
    endings.contains { ending in
      guard name.count >= ending.count else { return false }
      let start = name.count - ending.count
      return ending.indices.allSatisfy { lowercase(name[start + $0]) == ending[$0] }
    }
  }

  private static let endings = [
    ".md", ".yml", ".yaml", ".ps1", ".psm1", ".sh", ".json", ".txt", ".env", ".config",
  ].map { Array($0.utf8) }

  /// True for a file that nothing else reads, or that is read only if it is a settings file or an export.
  private static func isOther(_ path: String) -> Bool {
    // The team's own plans and approvals name what they are about.
    guard !PolicyFiles.names.contains(path) else { return false }
    let parts = path.split(separator: "/")
    let folders = parts.dropLast()
    guard let name = parts.last,
      folders.allSatisfy({ mayHoldOthers($0.utf8.span) })
    else { return false }
    switch FileRole.role(ofPath: path) {
    case nil, .settingsCandidate: return true
    // The cache of a cloned agent repeats what its files say.
    case .export: return folders.last != ".mcs" && name.lowercased() != "botdefinition.json"
    default: return false
    }
  }
}

extension Finding {
  /// Says that another file names what the finding removed.
  fileprivate func remark(on place: Place, naming name: LogicalName) -> String {
    let subject = before.count > 1 ? "\(name.spelling) is also used in" : "also used in"
    return "\(subject) '\(place.path):\(place.line)'"
  }

  /// The finding with remarks on the files that still bind what it removed.
  ///
  /// - Parameter rows: the places; those that it lists already are left out.
  func remarking(onBindings rows: [AffectedRow]) -> Finding {
    var finding = self
    let listed = listedPlaces
    for row in rows where !listed.contains(row.place.path) {
      let remark = remark(on: row.place, naming: row.reference)
      if !finding.remarks.contains(remark) { finding.remarks.append(remark) }
    }
    return finding
  }

  /// The files that the finding lists already.
  fileprivate var listedPlaces: Set<String> {
    Set(
      (before + after).compactMap(\.place?.path) + consumers.map(\.place.path)
        + rows.map(\.place.path))
  }
}
