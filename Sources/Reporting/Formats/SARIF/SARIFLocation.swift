import Platform
import Solution

/// A place as SARIF writes it.
struct SARIFLocation {
  /// The base of relative paths: the name that GitHub and others take for the root.
  static let root = "%SRCROOT%"

  let path: String
  /// Nil where the whole file is meant.
  let line: Int?
  /// Of a related location: the number by which a message links to it.
  var relation: (id: Int, words: PrintableText)?

  var value: JSONValue {
    // A relative reference: a colon in its first part would end the name of a scheme, and is encoded too.
    var physical: [JSONValue.Member] = [
      (
        "artifactLocation",
        ["uri": .text(path.percentEncoded(keeping: "/")), "uriBaseId": .text(Self.root)]
      )
    ]
    if let line { physical.append(("region", ["startLine": .number(max(line, 1))])) }
    var members: [JSONValue.Member] = [("physicalLocation", .object(physical))]
    if let relation {
      members = [("id", .number(relation.id))] + members
      members.append(("message", SARIFText.message(SARIFText.escaped(relation.words.description))))
    }
    return .object(members)
  }
}
