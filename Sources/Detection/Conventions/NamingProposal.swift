import Solution

/// A reference whose name should be another one.
struct MisnamedReference {
  let reference: Reference
  let instance: Instance
  /// True where the change adds it.
  let isNew: Bool
  /// Nil where no name can be proposed.
  let proposal: String?
}

extension State {
  /// The references to judge that `isMisnamed` is true for.
  func misnamed(_ isMisnamed: (Reference, Instance) -> Bool) -> [MisnamedReference] {
    let found = parts.flatMap { part in
      part.instance.references.compactMap { reference -> (Reference, Instance, isNew: Bool)? in
        guard let isNew = isNew(reference), isMisnamed(reference, part.instance) else { return nil }
        return (reference, part.instance, isNew)
      }
    }
    guard !found.isEmpty else { return [] }
    let context = NamingContext(for: Set(found.map(\.0.name)), in: self)
    return found.map { reference, instance, isNew in
      MisnamedReference(
        reference: reference, instance: instance, isNew: isNew,
        proposal: NamingProposal(for: reference, in: instance, context).name)
    }
  }
}

/// Facts about all solutions of a revision that name proposals need.
private struct NamingContext {
  fileprivate let naming: NamingConvention
  /// Every name that is declared.
  fileprivate let taken: Set<LogicalName>
  /// The names of the flows, agents and apps that use a reference, in order.
  fileprivate let users: [LogicalName: [String]]

  /// - Parameter names: the references that names are proposed for.
  init(for names: Set<LogicalName>, in state: State) {
    naming = state.conventions.naming
    taken = Set(state.solutions.lazy.flatMap(\.references).map(\.name))
    var users: [LogicalName: [String]] = [:]
    for consumer in state.solutions.lazy.flatMap(\.consumers) {
      for name in Set(consumer.links.compactMap(\.reference)) where names.contains(name) {
        users[name, default: []].append(consumer.name)
      }
    }
    self.users = users
  }
}

/// A logical name that follows the team's pattern, filled in for one reference.
private struct NamingProposal {
  private let reference: Reference
  private let instance: Instance
  private let context: NamingContext
  /// In letters: longer names are cut off by forms and columns.
  private static let limit = 28
  /// Words that say nothing of a purpose.
  private static let fillers: Set<String> = [
    "a", "an", "and", "for", "from", "in", "of", "on", "the", "to", "when", "with", "flow", "cloud",
    "new", "connection", "reference", "shared", "microsoft",
  ]
  /// Words that flows are named by, and that say what a flow does, not what a connection is for.
  private static let verbs: Set<String> = [
    "add", "approve", "archive", "assign", "call", "check", "close", "complete", "copy", "create",
    "delete", "export", "fetch", "fill", "find", "get", "handle", "import", "insert", "list",
    "load", "log", "make", "monitor", "move", "notify", "open", "post", "process", "publish",
    "read", "receive", "refresh", "reject", "remind", "remove", "reset", "run", "save", "send",
    "set", "start", "stop", "submit", "sync", "test", "trigger", "update", "upload", "validate",
    "write",
  ]

  init(for reference: Reference, in instance: Instance, _ context: NamingContext) {
    self.reference = reference
    self.instance = instance
    self.context = context
  }

  /// `sales_ApproveOrder_SharePoint`; nil where the publisher's prefix is not known or nothing
  /// shows what the reference is for.
  var name: String? {
    let naming = context.naming
    guard let purpose else { return nil }
    let name = naming.example(
      publisher: instance.publisherPrefix, purpose: purpose, connector: reference.connector)
    // One that is taken would be a second reference of the name.
    return name.flatMap { name in
      let proposed = LogicalName(name)
      let isTaken = context.taken.contains(proposed)
      let fits = naming.accepts(
        proposed, publisher: instance.publisherPrefix, connector: reference.connector)
      return isTaken || !fits ? nil : name
    }
  }

  /// The one of the team's purposes that the flows or the display name have; without a list of
  /// purposes the one word that the flows have in common, unless it may be a verb, else what the
  /// display name says apart from the connector.
  private var purpose: String? {
    let flows = context.users[reference.name] ?? []
    let purposes = context.naming.purposes
    if !purposes.isEmpty {
      let text = (flows + [reference.displayName ?? ""]).joined(separator: " ").lowercased()
      return purposes.first { text.contains($0.lowercased()) }
    }
    guard let first = flows.first else { return Self.joined(titleWords) }
    let common = flows.dropFirst().reduce(Self.words(in: first)) { words, name in
      let others = Set(Self.words(in: name).map { $0.lowercased() })
      return words.filter { others.contains($0.lowercased()) }
    }
    return common.first { common.count == 1 && Self.isNoun($0) }.flatMap { Self.joined([$0]) }
      ?? Self.joined(titleWords)
  }

  /// Of the display name, without the words for the connector and the random tail that the maker portal
  /// appends: `SharePoint Sales-a1b2c`.
  private var titleWords: [String] {
    guard var title = reference.displayName?[...] else { return [] }
    if let dash = title.lastIndex(of: "-"),
      LogicalName("x_\(title[title.index(after: dash)...])").randomSuffix != nil
    {
      title = title[..<dash]
    }
    let connector = reference.connector.flatMap { context.naming.words(for: $0) } ?? []
    let known = Set((connector + [reference.connector?.name ?? ""]).map { $0.lowercased() })
    return Self.words(in: String(title)).filter { word in
      !known.contains { $0.contains(word.lowercased()) }
    }
  }

  /// Each begins with a capital; any other sign than an ASCII letter or digit separates words.
  private static func words(in text: String) -> [String] {
    text.split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
      .filter { !fillers.contains($0.lowercased()) && !$0.allSatisfy(\.isNumber) }
      .map { $0.prefix(1).uppercased() + $0.dropFirst() }
  }

  /// False for a verb, and for words that are joined: `CreateComplaint`.
  private static func isNoun(_ word: String) -> Bool {
    !verbs.contains(word.lowercased()) && !word.dropFirst().contains(where: \.isUppercase)
  }

  private static func joined(_ words: [String]) -> String? {
    var name = ""
    for word in words.prefix(3) where name.count + word.count <= limit { name += word }
    return name.count > 2 ? name : nil
  }
}
