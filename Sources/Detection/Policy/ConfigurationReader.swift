internal import Parsing
import Solution

// The keys are described in configuration.md.
extension Configuration {
  /// Throws `PolicyError` with everything that is wrong.
  package init(file bytes: [UInt8], path: String = Configuration.path) throws(PolicyError) {
    self.init()
    guard let root = try PolicyFile.root(of: bytes, path: path) else { return }
    var section = PolicySection(root, file: path)
    mainBranch = section.text("main")
    if let number = section.number("look-back", in: 0...1_000_000) { lookBack = number }
    solutions = Self.patterns("solutions", of: &section, into: &patterns)
    ignored = Self.patterns("ignore", of: &section, into: &patterns)
    readEnvironments(&section)
    readRules(&section)
    readNaming(&section)
    readIdentities(&section)
    if var owners = section.section("owners") {
      conventions.owners = Owners(
        servicePrincipals: owners.wildcards("service-principals"),
        people: owners.wildcards("people"))
      section.finish(owners)
    }
    conventions.shippedElsewhere = section.wildcards("shipped-elsewhere")
    readIntent(&section)
    section.refuseUnknownKeys()
    guard section.faults.isEmpty else {
      throw PolicyError(section.faults, hint: "connref config --schema describes the file")
    }
    origins = section.origins
  }

  private mutating func readIntent(_ root: inout PolicySection) {
    for var entry in root.entries("moved") {
      let until = entry.day("until")
      if let from = entry.required("from"), let to = entry.required("to") {
        intent.moved.append(
          DeclaredIntent.Move(
            from: LogicalName(from), to: LogicalName(to), until: until,
            reason: entry.text("reason"), place: entry.place(entry.node)))
      } else {
        _ = entry.text("reason")
      }
      root.finish(entry)
    }
    for var entry in root.entries("retired") {
      let after = entry.day("after")
      if let name = entry.required("name") {
        intent.retired.append(
          DeclaredIntent.Retirement(
            name: LogicalName(name), after: after, place: entry.place(entry.node)))
      }
      root.finish(entry)
    }
  }

  private mutating func readEnvironments(_ root: inout PolicySection) {
    guard var environments = root.section("environments") else { return }
    for (name, var environment) in environments.namedSections() {
      let settings = Self.patterns("settings", of: &environment, into: &patterns)
      let address = environment.text("url")
      if let address, !address.lowercased().hasPrefix("https://") {
        environment.fault(
          environment.node,
          "'url' of environment '\(name)' does not begin with https://, as https://contoso.crm4.dynamics.com does"
        )
      }
      if settings.isEmpty, address == nil {
        environment.fault(
          environment.node, "environment '\(name)' names no settings file and no url")
      }
      conventions.environments.append(
        TargetEnvironment(
          name: name, address: address, settings: settings,
          solutions: environment.wildcards("solutions")))
      environments.finish(environment)
    }
    root.finish(environments)
  }

  private mutating func readRules(_ root: inout PolicySection) {
    guard var section = root.section("rules") else { return }
    for rule in RuleID.allCases {
      guard let node = section.child(rule.rawValue) else { continue }
      if node.scalar != nil {
        rules.settings[rule] = RuleSettings.Setting(level: Self.level(node, &section))
        continue
      }
      var one = PolicySection(
        node, prefix: "rules.\(rule.rawValue).", file: section.place(node).path)
      var setting = RuleSettings.Setting()
      if let severity = one.child("severity") { setting.level = Self.level(severity, &one) }
      if var paths = one.section("paths") {
        for key in paths.node.keys {
          guard let value = paths.child(key), let level = Self.level(value, &paths) else {
            continue
          }
          let pattern = PathPattern(key)
          setting.paths.append((pattern, level))
          patterns.append(
            PlacedPattern(key: paths.prefix + key, pattern: pattern, place: paths.place(value)))
        }
        one.finish(paths)
      }
      rules.settings[rule] = setting
      section.finish(one)
    }
    root.finish(section)
  }

  private static func level(
    _ node: Node, _ section: inout PolicySection
  ) -> RuleSettings.Level? {
    // YAML 1.1 reads a plain `off` as a boolean; the text is what counts here.
    if let level = node.scalar.flatMap({ RuleSettings.Level(rawValue: $0.lowercased()) }) {
      return level
    }
    let value = node.scalar.map { "'\($0)'" } ?? "this"
    section.fault(node, "\(value) is not a severity: use error, warning, note or off")
    return nil
  }

  private mutating func readNaming(_ root: inout PolicySection) {
    guard var section = root.section("naming") else { return }
    let pattern = section.text("pattern") ?? NamingConvention.standardPattern
    var connectors: [String: [String]] = [:]
    if var words = section.section("connectors") {
      for key in words.node.keys {
        connectors[Connector(path: key).stableName] = words.texts(key).map(\.text)
      }
      section.finish(words)
    }
    let purposes = section.texts("purposes").map(\.text)
    if let naming = NamingConvention(
      pattern: pattern, purposes: purposes, connectors: connectors)
    {
      conventions.naming = naming
    } else {
      section.fault(
        section.node.child("pattern") ?? section.node,
        "'naming.pattern' must be made of text and at least one of {publisher}, {purpose} and {connector}"
      )
    }
    root.finish(section)
  }

  private mutating func readIdentities(_ root: inout PolicySection) {
    guard var section = root.section("identities") else { return }
    if var groups = section.section("groups") {
      for (name, var group) in groups.namedSections() {
        conventions.groups.append(
          IdentityGroup(
            name: name, solutions: group.wildcards("solutions"),
            folders: Self.patterns("folders", of: &group, into: &patterns),
            flows: group.wildcards("flows"),
            ids: Set(
              group.texts("ids").map { $0.text.lowercased().filter { $0 != "{" && $0 != "}" } })))
        groups.finish(group)
      }
      section.finish(groups)
    }
    conventions.sharing = Sharing(
      allowed: section.wildcards("shared"),
      mostFlows: section.number("most-flows", in: 1...100_000))
    root.finish(section)
  }

  private static func patterns(
    _ key: String, of section: inout PolicySection, into placed: inout [PlacedPattern]
  ) -> [PathPattern] {
    section.texts(key).map { text, node in
      let pattern = PathPattern(text)
      placed.append(
        PlacedPattern(key: section.prefix + key, pattern: pattern, place: section.place(node)))
      return pattern
    }
  }
}
