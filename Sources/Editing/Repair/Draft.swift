import Solution

/// The changes of a repair while it is worked out.
struct Draft {
  private let files: RevisionFiles
  private var edits: [String: [ByteEdit]] = [:]
  private var moves: [String: String] = [:]
  private var added: [String: [UInt8]] = [:]
  private var removed: Set<String> = []
  /// Names of missing dependencies that are taken out, by manifest.
  private var dropped: [String: Set<LogicalName>] = [:]
  private var reasons: [String: [String]] = [:]
  private(set) var notes: [String] = []
  /// Settings files whose rows are left, since they are another solution's.
  private(set) var filesOfOthers: Set<String> = []

  /// Takes the files of the revision that is repaired.
  init(_ files: RevisionFiles) { self.files = files }

  var isEmpty: Bool { edits.isEmpty && moves.isEmpty && added.isEmpty && removed.isEmpty }

  mutating func edit(_ path: String, _ new: [ByteEdit], for reason: String) {
    guard !new.isEmpty else { return }
    // A place that was found in two ways is one.
    let known = Set(edits[path] ?? [])
    edits[path, default: []] += new.filter { $0.range.isEmpty || !known.contains($0) }
    add(reason, to: path)
  }

  mutating func dropDependency(on name: LogicalName, in path: String, _ edits: [ByteEdit]) {
    edit(path, edits, for: "a missing dependency that is no longer one")
    dropped[path, default: []].insert(name)
  }

  /// True where the missing dependency on `name` is taken out of a manifest.
  func dropsDependency(on name: LogicalName, in path: String) -> Bool {
    dropped[path]?.contains(name) ?? false
  }

  mutating func leave(_ path: String, _ reason: String) {
    filesOfOthers.insert(path)
    note("the row of '\(path)' was left: \(reason)")
  }

  mutating func move(_ path: String, to other: String) { moves[path] = other }

  mutating func add(_ path: String, _ bytes: [UInt8], for reason: String) {
    added[path] = bytes
    add(reason, to: path)
  }

  mutating func remove(_ path: String, for reason: String) {
    removed.insert(path)
    add(reason, to: path)
  }

  mutating func note(_ note: String) {
    if !notes.contains(note) { notes.append(note) }
  }

  func isChanged(_ path: String) -> Bool {
    edits[path] != nil || added[path] != nil || removed.contains(path)
  }

  private mutating func add(_ reason: String, to path: String) {
    if reasons[path]?.contains(reason) != true { reasons[path, default: []].append(reason) }
  }

  var places: [Repair.Place] {
    reasons.sorted { $0.key < $1.key }.map { path, reasons in
      Repair.Place(path: moves[path] ?? path, what: reasons.joined(separator: ", "))
    }
  }

  /// The files as they are and as they are to be.
  func changes() throws(Unrepairable) -> [FileChange] {
    var contents: [String: [UInt8]?] = [:]
    for path in removed { contents[path] = .some(nil) }
    for path in Set(edits.keys).union(moves.keys).subtracting(removed) {
      let file = try files.bytes(of: path)
      guard let edited = (edits[path] ?? []).applied(to: file) else {
        throw Unrepairable("could not repair '\(path)': two changes concern the same place in it")
      }
      if let target = moves[path] {
        contents[path] = .some(nil)
        // The existing file already says it.
        if !files.holds(target) { contents[target] = edited }
      } else {
        contents[path] = edited
      }
    }
    for (path, bytes) in added { contents[path] = bytes }
    var changes: [FileChange] = []
    for (path, after) in contents.sorted(by: { $0.key < $1.key }) {
      let before = files.holds(path) ? try files.bytes(of: path) : nil
      if before != after { changes.append(FileChange(path: path, before: before, after: after)) }
    }
    return changes
  }
}
