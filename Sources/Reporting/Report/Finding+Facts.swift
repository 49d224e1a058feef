import Detection
import Platform
import Solution

extension Finding {
  /// The finding as an entry of a report: the one place where its facts are written down.
  ///
  /// - Parameters:
  ///   - origin: What a command knows beside the finding: since when, on which branches.
  ///   - onDisk: The finding is about files on the disk, which need not be staged.
  ///   - arrival: How to go to the branch that has it; nil where it is checked out.
  func entry(
    _ before: Side, _ after: Side, origin: [Fact] = [], topics: [String]? = nil,
    onDisk: Bool = false, arrival: FixStep? = nil
  ) -> Entry {
    let sides: (before: Side, after: Side) =
      onceMerged.map { (.revision($0), .revision("the merge into \($0)")) } ?? (before, after)
    return Entry(
      finding: self, title: "\(prose(summary))", name: subjectName, place: place,
      facts: (change(sides.before, sides.after) + origin + circumstances
        + consequences(onDisk: onDisk, arrival: arrival)
        + [Fact(.id, "\(name: id)")]).present,
      anchor: id, topics: topics ?? [rule.rawValue])
  }

  /// The reference or the consumer that it is about.
  private var subjectName: PrintableText {
    if let reference = (after.first ?? before.first)?.name {
      "\(reference.spelling)"
    } else if let consumer = consumers.first {
      "'\(consumer.name.shortened())'"
    } else {
      "\(prose(summary))"
    }
  }

  /// The references before and after, each with its place.
  func change(_ before: Side, _ after: Side) -> [Fact] {
    let isUndeclared = self.after.isEmpty && self.before.allSatisfy { $0.place == nil }
    // The content of an environment is in no revision.
    let sideOfAfter = rule.isOfEnvironment ? nil : after
    return [
      // What is declared nowhere is looked for in the revision that uses it.
      Fact(
        isUndeclared ? .uses : .was,
        self.before.map { Self.line($0, on: isUndeclared ? after : before) }),
      Fact(.now, self.after.map { Self.line($0, on: sideOfAfter) }),
    ].present
  }

  private static func line(_ declaration: Declaration, on side: Side?) -> Fact.Line {
    let earlier = declaration.removedIn.map { Side.revision("\($0.prefix(10))~1") }
    let suffix = (earlier ?? side)?.suffix ?? ""
    return Fact.Line(
      words: "\(name: declaration.name.spelling)", place: declaration.place,
      note: declaration.place == nil ? "declared nowhere\(suffix)" : suffix)
  }

  /// Why it is held to be one event, and what it concerns.
  private var circumstances: [Fact] {
    [
      evidenceFact, consumers(.leftBehind, .leftBehind), consumers(.broken, .broken),
      consumers(.naming, .usedBy),
    ] + rowFacts + [Fact(.also, remarks.map { "\(prose($0))" })]
  }

  var evidenceFact: Fact { Fact(.because, EvidenceText(finding: self).sentence.map { "\($0)" }) }

  /// Why it matters, what to do, and where the rule is explained.
  func consequences(onDisk: Bool = false, arrival: FixStep? = nil) -> [Fact] {
    [
      Fact(.impact, "\(prose(consequence))"),
      Fact(.fix, fixSteps(onDisk: onDisk, arrival: arrival).map(\.phrase)),
      Fact(.explain, "\(command: "connref explain \(rule.rawValue)")"),
    ]
  }

  /// The consumers in one state, each with its place.
  func consumers(_ state: AffectedConsumer.State, _ label: Label) -> Fact {
    let affected = consumers.filter { $0.state == state }
    // The title has said it already.
    if state == .naming, affected.count == 1, before.isEmpty, after.isEmpty {
      return Fact(label, [Fact.Line]())
    }
    return Fact(
      label,
      affected.map { consumer in
        // Without a name before, the title says what is wrong.
        let words =
          consumer.reference == nil && before.isEmpty ? consumer.title : consumer.words
        return Fact.Line(words: words, place: consumer.place)
      },
      brief: affected.summary.map { "\($0)" })
  }

