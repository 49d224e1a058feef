package import Detection
import Platform
import Solution

extension Report {
  /// The report of what a revision holds: a section for each solution, an entry for each reference.
  ///
  /// - Parameters:
  ///   - revision: What was listed, as the user names it.
  ///   - groups: Flows of one group share a service identity, and a frame of the picture.
  package init(
    _ listing: Listing, of revision: Side = .worktree, problems: [Problem] = [],
    groups: [IdentityGroup] = []
  ) {
    let solutions = listing.entries.filter(\.isCounted)
    let copies = listing.entries.count - solutions.count
    let references = solutions.reduce(0) { $0 + $1.references.count }
    let unresolved = listing.entries.reduce(0) { $0 + $1.unresolved.count }
    self.init(
      command: "list", title: "references", subject: revision.words,
      extent: """
        listed \(counted(solutions.count, "solution")), \
        \(counted(references, "reference")), \
        \(counted(listing.settings.count, "settings file"))\
        \(copies == 0 ? "" : Self.notCounted(copies))
        """,
      tallies: [
        Tally(solutions.count, noun: "solution", inVerdict: .never),
        Tally(references, noun: "reference", inVerdict: .never),
        Tally(listing.settings.count, noun: "settings file", inVerdict: .never),
        Tally(unresolved, noun: "unresolved link", tone: .broken),
      ],
      sections: listing.entries.enumerated().map { number, entry in
        ListingSection(entry: entry, number: number + 1, hasSettings: !listing.settings.isEmpty)
          .section
      },
      data: ListingData(listing: listing, problems: problems))
    self.problems = problems
    clean = nil
    graph = listing.entries.isEmpty ? nil : ListingPicture(listing, groups: groups)
    if listing.entries.isEmpty { emptySentence = "no solution found" }
  }
}

extension Report {
  private static func notCounted(_ copies: Int) -> PrintableText {
    copies == 1
      ? ", not counted: 1 zip, clone or older release"
      : ", not counted: \(copies) zips, clones or older releases"
  }
}

/// A solution of a listing as a section of a report.
private struct ListingSection {
  let entry: Listing.Entry
  let number: Int
  let hasSettings: Bool

  var section: Report.Section {
    let instance = entry.instance
    let folder = instance.folder.isEmpty ? "." : instance.folder
    let prefix: Phrase = instance.publisherPrefix.map { ", prefix \(name: $0)" } ?? ""
    var titles: [(title: Phrase, name: PrintableText, facts: [Fact])] = []
    for usage in entry.references { titles.append(line(usage)) }
    for usage in entry.externals {
      titles.append(
        (
          "\(name: usage.external.name.spelling)", "\(usage.external.name.spelling)",
          [Fact(.declared, usage.external.origin.words)] + use(usage.consumers, usage.rows)
        ))
    }
    for use in entry.unresolved { titles.append(line(use)) }
    return Report.Section(
      titles.enumerated().map { position, line in
        Entry(
          finding: nil, title: line.title, name: line.name, solution: instance.uniqueName,
          facts: line.facts.present, anchor: "reference-\(number)-\(position + 1)")
      },
      title:
        "\(instance.uniqueName.shortened()) in \(name: folder), \(instance.form.rawValue)\(prefix)",
      facts: declarations)
  }

  private var declarations: [Fact] {
    switch entry.instance.declarations {
    case .read:
      entry.references.isEmpty && entry.externals.isEmpty
        ? [Fact(.state, "declares no reference")] : []
    case .absent: [Fact(.state, "no file here declares references")]
    case .unreadable: [Fact(.state, "the declarations could not be read")]
    }
  }

  private func line(
    _ usage: Listing.Usage
  ) -> (title: Phrase, name: PrintableText, facts: [Fact]) {
    let reference = usage.reference
    let title: Phrase = reference.displayName.map { " '\($0.shortened())'" } ?? ""
    let connector: Phrase = reference.connector.map { "\(name: $0.name)" } ?? "none named"
    return (
      "\(name: reference.name.spelling)\(title)", "\(reference.name.spelling)",
      [Fact(.connector, reference.isStub ? "stub: defined by another solution" : connector)]
        + use(usage.consumers, usage.rows)
    )
  }

  /// The consumers of a reference, and the rows that bind it.
  private func use(_ uses: [Listing.Use], _ rows: [Listing.Row]) -> [Fact] {
    let users: [Listing.Use] = uses.uniqued {
      [$0.solution, $0.consumer.kind.rawValue, $0.consumer.id]
    }
    let callers: [Listing.Caller] = uses.flatMap(\.callers).uniqued { [$0.solution, $0.app.id] }
    let unit = Consumer.Kind.unit(users.map(\.consumer.kind))
    let names = users.map { "'\($0.consumer.name.shortened(to: 60))'" as PrintableText }
    return [
      Fact(
        .usedBy,
        [
          users.isEmpty
            ? "nothing" : "\(counted(users.count, "\(unit)")): \(listed(names))" as Phrase
        ]),
      Fact(
        .calledBy,
        callers.isEmpty
          ? nil
          : """
          \(counted(callers.count, "app")): \
          \(listed(callers.map { "'\($0.app.name.shortened(to: 60))'" }))
          """),
    ] + binding(rows)
  }

  /// Nothing at all where the revision holds no settings file.
  private func binding(_ rows: [Listing.Row]) -> [Fact] {
    guard hasSettings else { return [] }
    guard !rows.isEmpty else { return [Fact(.boundIn, "no settings file")] }
    func files(_ isBound: Bool) -> [Phrase] {
      rows.filter { $0.isBound == isBound }.paths.map { "\(name: $0)" }
    }
    return [Fact(.boundIn, files(true)), Fact(.unboundIn, files(false))]
  }

  private func line(
    _ use: Listing.Use
  ) -> (title: Phrase, name: PrintableText, facts: [Fact]) {
    let consumer = use.consumer
    let words: Phrase =
      if let name = use.link.reference {
        "\(name: name.spelling), which nothing declares"
      } else if use.link.embeddedConnection != nil {
        "an embedded connection as \(name: use.link.alias), and no reference"
      } else {
        "no reference as \(name: use.link.alias)"
      }
    let title: Phrase = "unresolved: \(consumer.kind.word) '\(consumer.name.shortened())'"
    return (
      title, "\(consumer.name.shortened())",
      [
        Fact(
          .uses,
          [Fact.Line(words: words, place: Place(path: consumer.path, line: use.link.line))])
      ]
    )
  }
}

extension ExternalReference.Origin {
  fileprivate var words: Phrase {
    switch self {
    case .active: "nowhere here; solution.xml lists it as a missing dependency"
    case .solution(let name):
      "in \(name.shortened()); solution.xml lists it as a missing dependency"
    }
  }
}
