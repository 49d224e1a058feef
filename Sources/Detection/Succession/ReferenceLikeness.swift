import Solution

/// The properties of a reference that pairing compares, computed once.
struct ReferenceTraits: Sendable {
  let reference: Reference
  let connector: Connector?
  /// As written, without outer white space and letter case; nil where it says no more than the logical
  /// name: forms without display names, and names that an agent made.
  let displayName: String?
  /// The same without the random suffix that the portal appends.
  let plainDisplayName: String?

  init(_ reference: Reference, connector: Connector?) {
    self.reference = reference
    self.connector = connector
    let text = reference.displayName?.lowercased().trimmingSpace
    displayName = text.flatMap { $0.isEmpty || $0 == reference.name.key ? nil : $0 }
    plainDisplayName = displayName?.without(suffixes: [reference.name.randomSuffix])
  }

  var name: LogicalName { reference.name }

  /// The name without its random part; nil for a chosen name.
  var family: Substring? {
    if name.isAgentMade { return name.withoutLastDottedPart }
    return name.randomSuffix.map { name.key[..<$0.startIndex] }
  }

  /// References of one connector have one of these in common; none where no file states the connector.
  var connectorKeys: [String] { connector?.keys ?? [] }

  /// Two references of which one can be the other re-created have one of these in common.
  var titles: [String] {
    guard let displayName, let plainDisplayName else { return family.map { ["." + $0] } ?? [] }
    return displayName == plainDisplayName
      ? [" " + displayName] : [" " + displayName, " " + plainDisplayName]
  }

  /// The same, and the display name without a tail that is the suffix of another reference: what was
  /// re-created may have kept the suffix of the one before it, or have it in the display name alone.
  func titles(withoutAnyOf suffixes: Set<Substring>) -> [String] {
    guard let displayName, let dash = displayName.lastIndex(of: "-"),
      suffixes.contains(displayName[displayName.index(after: dash)...])
    else { return titles }
    let title = " " + String(displayName[..<dash]).trimmingSpace
    return titles.contains(title) ? titles : titles + [title]
  }
}

/// How much two references of one connector are alike.
struct ReferenceLikeness: Sendable {
  /// Equal display names, random suffixes apart.
  let isSameDisplayName: Bool
  /// Equal prefix and stem, another random suffix; or an agent's reference whose connection alone is
  /// another.
  let isSameStem: Bool
  /// Equal stem, another publisher's prefix.
  let isOtherPrefix: Bool
  /// An agent uses the connection's id as the last part of a reference's name,
  /// `<agent>.shared_<connector>.<connection id>`, so a re-created connection renames the reference.
  let isOtherConnection: Bool
  /// True where neither has a display name of its own, so that the stems have to say it.
  private let hasNoDisplayName: Bool

  /// True where one looks like the other re-created: same display name, or where there is none the
  /// stem.
  var isSameTitle: Bool { isSameDisplayName || (hasNoDisplayName && isSameStem) }

  init(_ left: ReferenceTraits, _ right: ReferenceTraits) {
    let (old, new) = (left.name, right.name)
    hasNoDisplayName = left.displayName == nil && right.displayName == nil
    if let one = left.displayName, let other = right.displayName {
      let suffixes = [old.randomSuffix, new.randomSuffix]
      isSameDisplayName =
        one == other || one.without(suffixes: suffixes) == other.without(suffixes: suffixes)
    } else {
      isSameDisplayName = false
    }
    let isDotted = old.isAgentMade || new.isAgentMade
    isSameStem =
      old != new && old.isAgentMade == new.isAgentMade && left.family != nil
      && left.family == right.family
    isOtherPrefix = !isDotted && old.prefix != new.prefix && old.stem == new.stem
    isOtherConnection = isSameStem && old.namesConnection && new.namesConnection
  }

  var evidence: [Evidence] {
    [
      isSameDisplayName ? .sameDisplayName : nil, isSameStem ? .sameStem : nil,
      isOtherConnection ? .otherConnection : nil, isOtherPrefix ? .otherPrefix : nil,
    ].compactMap { $0 }
  }
}

extension LogicalName {
  /// Of a name that an agent made: the agent, as which the name begins.
  private var agent: Substring? {
    isAgentMade ? key.prefix { $0 != "." } : nil
  }

  /// An agent that was copied or renamed has references of its own: those of the copy do not succeed
  /// those of the first one.
  func isAnotherAgents(than other: LogicalName) -> Bool {
    guard let agent, let otherAgent = other.agent else { return false }
    return agent != otherAgent
  }

  /// The last part is a connection's id: 32 digits, a GUID, or `shared-<connector>-<GUID>`.
  fileprivate var namesConnection: Bool {
    guard isAgentMade, let dot = key.lastIndex(of: ".") else { return false }
    let tail = key[key.index(after: dot)...]
    let digits = tail.split(separator: "-").suffix(5).joined()
    return digits.utf8.count == 32 && digits.allSatisfy(\.isHexDigit)
  }

  /// Of a name that an agent made: all but the last part, which is the connection's id.
  fileprivate var withoutLastDottedPart: Substring {
    guard let dot = key.lastIndex(of: ".") else { return key[...] }
    return key[..<dot]
  }
}

extension String {
  /// Without a tail `-` and one of the suffixes.
  fileprivate func without(suffixes: [Substring?]) -> String {
    for suffix in suffixes.compactMap({ $0 }) where hasSuffix("-" + suffix) {
      return String(dropLast(suffix.count + 1)).trimmingSpace
    }
    return self
  }
}