  /// One for each label that rows have.
  var rowFacts: [Fact] {
    [Label.stale, .missing, .row].map { label in
      // What the title says already is left out.
      let affected = rows.filter {
        $0.state.label == label && $0.words.text.description != summary
      }
      return Fact(
        label, affected.map { Fact.Line(words: $0.words) },
        brief: affected.summary.map { "\($0)" })
    }
  }
}

extension FixStep {
  /// The step for any format: a command stays in one piece.
  var phrase: Phrase {
    switch self {
    case .text(let text): "\(text.shortened(to: 500))"
    case .command(let command, nil): "\(command: command)"
    case .command(let command, let purpose?):
      "\(purpose.shortened(to: 300)): \(command: command)"
    }
  }
}

extension AffectedConsumer {
  /// `flow 'Order'`.
  fileprivate var title: Phrase { "\(kind.word) '\(name.shortened())'" }

  /// `flow 'Order' still uses new_a`; of one that is in order the name alone.
  var words: Phrase {
    switch (reference, state) {
    case (_, .naming): title
    case (nil, _): "\(title) has lost its reference"
    case (let name?, .leftBehind): "\(title) still uses \(name: name.spelling)"
    case (let name?, _): "\(title) uses \(name: name.spelling)"
    }
  }
}

extension AffectedRow {
  /// `config/prod.json:12 still binds new_a`; the file alone where the row is missing.
  var words: Phrase { "\(name: shortPlace) \(claim)" }

  /// How the row or its file concerns the reference: `still binds new_a`.
  var claim: Phrase { "\(state.verb) \(name: reference.spelling)" }

  /// The line of the row, or the file where the row is missing; whole, as it is to be opened.
  var placeWords: String { state == .missing ? place.path : place.words }

  private var shortPlace: String { state == .missing ? place.path : place.shortWords }
}

extension AffectedRow.State {
  var label: Label {
    switch self {
    case .stale: .stale
    case .missing: .missing
    case .empty, .placeholder, .duplicate, .otherConnector, .shared, .personal: .row
    }
  }

  fileprivate var verb: PrintableText {
    switch self {
    case .stale: "still binds"
    case .missing: "has no row for"
    case .empty: "has no connection id for"
    case .placeholder: "has a placeholder for"
    case .duplicate, .otherConnector, .shared: "binds"
    case .personal: "has a person's connection for"
    }
  }
}

extension Place {
  /// `config/prod.json:12`.
  var words: String { "\(path):\(line)" }

  /// The same in 120 characters at most. The end is what is kept: the file's name and the line.
  var shortWords: String {
    path.count > 100 ? "…\(path.suffix(100)):\(line)" : words
  }
}

extension [AffectedConsumer] {
  /// `3 flows: 'Notify', 'Order', 'Return'`; nil where there are none. A flow that is in several files, or
  /// uses a reference under several aliases, is one.
  var summary: PrintableText? {
    guard let first else { return nil }
    let noun: PrintableText =
      allSatisfy { $0.kind == first.kind } ? "\(first.kind.word)" : "consumer"
    let distinct = self.distinct
    return
      "\(counted(distinct.count, noun)): \(listed(distinct.map { "'\($0.name.shortened())'" }))"
  }
}

extension [AffectedConsumer] {
  /// Each flow once: it may be in several files, a zip beside its folder, or use several aliases.
  var distinct: [AffectedConsumer] { uniqued { [$0.id, $0.name] } }
}

extension [AffectedRow] {
  /// `1 settings row: config/prod.json:12`; nil where there are none.
  var summary: PrintableText? {
    guard !isEmpty else { return nil }
    let places = map { row -> PrintableText in
      let path = row.place.path.shortened()
      return row.state == .missing ? "\(path)" : "\(path):\(row.place.line)"
    }
    return "\(counted(count, "settings row")): \(listed(places))"
  }
}

extension Finding {
  /// What is left to do once no file has the old reference.
  var bindingStep: String {
    evidence.contains(.otherGUID)
      ? "bind it again in that environment" : "bind the new name in every environment"
  }
}
