package import Solution

/// A value in force, as a line of the file would write it.
package struct ConfigurationValue: Sendable, Hashable {
  /// `naming.pattern`
  package let key: String
  /// In YAML's flow style.
  package let value: String
  /// Where the file says so; nil for what holds without it.
  package let origin: Place?
}

extension Configuration {
  /// Every value in force, in the order of the documentation.
  package var values: [ConfigurationValue] {
    var values: [ConfigurationValue] = []
    func add(_ key: String, _ value: String) {
      values.append(ConfigurationValue(key: key, value: value, origin: origin(of: key)))
    }
    add("main", mainBranch.map { YAMLText.scalar($0) } ?? "~")
    add("look-back", String(lookBack))
    add("solutions", solutions.isEmpty ? Self.list(["**"]) : Self.list(solutions.map(\.text)))
    add("ignore", Self.list(ignored.map(\.text)))
    for environment in conventions.environments {
      if let address = environment.address {
        add("environments.\(environment.name).url", YAMLText.scalar(address))
      }
      if !environment.settings.isEmpty {
        add(
          "environments.\(environment.name).settings", Self.list(environment.settings.map(\.text)))
      }
      if !environment.solutions.isEmpty {
        add(
          "environments.\(environment.name).solutions",
          Self.list(environment.solutions.map(\.text)))
      }
    }
    for (rule, setting) in rules.settings.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      let key = "rules.\(rule.rawValue)"
      if let level = setting.level {
        add(origins["\(key).severity"] == nil ? key : "\(key).severity", level.rawValue)
      }
      for (pattern, level) in setting.paths {
        add("\(key).paths.\(pattern.text)", level.rawValue)
      }
    }
    add("naming.pattern", YAMLText.scalar(conventions.naming.pattern))
    add("naming.purposes", Self.list(conventions.naming.purposes))
    for (connector, words) in conventions.naming.connectors.sorted(by: { $0.key < $1.key }) {
      add("naming.connectors.\(connector)", Self.list(words))
    }
    for group in conventions.groups {
      let key = "identities.groups.\(group.name)"
      let parts = [
        ("solutions", group.solutions.map(\.text)), ("folders", group.folders.map(\.text)),
        ("flows", group.flows.map(\.text)), ("ids", group.ids.sorted()),
      ]
      for (part, texts) in parts where !texts.isEmpty { add("\(key).\(part)", Self.list(texts)) }
    }
    add("identities.shared", Self.list(conventions.sharing.allowed.map(\.text)))
    add("identities.most-flows", conventions.sharing.mostFlows.map(String.init) ?? "~")
    add(
      "owners.service-principals", Self.list(conventions.owners.servicePrincipals.map(\.text)))
    add("owners.people", Self.list(conventions.owners.people.map(\.text)))
    add("shipped-elsewhere", Self.list(conventions.shippedElsewhere.map(\.text)))
    for (number, move) in intent.moved.enumerated() {
      add("moved[\(number)].from", YAMLText.scalar(move.from.spelling))
      add("moved[\(number)].to", YAMLText.scalar(move.to.spelling))
      if let until = move.until { add("moved[\(number)].until", "\(until)") }
    }
    for (number, retirement) in intent.retired.enumerated() {
      add("retired[\(number)].name", YAMLText.scalar(retirement.name.spelling))
      if let after = retirement.after { add("retired[\(number)].after", "\(after)") }
    }
    return values
  }

  /// A connector's key may be written in any letter case, or as a whole path.
  private func origin(of key: String) -> Place? {
    origins[key] ?? origins.first { $0.key.lowercased() == key.lowercased() }?.value
  }

  private static func list(_ texts: [String]) -> String {
    "[" + texts.map { YAMLText.scalar($0) }.joined(separator: ", ") + "]"
  }
}
