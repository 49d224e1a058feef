import Detection
import Solution

/// Where a page leads outside of itself: to the forge's pages of commits and files.
struct PageLinks {
  let forge: Forge?
  /// The commits of the two sides of a comparison; both the same where nothing is compared.
  let before: String?
  let after: String?

  static let none = PageLinks(forge: nil, before: nil, after: nil)

  /// Those of an incident are of its own commits.
  func of(_ entry: Entry) -> PageLinks {
    guard let moment = entry.moment else { return self }
    return PageLinks(forge: forge, before: moment.parent, after: moment.commit)
  }

  /// A place as code, with a link where its file has a page.
  ///
  /// - Parameter label: What the fact says of the place.
  func place(_ place: Place, label: Label? = nil) -> HTMLText {
    let commit = label == .was ? before : after
    let address = commit.flatMap { forge?.file(place.path, line: max(place.line, 1), at: $0) }
    return .link(.code(place.shortWords), to: address)
  }

  /// A line of a fact, with all its links.
  func line(_ line: Fact.Line, of label: Label) -> HTMLText {
    guard let place = line.place else { return line.whole.html(forge) }
    return "\(line.words.html(forge)), \(self.place(place, label: label))\(line.note)"
  }
}

extension PageLinks {
  init(_ report: Report) {
    let revisions = report.run?.revisions ?? []
    func commit(_ roles: RunRecord.Revision.Role...) -> String? {
      // An uncommitted state has no page.
      revisions.first { roles.contains($0.role) && $0.isCommitted }?.commit
    }
    self.init(
      forge: report.run?.forge, before: commit(.before, .revision), after: commit(.after, .revision)
    )
  }
}
