package import Solution

/// The solutions that each settings file belongs to, for rules, `settings check` and `settings
/// sync`.
///
/// A solution's files are those that the configuration gives it, those that bind a name that it
/// declares or declared in an earlier revision, and those that bind a name that its consumers use or
/// used. Only a solution with none of these gets the nearest files. A file whose rows are
/// all out of date still belongs to the solution that declared them, and one that lost its rows to those
/// that it bound.
package struct SettingsOwners: Sendable {
  /// Why a file is a solution's, the weakest reason first.
  enum Claim: Comparable, Sendable {
    /// The solution has no file of its own, and none is nearer.
    case nearest
    /// It binds a name that consumers of the solution use or used.
    case used
    /// It binds a name that the solution declares or declared.
    case declared
    case configured
  }

  /// Every solution that a file belongs to, with the reason.
  typealias Claims = [String: Claim]

  /// The names that the rows of a file bind, and the words in their tokens.
  private struct FileRows: Sendable {
    let names: Set<LogicalName>
    let tokens: Set<LogicalName>

    init(_ rows: [SettingsRow]) {
      names = Set(rows.map(\.reference))
      tokens = Set(rows.flatMap(\.namesInToken))
    }
  }

  private struct Anchor: Hashable {
    let path: String
    let solution: String
  }

  private let solutions: [String: [Instance]]
  private let settings: [SettingsFile]
  /// By position in `settings`; filled when they are needed.
  private let fileRows = SharedTable<Int, FileRows>()
  private let anchors = SharedTable<Anchor, Int?>()
  private let names: BoundNames
  private let environments: [TargetEnvironment]
  /// By path, without what is used or nearest.
  private var strong: [String: Claims] = [:]
  /// The paths of the files with a strong claim, by solution.
  private var own: [String: Set<String>] = [:]
  private var all: [String: Claims] = [:]
  /// Solutions that declare references and have no file by its rows or by the configuration.
  private var withoutFile: Set<String> = []
  /// Solutions with rows in a file to which another solution has the stronger claim.
  private var guests: Set<String> = []

  /// - Parameters:
  ///   - solutions: without committed builds and cloned agents beside one.
  ///   - former: what earlier revisions declared and used.
  init(
    _ solutions: [Instance], settings: [SettingsFile], conventions: Conventions,
    former: FormerNames
  ) {
    self.solutions = Dictionary(grouping: solutions) { $0.solutionKey }
    self.settings = settings
    environments = conventions.environments
    let bound = settings.flatMap { $0.rows.map(\.reference) } + former.bound.values.joined()
    names = BoundNames(Set(bound), in: solutions, former: former)
    claim(settings, former.bound)
  }

  /// Solutions that no file belongs to yet, and names in rows that no solution of this revision
  /// declares or uses: an earlier revision may have the answer.
  package struct Questions: Sendable {
    package var names: Set<LogicalName>
    package var solutions: Set<String>
    fileprivate let bound: Set<LogicalName>

    package var isEmpty: Bool { names.isEmpty && solutions.isEmpty }

    /// Takes out what earlier revisions answer.
    package mutating func remove(answeredBy former: FormerNames) {
      names = names.filter { former.declared[$0] == nil }
      for name in bound where !solutions.isEmpty {
        solutions.subtract(former.declared[name] ?? [])
        solutions.subtract(former.used[name] ?? [])
      }
    }
  }

  package var questions: Questions {
    let claimed = all.values.reduce(into: Set<String>()) { result, claims in
      result.formUnion(claims.filter { $0.value != .nearest }.keys)
    }
    return Questions(
      names: names.unknown,
      solutions: Set(declaring.keys).subtracting(claimed).subtracting(guests), bound: names.names)
  }

  /// Why the file is the solution's; nil where it is not. Of several copies of the solution it is for
  /// those that are nearest.
  func claim(of instance: Instance, on path: String) -> Claim? {
    let key = instance.solutionKey
    guard let claim = all[path]?[key], isNearest(instance, to: path, of: solutions[key] ?? [])
    else { return nil }
    return claim
  }

  /// The solutions of a list of rows in the file at `path`, which need not be there yet; without those
  /// that are only nearest.
  func owners(ofRows rows: Set<LogicalName>, at path: String) -> [Instance] {
    var claims = declaredClaims(rows, at: path)
    for solution in configured(at: path, beside: []) { claims[solution] = .configured }
    claims = claims.merging(usedClaims(rows, at: path, given: claims)) { first, _ in first }
    claims = claims.merging(outOfDateClaims(rows, given: claims)) { first, _ in first }
    return claims.keys.sorted().flatMap { key in
      let copies = solutions[key] ?? []
      return copies.filter { isNearest($0, to: path, of: copies) }
    }
  }

  /// True where the file is a solution's by better proof than being the nearest.
  package func belongsToOne(_ path: String) -> Bool {
    all[path]?.values.contains { $0 > .nearest } ?? false
  }

  /// True where the solution has a file by its declarations or by the configuration.
  func hasFile(_ instance: Instance) -> Bool {
    own[instance.solutionKey]?.isEmpty == false
  }

  /// True where the configuration gives the file to a solution.
  func isGiven(_ path: String) -> Bool { all[path]?.values.contains(.configured) ?? false }

  /// The names that a file is to bind because a solution that it belongs to has them: what it is given to
  /// by the configuration, or named after, before all others.
  func names(
    boundIn path: String, of names: [LogicalName], hadBy holders: (LogicalName) -> [Instance]
  ) -> [LogicalName] {
    let claims = names.map { name in
      holders(name).compactMap { instance in
        claim(of: instance, on: path).map { (instance.solutionKey, $0) }
      }.filter { $0.1 > .nearest }
    }
    let isGiven = isGiven(path)
    let owners = Set(claims.joined().filter { !isGiven || $0.1 == .configured }.map(\.0))
      .called(in: path)
    return zip(names, claims).filter { $0.1.contains { owners.contains($0.0) } }.map(\.0)
  }

  /// Rows that the files of the solution lack. A file with a row for a predecessor is not among them:
  /// that row is to be renamed.
  func missingRows(
    for name: LogicalName, of instance: Instance, predecessors: Set<LogicalName>
  ) -> [AffectedRow] {
    settings.indices.compactMap { number in
      let file = settings[number]
      guard let claim = claim(of: instance, on: file.path), claim != .nearest else { return nil }
      let rows = rows(ofFile: number)
      guard !rows.names.contains(name), rows.names.isDisjoint(with: predecessors),
        rows.tokens.isDisjoint(with: predecessors)
      else { return nil }
      return AffectedRow(
        place: Place(path: file.path, line: anchor(for: instance, in: file)), reference: name,
        state: .missing)
    }
  }

  /// The line of the row beside which another one of the solution belongs.
  func anchor(for instance: Instance, in file: SettingsFile) -> Int {
    let solution = instance.solutionKey
    let own = anchors.change(Anchor(path: file.path, solution: solution)) { known -> Int? in
      if let known { return known }
      let row = file.rows.last { names.holders[$0.reference]?.contains(solution) ?? false }
      known = .some(row?.line)
      return row?.line
    }
    return own ?? file.rows.last?.line ?? 1
  }

  private func rows(ofFile number: Int) -> FileRows {
    fileRows.change(number) { known in
      let rows = known ?? FileRows(settings[number].rows)
      known = rows
      return rows
    }
  }

  private var declaring: [String: [Instance]] {
    solutions.filter { $0.value.contains { $0.references.contains { !$0.isStub } } }
  }

  /// - Parameter former: what a file bound once shows whose it is as well.
  private mutating func claim(
    _ settings: [SettingsFile], _ former: [String: Set<LogicalName>]
  ) {
    // In a history nearly every comparison has none.
    guard !settings.isEmpty else { return }
    var rows = settings.boundNames
    for (path, names) in former { rows[path]?.formUnion(names) }
    for (path, names) in rows { strong[path] = declaredClaims(names, at: path) }
    guests = rows.values.reduce(into: []) { guests, rows in
      for name in rows { guests.formUnion(names.definers[name] ?? []) }
    }
    let byRows = strong
    for path in rows.keys {
      for solution in configured(at: path, beside: rows.keys.filter { $0 != path }, byRows) {
        strong[path, default: [:]][solution] = .configured
      }
    }
    let hasOneWithoutFile =
      declaring.count == 1
      && strong.values.allSatisfy { $0.keys.allSatisfy { declaring[$0] == nil } }
    for (path, names) in rows
    where (names.isEmpty || hasOneWithoutFile) && strong[path]?.isEmpty ?? true {
      guard environments.contains(where: { $0.solutions.isEmpty && $0.claims(path) }) else {
        continue
      }
      // The configuration names the file, and it has no row or only one solution can own it.
      for solution in nearest(Set(declaring.keys), to: path) {
        strong[path, default: [:]][solution] = .configured
      }
    }
    for (path, claims) in strong {
      for solution in claims.keys { own[solution, default: []].insert(path) }
    }
    all = strong
    for (path, names) in rows {
      let used = usedClaims(names, at: path, given: strong[path] ?? [:])
      all[path, default: [:]].merge(used) { first, _ in first }
    }
    withoutFile = Set(declaring.keys).subtracting(all.values.flatMap(\.keys)).subtracting(guests)
    for (path, names) in rows {
      let late = outOfDateClaims(names, given: strong[path] ?? [:])
      all[path, default: [:]].merge(late) { first, _ in first }
    }
    claimNearest(Array(rows.keys))
  }

  /// Where every row of a file is out of date, a solution without a file of its own is bound there, if consumers of
  /// the file's solution use its references: the flows moved to it, and no row follows yet.
  private func outOfDateClaims(_ rows: Set<LogicalName>, given claims: Claims) -> Claims {
    guard !withoutFile.isEmpty, !rows.isEmpty, rows.isSubset(of: names.outOfDate) else {
      return [:]
    }
    let owners = claims.keys.flatMap { solutions[$0] ?? [] }
    let used = Set(owners.flatMap(\.consumers).flatMap(\.links).compactMap(\.reference))
    let found = withoutFile.filter { solution in
      (solutions[solution] ?? []).contains { instance in
        instance.references.contains { !$0.isStub && used.contains($0.name) }
      }
    }
    return Dictionary(uniqueKeysWithValues: found.map { ($0, .used) })
  }

  /// A name that one solution alone declares is proof; a name that several have in common proves
  /// nothing where one of those is proven already.
  private func declaredClaims(_ rows: Set<LogicalName>, at path: String) -> Claims {
    var holders: [LogicalName: Set<String>] = [:]
    for name in rows {
      guard let found = names.holders[name] else { continue }
      holders[name] = found.count == 1 ? found : nearest(found, to: path)
    }
    let proven = Set(holders.values.filter { $0.count == 1 }.joined())
    let likely = holders.filter { $0.value.isDisjoint(with: proven) }
      .flatMap { name, holders in
        let definers = holders.intersection(names.definers[name] ?? [])
        return definers.isEmpty ? holders : definers
      }
    let owners = proven.union(likely).called(in: path)
    return Dictionary(uniqueKeysWithValues: owners.map { ($0, .declared) })
  }

  /// A file that another solution has for its own is left to that one, unless this solution has none,
  /// or shares its own with it.
  private func usedClaims(
    _ rows: Set<LogicalName>, at path: String, given claims: Claims
  ) -> Claims {
    let users = rows.reduce(into: Set<String>()) { $0.formUnion(names.users[$1] ?? []) }
      .filter { claims[$0] == nil }
    guard !users.isEmpty else { return [:] }
    let titled = Set(solutions.keys).called(in: path)
    let isTitled = titled.count < solutions.count
    let owners = Set(claims.keys)
    let accepted = users.filter { user in
      guard let files = own[user], !files.isEmpty else { return true }
      guard !isTitled || titled.contains(user) else { return false }
      return files.contains { !owners.isDisjoint(with: (strong[$0] ?? [:]).keys) }
    }
    return Dictionary(uniqueKeysWithValues: accepted.map { ($0, .used) })
  }

  /// By the configuration. Of several files of an environment that serves the solution it is the one
  /// that binds it; all of them where none does.
  private func configured(
    at path: String, beside others: [String], _ claims: [String: Claims] = [:]
  ) -> [String] {
    environments.filter { !$0.solutions.isEmpty && $0.claims(path) }.flatMap { environment in
      let files = others.filter(environment.claims)
      return solutions.keys.filter { solution in
        environment.solutions.contains { $0.matchesIgnoringCase(solution) }
          && (claims[path]?[solution] != nil || !files.contains { claims[$0]?[solution] != nil })
      }
    }
  }

  private mutating func claimNearest(_ paths: [String]) {
    let claimed = Set(all.values.flatMap(\.keys))
    let depths = solutions.values.joined().map { $0.folder }
    for solution in withoutFile.subtracting(claimed) {
      for instance in solutions[solution] ?? [] {
        let reach = paths.map { commonFolders($0, instance.folder) }
        guard let nearest = reach.max() else { continue }
        for (path, depth) in zip(paths, reach)
        where depth == nearest && depths.allSatisfy({ commonFolders(path, $0) <= depth }) {
          all[path, default: [:]][solution] = .nearest
        }
      }
    }
  }

  private func nearest(_ names: Set<String>, to path: String) -> Set<String> {
    let depths = names.map { name in
      (name, (solutions[name] ?? []).map { commonFolders(path, $0.folder) }.max() ?? 0)
    }
    let most = depths.map(\.1).max()
    return Set(depths.filter { $0.1 == most }.map(\.0))
  }

  private func isNearest(_ instance: Instance, to path: String, of copies: [Instance]) -> Bool {
    guard copies.count > 1 else { return true }
    let own = commonFolders(path, instance.folder)
    return copies.allSatisfy { commonFolders(path, $0.folder) <= own }
  }
}

