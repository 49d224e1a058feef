import Solution

/// The most that a flow does through connectors, as far as the names of its operations say.
enum FlowWork: UInt8, Hashable, Sendable, CaseIterable, Comparable {
  case reads, writes
  /// Mail, messages, notifications.
  case sends
  /// Reads or changes environments, apps and flows as their administrator.
  case administers

  static func < (left: FlowWork, right: FlowWork) -> Bool { left.rawValue < right.rawValue }

  /// Nil for a trigger, which does nothing by itself.
  ///
  /// - Parameter operation: An `operationId`: `ListRecords`, `SendEmailV2`, `Get-AdminApps`. A connector's
  ///   author is free to choose it; what begins with no word for reading is taken for writing.
  init?(operation: String) {
    var words: [String] = []
    var isAfterCapital = true
    for character in operation where character.isLetter || character == "-" || character == "_" {
      if words.isEmpty || !character.isLetter || character.isUppercase && !isAfterCapital {
        words.append("")
      }
      isAfterCapital = character.isUppercase
      if character.isLetter { words[words.count - 1] += character.lowercased() }
    }
    words.removeAll(where: \.isEmpty)
    guard let first = words.first, !["on", "subscribe", "when"].contains(first),
      words.last != "trigger"
    else { return nil }
    self =
      words.contains("admin")
      ? .administers
      : Self.reading.contains(first)
        ? .reads : words.contains(where: Self.sending.contains) ? .sends : .writes
  }

  private static let reading: Set = [
    "compare", "convert", "count", "current", "download", "export", "find", "get", "html", "list",
    "lookup", "manager", "my", "parse", "query", "read", "search", "test", "user",
  ]
  private static let sending: Set = [
    "card", "email", "forward", "mail", "message", "notification", "notify", "reply", "send", "sms",
  ]
}

extension Consumer {
  /// Nil where it is unknown.
  var work: FlowWork? { operations.compactMap(FlowWork.init(operation:)).max() }
}
