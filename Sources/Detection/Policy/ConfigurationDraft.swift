package import Solution

/// A commented `.connref.yml` to begin with, from what a revision holds: what `connref config --init`
/// writes.
///
/// What was found is filled in, all else is a comment: the configuration with this file is the same as
/// without it.
package struct ConfigurationDraft {
  private let snapshot: Snapshot
  private let mainBranch: String?

  /// - Parameter mainBranch: as people write it; nil where nothing looks like one.
  package init(_ snapshot: Snapshot, mainBranch: String?) {
    self.snapshot = snapshot
    self.mainBranch = mainBranch
  }

  /// The whole file, with a line end.
  package var text: String {
    (head + main + solutions + environments + rules + naming + identities + owners + shipped
      + intent).joined(separator: "\n") + "\n"
  }

  private var head: [String] {
    [
      "# yaml-language-server: $schema=.connref.schema.json",
      "# (connref config --schema > .connref.schema.json makes that file, for editors)",
      "#",
      "# What connref knows of this repository. Everything may be left out: connref config shows what is in",
      "# force. Lines that begin with # are examples.",
      "",
    ]
  }

  private var main: [String] {
    [
      "# The branch that others start from and are merged into.",
      mainBranch.map { "main: \(Self.scalar($0))" } ?? "# main: main", "",
    ]
  }

  private var solutions: [String] {
    let found = snapshot.instances.map { instance in
      "#   \(instance.folder.isEmpty ? "." : Self.line(instance.folder))  (\(Self.line(instance.uniqueName)))"
    }
    let list =
      found.isEmpty
      ? ["# None was found here."] : ["# Found:"] + Self.shortened(found, noun: "solutions")
    return ["# Folders in which solutions are looked for; everywhere without this key."] + list + [
      "# solutions: [\"solutions/**\"]",
      "# Folders in which none is looked for.",
      "# ignore: [\"archive/**\"]", "",
    ]
  }

  private var environments: [String] {
    let comment = [
      "# The environments that solutions are deployed to, and the deployment settings files that bind",
      "# references there. A reference without a row in one of them is reported.",
    ]
    guard !snapshot.settings.isEmpty else {
      return comment + [
        "# environments:", "#   prod:", "#     settings: [config/prod.json]", "",
      ]
    }
    var names: [String] = []
    var files: [String: [String]] = [:]
    for file in snapshot.settings {
      let name = EnvironmentWord(path: file.path)?.word ?? Self.stem(of: file.path)
      if files[name] == nil { names.append(name) }
      files[name, default: []].append(file.path)
    }
    return comment + ["environments:"]
      + names.flatMap { name in
        let paths = (files[name] ?? []).map { Self.scalar(Self.pattern($0)) }
        return [
          "  \(Self.scalar(name)):", "    settings: [\(paths.joined(separator: ", "))]",
        ]
      } + [""]
  }

  private var rules: [String] {
    [
      "# How severe a rule is: error, warning, note or off. connref rules lists them.",
      "# rules:", "#   reference-unused: off", "#   name-off-convention:",
      "#     severity: warning", "#     paths:", "#       \"legacy/**\": off", "",
    ]
  }

  private var naming: [String] {
    let prefixes = Set(snapshot.instances.compactMap(\.publisherPrefix)).sorted()
    let found =
      prefixes.isEmpty
      ? "" : " Prefixes found here: \(Self.line(prefixes.joined(separator: ", ")))."
    return [
      "# What a new reference is called.\(found)", "# naming:",
      "#   pattern: \"\(NamingConvention.standardPattern)\"",
      "#   purposes: [Invoices, Orders]", "",
    ]
  }

  /// The groups that teams with service identities begin with.
  private var identities: [String] {
    [
      "# Which flows run under which service identity. Flows of one group may share references, flows of",
      "# several groups should not: rebinding a reference for one flow rebinds it for all. A flow",
      "# belongs to a group by any of solutions, folders, flows (names), ids.",
    ] + groups + [
      "#   shared: []              # references that every group may use", "#   most-flows: 20",
      "",
    ]
  }

  private var groups: [String] {
    let found = IdentityProposal(snapshot.solutions).groups
    func flows(_ work: FlowWork, _ examples: String) -> String {
      let flows = found.first { $0.name == IdentityProposal.name(of: work) }?.flows
      let names = flows?.map { Self.scalar($0.text) }.joined(separator: ", ")
      return "#       flows: [\(found.isEmpty ? examples : names ?? "")]"
    }
    return [
      found.isEmpty ? "# Four groups to begin with:" : "# By what the flows here do:",
      "# identities:", "#   groups:", "#     reporting:            # reads only",
      flows(.reads, "\"*report*\", \"*export*\""),
      "#     service:              # writes to the line-of-business systems",
      flows(.writes, "\"*sync*\", \"*update*\""),
      "#     customer-facing:      # sends mail and messages to people outside",
      flows(.sends, "\"*notify*\", \"*mail*\""),
      "#     bulk:                 # admin jobs over many rows, with limits of their own",
      flows(.administers, "\"*bulk*\", \"*cleanup*\""),
    ]
  }

  private var owners: [String] {
    var seen = Set(snapshot.settings.flatMap(\.rows).compactMap(\.owner)).filter {
      !$0.allSatisfy(\.isWhitespace)
    }
    let people = seen.filter { Owners().answer(for: $0) == .person }
    seen.subtract(people)
    let comment =
      "# Accounts that own connections, as ConnectionOwner of the settings files names them."
    guard !seen.isEmpty else {
      return [
        comment, "# owners:", "#   service-principals: [deploy@contoso.com]",
        "#   people: [\"svc-*@contoso.com\"]", "",
      ]
    }
    // A comment, not a setting: which of these addresses are service principals is the team's decision.
    return [comment, "# Seen here, and no address of a person:", "# owners:"]
      + ["#   service-principals: [\(seen.sorted().map(Self.scalar).joined(separator: ", "))]", ""]
  }

  private var shipped: [String] {
    [
      "# References that another repository ships, or solutions that use such.",
      "# shipped-elsewhere: [base_Mail]", "",
    ]
  }

  private var intent: [String] {
    [
      "# Planned before the fact, where a reviewer sees it: connref repair ID --declare writes an entry.",
      "# moved:",
      "#   - {from: new_sharedsql_a1b2c, to: sales_orders_sql, until: 2027-03-31, reason: wrong publisher}",
      "# retired:", "#   - {name: sales_legacy_sql, after: 2026-12-31}",
    ]
  }

  private static func shortened(_ lines: [String], noun: String) -> [String] {
    let limit = 8
    return lines.count > limit
      ? lines.prefix(limit) + ["#   and \(lines.count - limit) more \(noun)"] : lines
  }

  private static func stem(of path: String) -> String {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    return name.split(separator: ".").first.map(String.init) ?? name
  }

  /// A path as a pattern that matches it alone.
  private static func pattern(_ path: String) -> String {
    path.map { "*?[]".contains($0) ? "?" : String($0) }.joined()
  }

  /// Nothing that a repository says can end a comment.
  private static func line(_ text: String) -> String {
    String(
      text.unicodeScalars.map { $0.properties.generalCategory == .control ? "?" : Character($0) })
  }

  /// Plain where YAML cannot take it for anything else, in double quotes otherwise.
  static func scalar(_ text: String) -> String {
    let reserved = ["null", "true", "false", "yes", "no", "on", "off", "y", "n"]
    let isPlain =
      text.unicodeScalars.first.map { $0.isASCII && $0.properties.isAlphabetic } == true
      && !reserved.contains(text.lowercased())
      && text.unicodeScalars.allSatisfy { scalar in
        scalar.isASCII
          && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
            || ["_", "-", "/", "."].contains(scalar))
      }
    if isPlain { return text }
    let escaped = text.unicodeScalars.map { scalar -> String in
      if scalar == "\\" || scalar == "\"" { return "\\\(scalar)" }
      let isOdd =
        scalar.value < 0x20 || (0x7f...0x9f).contains(scalar.value)
        || scalar.properties.generalCategory == .format
        || scalar.value == 0x2028 || scalar.value == 0x2029
      guard isOdd else { return String(scalar) }
      let digits = String(scalar.value, radix: 16)
      return "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
    }
    return "\"\(escaped.joined())\""
  }
}
