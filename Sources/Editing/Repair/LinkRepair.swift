import Detection
import Platform
import Solution

/// Writes other names into the links of consumers, each at its place.
struct LinkRepair {
  let repair: RepairCase
  let renaming: Renaming
  private(set) var draft: Draft

  /// - Parameter isMeant: false for files that are to be left alone.
  mutating func run(where isMeant: (String) -> Bool = { _ in true }) throws(Unrepairable) {
    for path in repair.after.paths(saying: .links) where isMeant(path) {
      guard let role = repair.after.role(of: path) else { continue }
      let file = try repair.after.bytes(of: path)
      guard (renaming.unwanted + renaming.wanted).contains(where: { file.mayHold($0) }) else {
        continue
      }
      let sites: [NameSite]
      do throws(Unreadable) {
        sites = try NameSite.all(in: file, as: role)
      } catch {
        draft.note("'\(path)' was left as it is: it \(error.message)")
        continue
      }
      var edits: [ByteEdit] = []
      for site in sites {
        if case .link = site.kind, let name = respelled(site.name, in: path) {
          edits.append(site.renamed(to: name))
        }
        guard renaming.leaves(site.name) else { continue }
        switch site.kind {
        case .declaration, .member: continue
        case .link(let alias):
          edits.append(site.renamed(to: try name(for: site.name, alias: alias, in: path)))
        case .dependency where draft.dropsDependency(on: site.name, in: path): continue
        case .dependency:
          edits.append(site.renamed(to: try name(for: site.name, alias: nil, in: path)))
        }
      }
      guard !edits.isEmpty else { continue }
      draft.edit(path, edits, for: reason(path, role))
      if let wanted = renaming.wanted.first, let moved = path.renamed(renaming.unwanted, to: wanted)
      {
        draft.move(path, to: moved)
      }
    }
  }

  /// The spelling of a wanted name that a consumer of the finding uses in another letter case.
  private func respelled(_ name: LogicalName, in path: String) -> LogicalName? {
    guard repair.finding.consumers.contains(where: { $0.place.path == path }) else { return nil }
    return renaming.wanted.first { $0 == name && $0.spelling != name.spelling }
  }

  /// Which of the wanted names a link gets: the only one, or what the consumer named there before.
  private func name(
    for unwanted: LogicalName, alias: String?, in path: String
  ) throws(Unrepairable) -> LogicalName {
    if renaming.wanted.count == 1, let wanted = renaming.wanted.first { return wanted }
    let links = repair.comparison.consumers.filter { $0.after?.path == path }
      .flatMap { $0.before?.links ?? [] }
    let sameAlias = links.first { $0.alias == alias }?.reference
    if let sameAlias, renaming.wants(sameAlias) { return sameAlias }
    var named = Set(links.compactMap(\.reference)).filter(renaming.wants)
    if named.isEmpty {
      // What its own solution declares.
      let solutions = repair.comparison.after.instances.filter { instance in
        instance.consumers.contains { $0.path == path }
      }
      named = Set(renaming.wanted.filter { name in solutions.contains { $0.declares(name) } })
    }
    guard named.count == 1, let only = named.first else {
      throw Unrepairable(
        "could not repair '\(path)': \(unwanted.spelling) replaces several references, and the file "
          + "does not show for which of \(renaming.wanted.map(\.spelling).joined(separator: ", "))")
    }
    return only
  }

  private func reason(_ path: String, _ role: FileRole) -> String {
    switch role {
    case .manifest, .yamlMissingDependencies: return "missing dependencies"
    case .yamlComponents: return "the list of components"
    case .agentLinks: return "the agent's rows"
    default: break
    }
    let consumers = repair.comparison.after.instances.flatMap(\.consumers)
      .filter { $0.path == path }
    guard consumers.count == 1, let consumer = consumers.first else { return "links" }
    return "the link of '\(consumer.name)'"
  }

  /// Gives entries of flows that lost their name the name from before; under `name` where it is
  /// given.
  mutating func refill(
    _ consumers: [AffectedConsumer], as name: LogicalName?
  ) throws(Unrepairable) {
    for consumer in consumers where consumer.reference == nil {
      guard let pair = repair.pair(of: consumer), let source = pair.before?.path,
        !pair.emptied.isEmpty
      else { continue }
      let path = consumer.place.path
      // An app's file is XML, or names its data sources by keys that every export changes.
      guard consumer.kind != .app, consumer.kind != .codeApp else {
        throw Unrepairable(
          "could not repair '\(path)': the app's entry has no place for the name of a reference any more",
          hint: repair.finding.fix.first?.line)
      }
      guard consumer.kind != .agent else {
        throw Unrepairable(
          "could not repair '\(path)': the agent's action has no line for its reference any more",
          hint: "put the line connectionReference back where it was")
      }
      let (file, model) = (try repair.after.bytes(of: path), try repair.before.bytes(of: source))
      let aliases = pair.emptied.filter { renaming.wants($0.name) || renaming.leaves($0.name) }
        .map(\.link.alias)
      let edits = try readable(path) { () throws(Unreadable) in
        let (flow, former) = (try FlowReferences(file), try FlowReferences(model))
        return aliases.compactMap { flow.refilling($0, from: former, as: name) }
      }
      guard edits.count == aliases.count else {
        throw Unrepairable(
          "could not repair '\(path)': its entry has no place for the name of a reference any more")
      }
      draft.edit(path, edits, for: "the link of '\(consumer.name)'")
    }
  }
}

extension [UInt8] {
  /// False for a file that does not name the reference; true for UTF-16, which would have to be
  /// decoded first.
  func mayHold(_ name: LogicalName) -> Bool {
    if starts(with: [0xFF, 0xFE]) || starts(with: [0xFE, 0xFF]) { return true }
    let word = name.key.utf8
    // Of a name with other letters the case is not compared here: it is looked for by its syntax.
    guard word.count > 1, word.allSatisfy({ $0 < 0x80 }) else { return true }
    return holds(inAnyCase: name.key, span)
  }
}
