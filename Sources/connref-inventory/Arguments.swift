import Dataverse

/// The command line of `connref-inventory`, which connref calls; no secret is ever a part of it.
struct Arguments: Sendable, Equatable {
  var environment = ""
  var output = ""
  var withDefinitions = false
  var withNames = false
  var isQuiet = false
  /// True where the end of standard input means that the parent process has ended.
  var endsWithInput = false

  static let usage =
    "usage: connref-inventory fetch --environment URL --output FOLDER [--with-definitions] [--with-names] [--quiet]"

  /// - Parameter words: without the program's name.
  init(_ words: [String]) throws(FetchFailure) {
    guard words.first == "fetch" else { throw Self.wrong("it has one command, 'fetch'") }
    var rest = words.dropFirst()
    while let word = rest.popFirst() {
      switch word {
      case "--with-definitions": withDefinitions = true
      case "--with-names": withNames = true
      case "--quiet": isQuiet = true
      case "--end-with-input": endsWithInput = true
      case "--environment", "--output", "--version-of-connref":
        guard let value = rest.popFirst(), !value.isEmpty else {
          throw Self.wrong("\(word) needs a value")
        }
        switch word {
        case "--environment": environment = value
        case "--output": output = value
        default:
          guard value == InventoryVersion.current else {
            throw FetchFailure(
              "this connref-inventory is version \(InventoryVersion.current), and connref is \(value)",
              hint: "install both from one package")
          }
        }
      default: throw Self.wrong("'\(word)' is not an option")
      }
    }
    guard !environment.isEmpty, !output.isEmpty else {
      throw Self.wrong("--environment and --output are needed")
    }
  }

  private static func wrong(_ reason: String) -> FetchFailure {
    FetchFailure(reason, hint: usage, isUsage: true)
  }
}
