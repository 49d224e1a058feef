import ArgumentParser
import Platform
import Reporting

/// The description of the commands that ArgumentParser prints with `--experimental-dump-help`: the
/// declarations that `--help` is made from. Only what the manual needs; `ArgumentParserToolInfo` is
/// no product.
struct HelpDump: Decodable {
  struct Command: Decodable {
    let commandName: String
    let abstract: String?
    let discussion: String?
    let shouldDisplay: Bool?
    let subcommands: [Command]?
    let arguments: [Argument]?
  }

  struct Argument: Decodable {
    struct Name: Decodable {
      let kind: String
      let name: String
    }

    let kind: String
    let names: [Name]?
    let valueName: String?
    let abstract: String?
    let allValues: [String]?
    let defaultValue: String?
    let isOptional: Bool
    let isRepeating: Bool
    let shouldDisplay: Bool
  }

  let command: Command

  /// - Throws: where ArgumentParser writes it in another way than it did.
  static func ofConnref() throws -> HelpDump {
    try JSONDecoder().decode(HelpDump.self, from: Data(Connref._dumpHelp().utf8))
  }
}

extension HelpDump.Command {
  /// Its displayed subcommands and theirs, by their full names. Without `help`.
  var leaves: [ManualPage.Command] {
    (subcommands ?? []).flatMap { subcommand -> [ManualPage.Command] in
      guard subcommand.shouldDisplay ?? true, subcommand.commandName != "help" else { return [] }
      let inner = subcommand.leaves
      guard inner.isEmpty else {
        return inner.map { command in
          ManualPage.Command(
            name: "\(subcommand.commandName) \(command.name)", abstract: command.abstract,
            discussion: command.discussion, arguments: command.arguments)
        }
      }
      return [subcommand.page]
    }
  }

  var page: ManualPage.Command {
    ManualPage.Command(
      name: commandName, abstract: abstract ?? "", discussion: discussion ?? "",
      arguments: (arguments ?? []).filter(\.shouldDisplay).map(\.page))
  }
}

extension HelpDump.Argument {
  fileprivate var page: ManualPage.Argument {
    // The short ones first, as in git's own manuals.
    let spellings = (names ?? []).map { $0.kind == "long" ? "--\($0.name)" : "-\($0.name)" }
      .sorted { $0.count < $1.count }
    return ManualPage.Argument(
      spellings: spellings, value: kind == "flag" ? nil : valueName, abstract: abstract ?? "",
      values: allValues ?? [], defaultValue: defaultValue, isOptional: isOptional,
      isRepeating: isRepeating)
  }
}
