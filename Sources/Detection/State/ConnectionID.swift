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
    if Self.isToken(id) {
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

  private static func isPlaceholder(_ id: String) -> Bool {
    var hasDigit = false
    for byte in id.utf8 {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): hasDigit = true
      case UInt8(ascii: "-"), UInt8(ascii: "a")...UInt8(ascii: "z"),
        UInt8(ascii: "A")...UInt8(ascii: "Z"):
        break
      default: return true
      }
    }
    let lower = id.lowercased()
    guard hasDigit, !words.contains(where: lower.mentions) else { return true }
    let groups = groups(of: lower)
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
