/// The logical name of a connection reference: its identity in files and on import.
///
/// Two names are equal when they differ by letter case alone; `spelling` keeps the case as written.
package struct LogicalName: Sendable {
  package let spelling: String
  /// The spelling in lower case: what comparisons and digests use.
  package let key: String

  package init(_ spelling: String) {
    self.spelling = spelling
    let lower = spelling.lowercased()
    // Mostly the same text, which is then in memory once.
    key = lower == spelling ? spelling : lower
  }

  /// True when the names are equal but written in different letter case.
  package func differsByCaseAlone(from other: LogicalName) -> Bool {
    key == other.key && spelling != other.spelling
  }
}

extension LogicalName: Hashable, Comparable, CustomStringConvertible {
  package static func == (left: LogicalName, right: LogicalName) -> Bool { left.key == right.key }
  package static func < (left: LogicalName, right: LogicalName) -> Bool { left.key < right.key }
  package func hash(into hasher: inout Hasher) { hasher.combine(key) }
  package var description: String { spelling }
}

/// The parts of a generated name, `prefix_stem_suffix`.
extension LogicalName {
  /// The publisher's prefix: the part before the first underscore, in lower case.
  package var prefix: Substring { key.prefix { $0 != "_" } }

  /// The random tail that the maker portal appends: 5 or 8 characters after the last underscore,
  /// hexadecimal, or lower-case letters and digits with at least one digit. Nil for a chosen name.
  package var randomSuffix: Substring? {
    guard let underscore = key.lastIndex(of: "_") else { return nil }
    let tail = key[key.index(after: underscore)...]
    guard tail.utf8.count == 5 || tail.utf8.count == 8 else { return nil }
    let isHexadecimal = tail.utf8.allSatisfy {
      isDigit($0) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
    }
    let isAlphanumeric = tail.utf8.allSatisfy {
      isDigit($0) || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
    }
    let hasDigit = tail.utf8.contains(where: isDigit)
    return isHexadecimal || (isAlphanumeric && hasDigit) ? tail : nil
  }

  /// The name without prefix and random suffix; for a generated name it says no more than the
  /// connector does.
  package var stem: Substring {
    var rest = key[...]
    if let suffix = randomSuffix { rest = rest[..<key.index(before: suffix.startIndex)] }
    if let underscore = rest.firstIndex(of: "_") { rest = rest[rest.index(after: underscore)...] }
    return rest
  }

  /// Names that an agent made hold a dot: `<agent>.shared_<connector>.<connection id>`.
  package var isAgentMade: Bool { key.utf8.contains(UInt8(ascii: ".")) }
}

private func isDigit(_ byte: UInt8) -> Bool {
  (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
}
