/// Why something is unknown, as a run of SARIF says it.
struct SARIFNotification {
  static let id = "unreadable"

  private let problem: Report.Problem

  init(_ problem: Report.Problem) {
    self.problem = problem
  }

  var value: JSONValue {
    var members: [JSONValue.Member] = [
      ("descriptor", ["id": .text(Self.id), "index": .number(0)]),
      ("level", .text(problem.matters ? "error" : "warning")),
      ("message", SARIFText.message(SARIFText.escaped(problem.words.description.sentence))),
    ]
    if let path = problem.path {
      members.append(
        ("locations", .array([SARIFLocation(path: path, line: problem.line).value])))
    }
    return .object(members)
  }
}
