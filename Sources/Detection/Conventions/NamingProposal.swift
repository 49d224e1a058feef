import Solution

/// A logical name that follows the team's pattern, filled in for one reference.
struct NamingProposal {
  private let reference: Reference
  private let instance: Instance
  private let state: State
  /// In letters: longer names are cut off by forms and columns.
  private static let limit = 28
  /// Words that say nothing of a purpose.
  private static let fillers: Set<String> = [
    "a", "an", "and", "for", "from", "in", "of", "on", "the", "to", "when", "with", "flow", "cloud",
    "new", "connection", "reference", "shared",
  ]

  init(for reference: Reference, in instance: Instance, _ state: State) {
    self.reference = reference
    self.instance = instance
    self.state = state
  }

  /// `sales_ApproveOrder_SharePoint`; nil where the publisher's prefix is not known or nothing
  /// shows what the reference is for.
  var name: String? {
    let naming = state.conventions.naming
    guard let purpose else { return nil }
    let name = naming.example(
      publisher: instance.publisherPrefix, purpose: purpose, connector: reference.connector)
    // One that is taken would be a second reference of the name.
    return name.flatMap { name in
      let proposed = LogicalName(name)
      let isTaken = state.solutions.contains { $0.references.contains { $0.name == proposed } }
      let fits = naming.accepts(
        proposed, publisher: instance.publisherPrefix, connector: reference.connector)
      return isTaken || !fits ? nil : name
    }
  }

  /// The one of the team's purposes that the flows or the display name have; without a list of
  /// purposes what the flows have in common, else what the display name says apart from the
  /// connector.
  private var purpose: String? {
    let flows = state.solutions.flatMap(\.consumers).filter { consumer in
      consumer.links.contains { $0.reference == reference.name }
    }.map(\.name)
    let purposes = state.conventions.naming.purposes
    if !purposes.isEmpty {
      let text = (flows + [reference.displayName ?? ""]).joined(separator: " ").lowercased()
      return purposes.first { text.contains($0.lowercased()) }
    }
    guard let first = flows.first else { return Self.joined(titleWords) }
    let common = flows.dropFirst().reduce(Self.words(in: first)) { words, name in
      let others = Set(Self.words(in: name).map { $0.lowercased() })
      return words.filter { others.contains($0.lowercased()) }
    }
    return Self.joined(common) ?? Self.joined(titleWords)
  }

  /// Of the display name, without the words for the connector.
  private var titleWords: [String] {
    guard let title = reference.displayName else { return [] }
    let connector = reference.connector.flatMap { state.conventions.naming.words(for: $0) } ?? []
    let known = Set((connector + [reference.connector?.name ?? ""]).map { $0.lowercased() })
    return Self.words(in: title).filter { word in
      !known.contains { $0.contains(word.lowercased()) }
    }
  }

  /// Each begins with a capital; any other sign than an ASCII letter or digit separates words.
  private static func words(in text: String) -> [String] {
    text.split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
      .filter { !fillers.contains($0.lowercased()) && !$0.allSatisfy(\.isNumber) }
      .map { $0.prefix(1).uppercased() + $0.dropFirst() }
  }

  private static func joined(_ words: [String]) -> String? {
    var name = ""
    for word in words.prefix(3) where name.count + word.count <= limit { name += word }
    return name.count > 2 ? name : nil
  }
}
