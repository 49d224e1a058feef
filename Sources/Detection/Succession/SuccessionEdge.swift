import Solution

/// One reference that went beside one of the same connector that came, and what speaks for holding
/// them to be the same.
struct SuccessionEdge: Sendable {
  let gone: Reference
  let come: Reference
  /// Consumers that named the one and now name the other, as they are now.
  let moved: [Consumer]
  /// The earlier commit that moved the first of them that did not move in this change; nil where all
  /// did.
  let earlierCommit: String?
  /// False where each consumer that moved has a better match by alias.
  let isDirect: Bool
  /// Consumers on both sides that named what went.
  let survivors: [ConsumerPair]

  var isSameDisplayName: Bool {
    guard let left = gone.displayName, let right = come.displayName else { return false }
    // A name that an agent made is its own display name, so an equal one cannot be.
    let suffixes = [gone.name.randomSuffix, come.name.randomSuffix].compactMap { $0 }
    func plain(_ text: String) -> String {
      var text = text.lowercased().trimmed
      for suffix in suffixes where text.hasSuffix("-" + suffix) {
        text.removeLast(suffix.count + 1)
        text = text.trimmed
        break
      }
      return text
    }
    let leftPlain = left.lowercased().trimmed
    let rightPlain = right.lowercased().trimmed
    if leftPlain.isEmpty || rightPlain.isEmpty { return false }
    return leftPlain == rightPlain || plain(left) == plain(right)
  }

  /// Equal prefix and stem, another random suffix; or an agent's reference whose connection alone is
  /// another.
  var isSameStem: Bool {
    if gone.name.isAgentMade || come.name.isAgentMade {
      guard gone.name.isAgentMade, come.name.isAgentMade else { return false }
      return gone.name.withoutLastDottedPart == come.name.withoutLastDottedPart
    }
    guard let left = gone.name.randomSuffix, let right = come.name.randomSuffix else {
      return false
    }
    return left != right && gone.name.prefix == come.name.prefix && gone.name.stem == come.name.stem
  }

  /// The cause of a re-creation that nobody meant: an agent names its references for their connections,
  /// `<agent>.shared_<connector>.<connection id>`, so a connection made again renames the reference.
  var isOtherConnection: Bool {
    isSameStem && gone.name.namesConnection && come.name.namesConnection
  }

  /// Equal stem, another publisher's prefix.
  var isOtherPrefix: Bool {
    !gone.name.isAgentMade && gone.name.prefix != come.name.prefix
      && gone.name.stem == come.name.stem
  }

  /// What went had consumers that stayed, and they took another of the connector: it has that heir.
  var isContradicted: Bool {
    moved.isEmpty
      && survivors.contains { pair in
        pair.after?.links.contains { link in
          guard let name = link.reference, name != come.name else { return false }
          return link.connector.map { $0.isSame(as: come.connector ?? $0) } ?? false
        } ?? false
      }
  }

  /// Nobody named what went, so no consumer can say where it went.
  let isUnused: Bool

  /// Larger speaks louder; consumers first, then the display name, then the stem.
  var weight: Int {
    (isSameDisplayName ? 1000 : 0) + (isSameStem ? 500 : 0) + (isDirect ? 200 : 0)
      + min(moved.count, 199)
  }
}

extension LogicalName {
  /// Of a name that an agent made: the agent, as which the name begins.
  var agent: Substring? {
    isAgentMade ? key.prefix { $0 != "." } : nil
  }

  /// An agent that was copied or renamed has references of its own: what came with the copy is no heir
  /// of what the first one had.
  func isAnotherAgents(than other: LogicalName) -> Bool {
    guard let agent, let otherAgent = other.agent else { return false }
    return agent != otherAgent
  }

  /// The last part is a connection's id: 32 digits, a GUID, or `shared-<connector>-<GUID>`.
  var namesConnection: Bool {
    guard isAgentMade, let dot = key.lastIndex(of: ".") else { return false }
    let tail = key[key.index(after: dot)...]
    let digits = tail.split(separator: "-").suffix(5).joined()
    return digits.utf8.count == 32 && digits.allSatisfy(\.isHexDigit)
  }

  /// Of a name that an agent made: all but the last part, which is the connection's id.
  var withoutLastDottedPart: Substring {
    guard let dot = key.lastIndex(of: ".") else { return key[...] }
    return key[..<dot]
  }
}

extension String {
  /// Without outer white space: a trailing space in a display name is no difference.
  var trimmed: String {
    var rest = self[...]
    while let first = rest.first, first.isWhitespace { rest = rest.dropFirst() }
    while let last = rest.last, last.isWhitespace { rest = rest.dropLast() }
    return String(rest)
  }
}
