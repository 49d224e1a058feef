package import Solution

/// How a team names new references: `{publisher}_{purpose}_{connector}` unless it says otherwise.
package struct NamingConvention: Sendable, Hashable {
  /// A piece of a pattern.
  package enum Piece: Sendable, Hashable {
    case text(String)
    /// The prefix of the solution's publisher.
    case publisher
    /// Letters and digits, in several words with `_` between them; one of `purposes` where there are any.
    case purpose
    /// A word for the reference's connector.
    case connector
  }

  package static let standardPattern = "{publisher}_{purpose}_{connector}"

  /// As the user wrote it.
  package let pattern: String
  package let pieces: [Piece]
  /// Allowed purposes; empty for any word.
  package var purposes: [String]
  /// The words for each connector, by its internal id in lower case; they precede the built-in
  /// ones.
  package var connectors: [String: [String]]
  /// False for the pattern that holds where no team has chosen one.
  package let isConfigured: Bool

  package init() {
    isConfigured = false
    pattern = Self.standardPattern
    pieces = [.publisher, .text("_"), .purpose, .text("_"), .connector]
    purposes = []
    connectors = [:]
  }

  /// Nil where braces do not match, a part is unknown, or no part of `{publisher}`, `{purpose}` and
  /// `{connector}` is in it.
  package init?(pattern: String, purposes: [String] = [], connectors: [String: [String]] = [:]) {
    var pieces: [Piece] = []
    var rest = pattern[...]
    while let first = rest.first {
      if first == "{" {
        guard let end = rest.firstIndex(of: "}") else { return nil }
        switch rest[rest.index(after: rest.startIndex)..<end] {
        case "publisher": pieces.append(.publisher)
        case "purpose": pieces.append(.purpose)
        case "connector": pieces.append(.connector)
        default: return nil
        }
        rest = rest[rest.index(after: end)...]
      } else {
        let end = rest.firstIndex(of: "{") ?? rest.endIndex
        let text = String(rest[..<end])
        guard !text.contains("}") else { return nil }
        pieces.append(.text(text))
        rest = rest[end...]
      }
    }
    guard pieces.contains(where: { if case .text = $0 { false } else { true } }) else { return nil }
    isConfigured = true
    self.pattern = pattern
    self.pieces = pieces
    self.purposes = purposes
    self.connectors = connectors
  }

  /// True when `name` follows the pattern, letter case aside.
  ///
  /// - Parameters:
  ///   - publisher: the prefix of the solution's publisher; nil where it is not known, then any prefix
  ///     will do.
  ///   - connector: nil where it is not known, then any word will do.
  package func accepts(
    _ name: LogicalName, publisher: String?, connector: Connector?
  ) -> Bool {
    // Every end that the pieces so far can have in the name: no way is walked twice.
    var ends: Set<Int> = [0]
    let characters = Array(name.key)
    for piece in pieces {
      var next: Set<Int> = []
      for start in ends {
        let words = words(for: piece, publisher: publisher, connector: connector)
        if let words {
          for word in words where characters[start...].starts(with: word.lowercased()) {
            next.insert(start + word.count)
          }
        } else {
          next.formUnion(runs(in: characters, from: start, severalWords: piece == .purpose))
        }
      }
      ends = next
    }
    return ends.contains(characters.count)
  }

  /// Every end of a run of letters and digits that begins at `start`; of several words, each may follow
  /// one `_`.
  private func runs(
    in characters: [Character], from start: Int, severalWords: Bool
  ) -> [Int] {
    var ends: [Int] = []
    var end = start
    while end < characters.count {
      let isWord = characters[end].isLetter || characters[end].isNumber
      guard isWord || (severalWords && characters[end] == "_" && ends.last == end) else { break }
      end += 1
      if isWord { ends.append(end) }
    }
    return ends
  }

  /// The faults of a name that is not accepted, a phrase for each part; empty where no single part
  /// can be named. The parameters are those of `accepts`.
  package func faults(
    of name: LogicalName, publisher: String?, connector: Connector?
  ) -> [String] {
    var faults: [String] = []
    if pieces.contains(.publisher), let publisher, !publisher.isEmpty {
      let isFirst = pieces.first == .publisher
      let isThere =
        isFirst
        ? name.key.hasPrefix(publisher.lowercased()) : name.key.contains(publisher.lowercased())
      if !isThere { faults.append("the publisher's prefix '\(publisher)' is missing") }
    }
    if pieces.contains(.connector), let words = connector.flatMap({ words(for: $0) }),
      let word = words.first
    {
      let isLast = pieces.last == .connector
      let isThere = words.map { $0.lowercased() }.contains {
        isLast ? name.key.hasSuffix($0) : name.key.contains($0)
      }
      if !isThere {
        faults.append("the connector '\(word)' is missing\(isLast ? " at the end" : "")")
      }
    }
    if faults.isEmpty, pieces.contains(.purpose) {
      faults.append(
        purposes.isEmpty
          ? "the purpose is missing"
          : "the purpose is none of \(purposes.joined(separator: ", "))")
    }
    return faults
  }

  /// The words that a piece may be; nil for any run of letters and digits.
  private func words(
    for piece: Piece, publisher: String?, connector: Connector?
  ) -> [String]? {
    switch piece {
    case .text(let text): return [text]
    case .publisher: return publisher.map { [$0] }
    case .purpose: return purposes.isEmpty ? nil : purposes
    case .connector: return connector.flatMap { words(for: $0) }
    }
  }

  /// The words for a connector, the team's before the built-in ones; nil where any will do: a
  /// custom connector's name says little.
  package func words(for connector: Connector) -> [String]? {
    let id = connector.stableName
    if let own = connectors[id] { return own + (ConnectorWords.standard[id] ?? []) }
    if let known = ConnectorWords.standard[id] { return known }
    guard connector.customID == nil, id == connector.name.lowercased(), id.hasPrefix("shared_")
    else { return nil }
    return [String(id.dropFirst("shared_".count))]
  }

  /// A name that would follow the pattern; nil where the publisher's prefix is not known.
  package func example(publisher: String?, purpose: String, connector: Connector?) -> String? {
    var name = ""
    for piece in pieces {
      switch piece {
      case .text(let text): name += text
      case .publisher:
        guard let publisher else { return nil }
        name += publisher
      case .purpose: name += purpose
      case .connector: name += connector.flatMap { words(for: $0)?.first } ?? "Connector"
      }
    }
    return name
  }
}
