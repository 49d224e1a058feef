import Detection
import Solution

/// The identities of one reference as lines, an arrow before each but the first.
struct LineageText {
  private let lineage: Lineage

  init(_ lineage: Lineage) {
    self.lineage = lineage
  }

  func write(to page: inout TextPage) {
    let title: PrintableText =
      lineage.title.map { "  '\($0.shortened(to: 60))'" } ?? ""
    let connector: PrintableText = lineage.connector.map { "  \($0.name)" } ?? ""
    let solution: PrintableText = "\(lineage.solution.shortened(to: 40))"
    if (solution + title + connector).description.displayWidth <= TextPage.width {
      page.line(.init(solution, .bold), .init(title), .init(connector, .dim))
    } else {
      page.line(.init(solution, .bold), .init(title))
      page.line(indent: 2, .init(lineage.connector.map { "\($0.name)" } ?? "", .dim))
    }
    let names = lineage.identities.map {
      PrintableText(escaping: $0.name.spelling.shortened()).description
    }
    let width = names.map(\.displayWidth).max() ?? 0
    for (number, identity) in lineage.identities.enumerated() {
      let name = names[number]
      let fits = 4 + width + 2 + identity.span.description.displayWidth <= TextPage.width
      page.block(
        indent: 2, label: .init(number == 0 ? "" : "→", .dim), labelWidth: 2,
        fits ? ["\(name.padded(to: width))  \(identity.span)"] : ["\(name)", "  \(identity.span)"])
    }
  }
}

extension Lineage {
  /// The display name that it had last.
  var title: String? { identities.last { $0.displayName != nil }?.displayName }
}

extension Lineage.Identity {
  /// `2024-03-01 to 2026-05-20`, `since 2026-05-20`, `until 2024-03-01`.
  var span: PrintableText {
    switch (since?.day, until?.day) {
    case (let since?, let until?): "\(since) to \(until)"
    case (let since?, nil): "since \(since)"
    case (nil, let until?): "until \(until)"
    case (nil, nil): "all the time"
    }
  }
}
