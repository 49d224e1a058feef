import Platform
package import Solution

/// A commented `.connref.yml` to begin with, from what a revision holds: what `connref config --init`
/// writes.
///
/// What the files say is filled in, all else is a comment: what a team has to decide or to confirm, and
/// examples. No line is wider than 100 columns, unless one name is.
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
      "# What connref knows of this repository. Everything may be left out: connref config shows what is",
      "# in force. Lines that begin with # are examples, or guesses to look over.",
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
    let found = snapshot.countedSolutions.map { instance in
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
    var nameless: [String] = []
    for file in snapshot.settings {
      let path = Self.scalar(Self.pattern(file.path))
      guard let name = EnvironmentWord(path: file.path)?.word else {
        nameless.append(path)
        continue
      }
      if files[name] == nil { names.append(name) }
      files[name, default: []].append(path)
    }
    let found = names.flatMap { name in
      ["  \(Self.scalar(name)):"] + Self.list("    settings", files[name] ?? [])
    }
    // Which environment such a file is for is the team's to say.
    let open =
      nameless.isEmpty
      ? []
      : [
        "# No environment's name is in the paths of these files: put it in the place of NAME.",
        "\(found.isEmpty ? "# environments:\n" : "")#   NAME:",
      ] + Self.list("#     settings", nameless)
    return comment + (found.isEmpty ? [] : ["environments:"] + found) + open + [""]
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
      ? []
      : Self.wrapped("# Prefixes found here: ", prefixes.map(Self.line), "#   ", end: ".")
    return ["# What a new reference is called."] + found + [
      "# naming:",
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
    func flows(_ work: FlowWork, _ examples: String...) -> [String] {
      let flows = found.first { $0.name == IdentityProposal.name(of: work) }?.flows
      return Self.list(
        "#       flows", (found.isEmpty ? examples : flows?.map(\.text) ?? []).map(Self.scalar))
    }
    return [
      found.isEmpty ? "# Four groups to begin with:" : "# By what the flows here do:",
      "# identities:", "#   groups:", "#     reporting:            # reads only",
    ] + flows(.reads, "*report*", "*export*") + [
      "#     service:              # writes to the line-of-business systems"
    ] + flows(.writes, "*sync*", "*update*") + [
      "#     customer-facing:      # sends mail and messages to people outside"
    ] + flows(.sends, "*notify*", "*mail*") + [
      "#     bulk:                 # admin jobs over many rows, with limits of their own"
    ] + flows(.administers, "*bulk*", "*cleanup*")
  }

  private var owners: [String] {
    var seen = Set(snapshot.settings.flatMap(\.rows).compactMap(\.owner)).filter {
      !$0.allSatisfy(\.isWhitespace)
    }
    let people = seen.filter { Owners().kind(of: $0) == .person }
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
      + Self.list("#   service-principals", seen.sorted().map(Self.scalar)) + [""]
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
      "#   - {from: new_sharedsql_a1b2c, to: sales_sql, until: 2027-03-31, reason: wrong publisher}",
      "# retired:", "#   - {name: sales_legacy_sql, after: 2026-12-31}",
    ]
  }

  private static func shortened(_ lines: [String], noun: String) -> [String] {
    let limit = 8
    return lines.count > limit
      ? lines.prefix(limit) + ["#   and \(lines.count - limit) more \(noun)"] : lines
  }

  /// In columns.
  private static let width = 100

  /// `key: [one, two]`, on as many lines as it takes: below the first, two columns further in.
  ///
  /// - Parameter key: with the white space before it, and with the mark of a comment.
  private static func list(_ key: String, _ items: [String]) -> [String] {
    wrapped("\(key): [", items, key.prefix { $0 == "#" || $0 == " " } + "  ", end: "]")
  }

  /// Items with commas between them, on as many lines as it takes.
  private static func wrapped(
    _ start: String, _ items: [String], _ indent: String, end: String
  ) -> [String] {
    var lines = [start]
    for (number, item) in items.enumerated() {
      let word = item + (number + 1 == items.count ? end : ",")
      let space = number == 0 ? "" : " "
      if number > 0, lines[lines.count - 1].count + space.count + word.count > width {
        lines.append(indent + word)
      } else {
        lines[lines.count - 1] += space + word
      }
    }
    if items.isEmpty { lines[0] += end }
    return lines
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

  /// Names, and paths too where they need no quotes.
  private static func scalar(_ text: String) -> String { YAMLText.scalar(text, alsoPlain: "/") }
}
