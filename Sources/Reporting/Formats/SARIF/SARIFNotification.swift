/// Why something is unknown, as a run of SARIF says it.
struct SARIFNotification {
  static let id = "unreadable"

  let problem: Report.Problem

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
