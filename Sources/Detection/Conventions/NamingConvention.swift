package import Solution

/// How a team names new references: `{publisher}_{purpose}_{connector}` unless it says otherwise.
package struct NamingConvention: Sendable, Hashable {
  /// A piece of a pattern.
  package enum Piece: Sendable, Hashable {
    case text(String)
    /// The prefix of the solution's publisher.
    case publisher
    /// Letters and digits; one of `purposes` where there are any.
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
  /// The words for each connector, by its internal id in lower case; they come before the built-in ones.
  package var connectors: [String: [String]]

  package init() {
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
          var end = start
          while end < characters.count, characters[end].isLetter || characters[end].isNumber {
            end += 1
            next.insert(end)
          }
        }
      }
      ends = next
    }
    return ends.contains(characters.count)
  }

  /// What a piece may be; nil for any run of letters and digits.
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

  /// The words that stand for a connector, the team's before the built-in ones; nil where any will do:
  /// a custom connector's name says little.
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
      case .purpose: name += purposes.first ?? purpose
      case .connector: name += connector.flatMap { words(for: $0)?.first } ?? "Connector"
      }
    }
    return name
  }
}
