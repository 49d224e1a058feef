import Detection
import Solution

/// A fact about an entry below its title: a label, and a line or several.
struct Fact: Hashable, Sendable {
  /// One line of a fact: its words, and the place they are about.
  struct Line: Hashable, Sendable {
    let words: Phrase
    var place: Place?
    /// The words after the place, or the words where there is none: ` in HEAD`, `until 2026-05-20`.
    var note: PrintableText = ""

    /// The place with its note; nil where there is neither.
    func aside(_ placeWords: (Place) -> Phrase) -> Phrase? {
      if let place { return "\(placeWords(place))\(note)" }
      return note == "" ? nil : "\(note)"
    }

    /// All of it in one line: `new_a, Customizations.xml:6 in HEAD`.
    var whole: Phrase {
      aside { "\(name: $0.shortWords)" }.map { "\(words), \($0)" } ?? words
    }
  }

  let label: Label
  let lines: [Line]
  /// All lines in one, for where little room is left; nil where only the lines will do.
  var brief: Phrase?
  /// The command that shows the lines that are left out; nil where there is none.
  var rest: String?

  init(_ label: Label, _ lines: [Line], brief: Phrase? = nil, rest: String? = nil) {
    self.label = label
    self.lines = lines
    self.brief = brief
    self.rest = rest
  }

  init(_ label: Label, _ phrases: [Phrase]) {
    self.init(label, phrases.map { Line(words: $0) })
  }

  init(_ label: Label, _ phrase: Phrase?) {
    self.init(label, phrase.map { [$0] } ?? [])
  }

  /// The first lines, and how many more there are.
  func lines(upTo limit: Int) -> [Line] {
    guard lines.count > limit, label != .fix else { return lines }
    let command: Phrase = rest.map { ": \(command: $0)" } ?? ""
    return lines.prefix(limit) + [Line(words: "and \(lines.count - limit) more\(command)")]
  }

  /// How many lines are written where a report is read in a log or a comment.
  static let limit = 5
}

extension [Fact] {
  /// Those that say something.
  var present: [Fact] { filter { !$0.lines.isEmpty } }

  func of(_ parts: Label.Part...) -> [Fact] { filter { parts.contains($0.label.part) } }
}
