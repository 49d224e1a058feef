import ArgumentParser
import Git
import Review

/// The formats that one command can write. Help, completion and what is said of wrong usage name these
/// and no others.
protocol FormatChoice: ExpressibleByArgument, CaseIterable, RawRepresentable, Sendable
where RawValue == String {
  /// What is written when nothing is asked for.
  static var text: Self { get }
}

/// For commands that report.
struct FormatOptions<Format: FormatChoice>: ParsableArguments {
  @Option(help: "How to write it down.")
  var format: Format = .text

  @Option(help: ArgumentHelp("Write to a file instead of the terminal.", valueName: "file"))
  var output: String?

  /// Text on standard output, as if nothing had been given.
  static var text: Self {
    var options = Self()
    options.format = .text
    options.output = nil
    return options
  }

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

/// The formats of a report of findings, beside those that pipelines read.
enum ReportFormat: String, FormatChoice {
  case text, json, markdown, csv, html
}

/// A command's own formats, and those that pipelines read.
enum PipelineOr<Own: FormatChoice>: FormatChoice {
  case own(Own)
  case pipeline(PipelineFormat)

  static var text: Self { .own(.text) }

  static var allCases: [Self] {
    Own.allCases.map(Self.own) + PipelineFormat.allCases.map(Self.pipeline)
  }

  init?(rawValue: String) {
    if let own = Own(rawValue: rawValue) {
      self = .own(own)
    } else if let pipeline = PipelineFormat(rawValue: rawValue) {
      self = .pipeline(pipeline)
    } else {
      return nil
    }
  }

  var rawValue: String {
    switch self {
    case .own(let own): own.rawValue
    case .pipeline(let pipeline): pipeline.rawValue
    }
  }
}
