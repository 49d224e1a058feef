/// Values by connector, looked up as `Connector.isSame` compares: by the name without an environment's
/// tail, by the custom connector's id, by the logical name.
package struct ConnectorTable<Value: Hashable & Sendable>: Sendable {
  private let entries: [(connector: Connector, value: Value)]
  private let positions: [String: [Int]]
  /// The answers so far.
  private var answers: [Connector: Value?] = [:]

  /// An entry without a connector is the same as none.
  package init(_ entries: [(connector: Connector?, value: Value)]) {
    self.entries = entries.compactMap { entry in entry.connector.map { ($0, entry.value) } }
    var positions: [String: [Int]] = [:]
    for (position, entry) in self.entries.enumerated() {
      for key in entry.connector.keys { positions[key, default: []].append(position) }
    }
    self.positions = positions
  }

  /// The one value that the entries of this connector have; nil where there are none, or several.
  package mutating func onlyValue(for connector: Connector) -> Value? {
    if let known = answers[connector] { return known }
    var values: Set<Value> = []
    for position in connector.keys.lazy.flatMap({ [positions] in positions[$0] ?? [] })
    where entries[position].connector.isSame(as: connector) {
      values.insert(entries[position].value)
    }
    let answer = values.count == 1 ? values.first : nil
    answers[connector] = .some(answer)
    return answer
  }
}

extension Connector {
  /// Two that are the same have one of these in common.
  package var keys: [String] {
    [stableName, customID.map { "{" + $0 }, logicalName.map { "}" + $0 }].compactMap { $0 }
  }
}
