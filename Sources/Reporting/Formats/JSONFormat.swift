import Detection
import Solution

/// A report for programs. Its data defines its members; the files in `Schemas` describe them.
struct JSONFormat {
  /// The version of the shape, in every JSON document.
  static let schema = "connref/1"

  let report: Report

  /// The whole document, with a line end.
  var document: String {
    JSONValue.object(
      [("schema", .text(Self.schema)), ("command", .text(report.command))]
        + (report.run.map { [("run", $0.value)] } ?? []) + report.data.members
    ).document
  }

  /// A line for each entry, for programs that read a stream; the last says of which run they are.
  var lines: String {
    let run = report.run.map { run -> JSONValue in ["type": "run", "run": run.value] }
    return ((report.data.lines ?? []) + [run].compactMap { $0 }).map(\.line).joined()
  }
}

extension Scope {
  /// - Parameter problems: Those of the report, of which the files with something unknown are counted.
  func value(_ problems: [Report.Problem]) -> JSONValue {
    let extent =
      switch extent {
      case .revisions(let number): (name: "revisions", value: JSONValue.number(number))
      case .commits(let number): (name: "commits", value: JSONValue.number(number))
      }
    return .object([
      extent,
      ("solutions", .number(solutions)),
      ("references", .number(references)),
      ("consumers", .number(consumers)),
      ("unreadable", .number(problems.count { $0.hidesContent })),
    ])
  }
}

extension Report.Problem {
  var value: JSONValue { .object(members) }

  /// The hint is the message's second line too, as in the first version of the shape.
  var members: [JSONValue.Member] {
    [
      ("path", .text(path)),
      ("line", .number(line)),
      ("message", .text(hint.map { "\(message)\nhint: \($0)" } ?? message)),
      ("hint", .text(hint)),
      ("matters", .boolean(matters)),
    ]
  }
}

extension JSONValue {
  /// A commit, where a member is more than its id; `null` where there is none.
  static func moment(_ moment: Moment?) -> JSONValue {
    guard let moment else { return .null }
    return [
      "commit": .text(moment.commit),
      "author": .text(moment.author),
      "date": .text(moment.timestamp),
      "subject": .text(moment.summary),
    ]
  }
}
