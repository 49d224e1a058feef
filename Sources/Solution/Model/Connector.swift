/// Which connector a reference or a link is for, as far as a file says it.
package struct Connector: Sendable, CustomStringConvertible {
  /// The internal id as written, without the provider path: `shared_sharepointonline`.
  package let name: String
  /// The custom connector's GUID in lower case; nil for a standard connector, or where not written.
  package let customID: String?
  /// `api.logicalName` of a flow entry, the stable name of a custom connector; nil elsewhere.
  package let logicalName: String?
  /// The name in lower case without the tails that a custom connector gets in each environment:
  /// `-5f` and 16 hexadecimal digits, once or more. Kept, since every comparison asks for it.
  package let stableName: String

  /// Takes a provider path (`/providers/Microsoft.PowerApps/apis/shared_x`) or a bare name.
  package init(path: String, customID: String? = nil, logicalName: String? = nil) {
    let last = Self.lastPart(of: path)
    name = last
    self.customID = customID?.lowercased().trimmingBraces
    self.logicalName = logicalName?.lowercased()
    let stable = Self.stableName(of: last)
    // Mostly the same text, which is then in memory once.
    stableName = stable == last ? last : stable
  }

  package var description: String { name }

  /// The last part that is not empty.
  private static func lastPart(of path: String) -> String {
    let slash = UInt8(ascii: "/")
    guard let last = path.utf8.lastIndex(where: { $0 != slash }) else { return path }
    let start = path.utf8[...last].lastIndex(of: slash).map(path.utf8.index(after:))
    return String(path[(start ?? path.startIndex)...last])
  }

  private static func stableName(of name: String) -> String {
    var rest = name.lowercased()[...]
    while let tail = rest.utf8.index(rest.endIndex, offsetBy: -19, limitedBy: rest.startIndex),
      rest[tail...].hasPrefix("-5f"),
      rest[tail...].utf8.dropFirst(3).allSatisfy(isHexadecimalDigit)
    {
      rest = rest[..<tail]
    }
    return String(rest)
  }

  /// True when both are the same connector, even if exported from different environments.
  package func isSame(as other: Connector) -> Bool {
    if stableName == other.stableName { return true }
    if let customID, let otherID = other.customID { return customID == otherID }
    if let logicalName, let otherName = other.logicalName { return logicalName == otherName }
    return false
  }
}

extension Connector? {
  /// True where both are known, and the same.
  package func isSame(as other: Connector?) -> Bool {
    guard let self, let other else { return false }
    return self.isSame(as: other)
  }

  /// True where both are known, and two.
  package func isOther(than other: Connector?) -> Bool {
    guard let self, let other else { return false }
    return !self.isSame(as: other)
  }
}

extension Connector: Hashable {
  package static func == (left: Connector, right: Connector) -> Bool {
    left.name == right.name && left.customID == right.customID
      && left.logicalName == right.logicalName
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(name)
    hasher.combine(customID)
  }
}

private func isHexadecimalDigit(_ byte: UInt8) -> Bool {
  (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
}

extension String {
  /// A GUID as files write it, without the braces that some add.
  var trimmingBraces: String {
    hasPrefix("{") && hasSuffix("}") ? String(dropFirst().dropLast()) : self
  }
}
