/// The manual of the tool as values: what `man connref` shows.
package struct ManualPage: Sendable {
  /// A subcommand with its full name, `check` or `settings sync`.
  package struct Command: Sendable {
    package let name: String
    package let abstract: String
    /// Paragraphs; lines that begin with two spaces are examples.
    package let discussion: String
    package let arguments: [Argument]

    package init(name: String, abstract: String, discussion: String, arguments: [Argument]) {
      self.name = name
      self.abstract = abstract
      self.discussion = discussion
      self.arguments = arguments
    }
  }

  package struct Argument: Hashable, Sendable {
    /// `-q`, `--quiet`; empty for what is known by its position.
    package let spellings: [String]
    /// The placeholder of its value, or of a positional argument; nil for a flag.
    package let value: String?
    package let abstract: String
    /// The values that it accepts; empty where any value is.
    package let values: [String]
    package let defaultValue: String?
    package let isOptional: Bool
    package let isRepeating: Bool

    package init(
      spellings: [String], value: String?, abstract: String, values: [String] = [],
      defaultValue: String? = nil, isOptional: Bool = true, isRepeating: Bool = false
    ) {
      self.spellings = spellings
      self.value = value
      self.abstract = abstract
      self.values = values
      self.defaultValue = defaultValue
      self.isOptional = isOptional
      self.isRepeating = isRepeating
    }
  }

  /// A term of a list, and what it means.
  package struct Entry: Sendable {
    package let term: String
    package let text: String

    package init(_ term: String, _ text: String) {
      self.term = term
      self.text = text
    }
  }

  /// `connref`: its abstract and discussion, and what it takes itself.
  package let tool: Command
  /// The day it was made, in seconds since 1970.
  package let time: Int64
  package let commands: [Command]
  package let rules: [DocumentedRule]
  package let environment: [Entry]
  package let files: [Entry]
  package let exitStatus: [Entry]
  /// The purpose of an example, and the lines to type.
  package let examples: [Entry]

  package init(
    tool: Command, time: Int64, commands: [Command], rules: [DocumentedRule],
    environment: [Entry], files: [Entry], exitStatus: [Entry], examples: [Entry]
  ) {
    self.tool = tool
    self.time = time
    self.commands = commands
    self.rules = rules
    self.environment = environment
    self.files = files
    self.exitStatus = exitStatus
    self.examples = examples
  }

  /// Arguments that more than half of the commands take: listed once.
  var commonArguments: [Argument] {
    var counts: [Argument: Int] = [:]
    var order: [Argument] = []
    for argument in commands.flatMap(\.arguments) {
      if counts[argument] == nil { order.append(argument) }
      counts[argument, default: 0] += 1
    }
    return order.filter { counts[$0, default: 0] * 2 > commands.count }
  }
}
