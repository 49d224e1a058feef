import ArgumentParser
import Git
import Review

/// The formats that one command can write. Help, completion and what is said of wrong usage name these
/// and no others.
protocol FormatChoice: ExpressibleByArgument, CaseIterable, RawRepresentable, Sendable
where RawValue == String {
  /// The default format.
  static var text: Self { get }
}

/// For commands that report.
struct FormatOptions<Format: FormatChoice>: ParsableArguments {
  @Option(help: "How to write it down.")
  var format: Format = .text

  @Option(help: ArgumentHelp("Write to a file instead of the terminal.", valueName: "file"))
  var output: String?

  func validate() throws {
    if output == "" { throw ValidationError("'' is not a file: give --output the name of one") }
  }

  /// Text on standard output, as if nothing had been given.
  static var text: Self {
    var options = Self()
    options.format = .text
    options.output = nil
    return options
  }

  /// True for the format that is meant for a terminal.
  var isText: Bool { format.rawValue == Format.text.rawValue }

  /// True where text may be coloured.
  func isColored(on console: Console) -> Bool { output == nil && console.colorsOutput }

  /// To the file that was named, else to standard output.
  func write(_ text: String, in context: RunContext, console: Console) throws {
    guard let output else { return console.write(text) }
    do throws(Unwritable) {
      try WholeFile.write(Array(text.utf8), to: context.path(output))
    } catch {
      throw Failure(message: "could not write '\(output)': \(error.reason)")
    }
  }
}

/// For commands that only people and programs read.
typealias OutputOptions = FormatOptions<OutputFormat>

enum OutputFormat: String, FormatChoice {
  case text, json
}
