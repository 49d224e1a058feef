import Platform
import Solution

/// The kind of text in a row's ConnectionId. Connections have ids of 32 hexadecimal digits, of
/// GUIDs, or `shared-<connector>-<guid>`: all hold a digit, and nothing but letters, digits and
/// hyphens.
enum ConnectionID: Hashable, Sendable {
  case connection
  /// No connection yet: a token of a pipeline (`#{…}#`, `{{…}}`, `$(…)`, `%…%`, `__…__`), a word to
  /// replace (`[Dataverse]`, `REPLACE_ME`), a GUID of zeros, repeated digits.
  case placeholder
  /// `/providers/Microsoft.PowerApps/apis/shared_x/connections/…`: the id is its last part.
  case path
  /// `https://make.powerautomate.com/…/connections/…`.
  case address
  /// `anna@contoso.com`: the account that a connection signs in with.
  case mailAddress

  init(_ id: String) {
    let id = id.trimmingSpace
    if id.utf8.allSatisfy(Self.isOfConnections) {
      // Nearly every one. No mark and no word can be in it.
      self = Self.isMadeUp(id.lowercased()) ? .placeholder : .connection
    } else if Self.isToken(id) {
      self = .placeholder
    } else if id.mentions("://") {
      self = .address
    } else if id.utf8.contains(UInt8(ascii: "/")) {
      self = .path
    } else if Self.isMailAddress(id) {
      self = .mailAddress
    } else {
      self = Self.isPlaceholder(id) ? .placeholder : .connection
    }
  }

  /// The thing in place of the id, in words; nil for a connection and a placeholder.
  var instead: String? {
    switch self {
    case .path: "a path"
    case .address: "an address"
    case .mailAddress: "an e-mail address"
    case .connection, .placeholder: nil
    }
  }

  /// True for digits that are counted up, `0123456789abcdef…`: an example, which several files may have.
  static func isExample(_ id: String) -> Bool {
    let groups = groups(of: id.trimmingSpace)
    guard groups.reduce(0, { $0 + $1.count }) >= 16 else { return false }
    return groups.allSatisfy { group in
      counts.contains { $0.utf8.starts(with: group) }
    }
  }

  private static let counts = [
    "0123456789abcdef0123456789abcdef", "1234567890abcdef1234567890abcdef", "abcdef0123456789",
  ]

  private static func isMailAddress(_ id: String) -> Bool {
    guard id.utf8.contains(UInt8(ascii: "@")) else { return false }
    let parts = id.split(separator: "@", omittingEmptySubsequences: false)
    return parts.count == 2 && parts.allSatisfy { !$0.isEmpty } && parts[1].contains(".")
      && !id.contains(where: \.isWhitespace)
  }

  private static func isToken(_ id: String) -> Bool {
    id.utf8.contains { tokenMarks.contains($0) } && !id.mentions("://")
      || id.utf8.contains(UInt8(ascii: "{")) || id.mentions("$(") || id.hasPrefix("__")
  }

  private static let tokenMarks = Array("{}<>[]$#%".utf8)

  /// Hexadecimal digits and hyphens.
  private static func isOfConnections(_ byte: UInt8) -> Bool {
    byte &- UInt8(ascii: "0") < 10 || (byte | 0x20) &- UInt8(ascii: "a") < 6
      || byte == UInt8(ascii: "-")
  }

  private static func isPlaceholder(_ id: String) -> Bool {
    guard
      id.utf8.allSatisfy({ byte in
        byte &- UInt8(ascii: "0") < 10 || (byte | 0x20) &- UInt8(ascii: "a") < 26
          || byte == UInt8(ascii: "-")
      })
    else { return true }
    let lower = id.lowercased()
    return words.contains(where: lower.mentions) || isMadeUp(lower)
  }

  /// True for text without digits, and for digits that are repeated or counted up.
  private static func isMadeUp(_ lower: String) -> Bool {
    guard lower.utf8.contains(where: { $0 &- UInt8(ascii: "0") < 10 }) else { return true }
    let groups = lower.utf8.split(separator: UInt8(ascii: "-"))
    guard groups.reduce(0, { $0 + $1.count }) >= 16 else {
      return groups.allSatisfy { $0.allSatisfy { $0 == UInt8(ascii: "0") } }
    }
    return groups.allSatisfy { group in
      group.allSatisfy { $0 == group.first } || sequence.utf8.starts(with: group)
    }
  }

  /// The parts between hyphens, in lower case.
  private static func groups(of id: String) -> [Substring.UTF8View] {
    id.lowercased().utf8.split(separator: UInt8(ascii: "-"))
  }

  /// Words of a text that asks for an id; none of them is part of a connector's name.
  private static let words = [
    "replace", "todo", "changeme", "placeholder", "your-", "dummy", "xxxx", "connection-id",
    "connectionid",
  ]

  /// Digits as people type them in order.
  private static let sequence = "123456789012345678901234567890"
}

extension String {
  /// True where it holds `word`, which is ASCII. By bytes: the search of the standard library compares
  /// characters, which takes fifty times as long.
  fileprivate func mentions(_ word: String) -> Bool {
    Platform.firstIndex(of: word, in: utf8.span) != nil
  }
}
