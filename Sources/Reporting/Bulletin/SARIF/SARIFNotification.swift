/// Why something is unknown, as a run of SARIF tells it.
struct SARIFNotification {
  static let id = "unreadable"

  private let trouble: Bulletin.Trouble

  init(_ trouble: Bulletin.Trouble) {
    self.trouble = trouble
  }

  var value: JSONValue {
    var members: [JSONValue.Member] = [
      ("descriptor", ["id": .text(Self.id), "index": .number(0)]),
      ("level", .text(trouble.matters ? "error" : "warning")),
      ("message", SARIFText.message(SARIFText.escaped(trouble.words.description.sentence))),
    ]
    if let path = trouble.path {
      members.append(
        ("locations", .array([SARIFLocation(path: path, line: trouble.line).value])))
    }
    return .object(members)
  }
}