extension [SettingsFile] {
  /// The references that each file has rows for, by path.
  var boundNames: [String: Set<LogicalName>] {
    Dictionary(
      map { ($0.path, Set($0.rows.map(\.reference))) }, uniquingKeysWith: { $0.union($1) })
  }
}

/// How many folders a file and a folder have in common, from the root.
func commonFolders(_ path: String, _ folder: String) -> Int {
  zip(path.split(separator: "/").dropLast(), folder.split(separator: "/")).prefix { $0 == $1 }
    .count
}

/// The solutions that declare and that use the names in rows; solutions by unique name in lower
/// case.
private struct BoundNames: Sendable {
  let names: Set<LogicalName>
  /// Those that declare it now, in full or as a stub; where none does, those that did.
  private(set) var holders: [LogicalName: Set<String>] = [:]
  /// Those that declare it now in full.
  private(set) var definers: [LogicalName: Set<String>] = [:]
  private(set) var users: [LogicalName: Set<String>] = [:]
  /// Names that this revision neither declares nor uses.
  let outOfDate: Set<LogicalName>
  /// Those of them that no earlier revision, as far as any was read, declared.
  let unknown: Set<LogicalName>

  init(_ names: Set<LogicalName>, in solutions: [Instance], former: FormerNames) {
    self.names = names
    guard !names.isEmpty else {
      outOfDate = []
      unknown = []
      return
    }
    let known = Set(solutions.map(\.solutionKey))
    for instance in solutions {
      let solution = instance.solutionKey
      for reference in instance.references where names.contains(reference.name) {
        holders[reference.name, default: []].insert(solution)
        if !reference.isStub { definers[reference.name, default: []].insert(solution) }
      }
      for consumer in instance.consumers {
        for link in consumer.links {
          // Its own names count as declarations.
          guard let name = link.reference, names.contains(name), !instance.declares(name) else {
            continue
          }
          users[name, default: []].insert(solution)
        }
      }
    }
    let (declared, used) = (holders, users)
    outOfDate = names.filter { declared[$0] == nil && used[$0] == nil }
    unknown = outOfDate.filter { former.declared[$0] == nil }
    for name in names {
      if holders[name] == nil, let former = former.declared[name]?.intersection(known),
        !former.isEmpty
      {
        holders[name] = former
      }
      let former = (former.used[name] ?? []).intersection(known)
        .subtracting(holders[name] ?? [])
      if !former.isEmpty { users[name, default: []].formUnion(former) }
    }
  }
}

extension Set<String> {
  /// The names of solutions, in lower case, that the name of a file holds, `Sales-prod.json`; all where it
  /// holds none.
  func called(in path: String) -> Set<String> {
    let file = path.split(separator: "/").last?.lowercased() ?? ""
    let titled = filter { $0.count > 3 && file.contains($0) }
    let longest = titled.map(\.count).max()
    return titled.isEmpty ? self : titled.filter { $0.count == longest }
  }
}
