import Solution

/// A place as SARIF writes it.
struct SARIFLocation {
  /// The base of relative paths: the name that GitHub and others take for the root.
  static let root = "%SRCROOT%"

  private let path: String
  private let line: Int?
  private let relation: (id: Int, words: PrintableText)?

  init(_ place: Place) {
    self.init(path: place.path, line: place.line)
  }

  /// - Parameter line: Nil where the whole file is meant.
  init(path: String, line: Int?) {
    self.path = path
    self.line = line
    relation = nil
  }

  /// A related location, to which a message links by its number.
  init(_ place: Place, id: Int, _ words: PrintableText) {
    path = place.path
    line = place.line
    relation = (id, words)
  }

  var value: JSONValue {
    var physical: [JSONValue.Member] = [
      ("artifactLocation", ["uri": .text(uri), "uriBaseId": .text(Self.root)])
    ]
    if let line { physical.append(("region", ["startLine": .number(max(line, 1))])) }
    var members: [JSONValue.Member] = [("physicalLocation", .object(physical))]
    if let relation {
      members = [("id", .number(relation.id))] + members
      members.append(("message", SARIFText.message(SARIFText.escaped(relation.words.description))))
    }
    return .object(members)
  }

  /// The path as a relative reference of RFC 3986. A colon is encoded too: in the first part it would
  /// end the name of a scheme.
  private var uri: String {
    var uri = ""
    for byte in path.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: "/"):
        uri.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        uri += digits.utf8.count == 1 ? "%0\(digits)" : "%\(digits)"
      }
    }
    return uri
  }
}
