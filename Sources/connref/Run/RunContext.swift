import Detection
import Platform

/// The input of a command from its process: the current folder, the environment variables, the
/// date.
struct RunContext: Sendable {
  let folder: String
  let environment: [String: String]
  /// True to write all in one stream: standard error's lines appear in their order.
  var hasOneStream = false
  var faults = OutputFaults()
  /// At Greenwich.
  var today = Day.today

  /// The time of the run in a report, in seconds since 1970: `SOURCE_DATE_EPOCH` where that is
  /// set, so that two runs can give the same bytes. No finding depends on it: approvals end with
  /// `today`.
  var reportTime: Int64 {
    environment["SOURCE_DATE_EPOCH"].flatMap { Int64($0) }
      ?? Int64(Date().timeIntervalSince1970)
  }

  /// How this program was called: its path, or its name, which is looked for on the PATH.
  var program = CommandLine.arguments.first ?? ""

  /// The folder that this program is in, absolute; nil where it is not called connref, or not found.
  var programFolder: String? {
    let name = "/connref"
    if program.contains("/") {
      let whole = path(program)
      return whole.hasSuffix(name) ? Self.standardized(whole.dropLast(name.count)) : nil
    }
    return (environment["PATH"] ?? "").split(separator: ":").map(String.init).first { folder in
      folder.hasPrefix("/") && FileManager.default.isExecutableFile(atPath: "\(folder)/\(program)")
    }
  }

  private static func standardized(_ path: some StringProtocol) -> String {
    URL(filePath: String(path)).standardizedFileURL.path(percentEncoded: false)
  }

  /// When the program began.
  private let start = ContinuousClock.now

  /// `0.012 s`.
  var elapsed: String {
    let (seconds, attoseconds) = (ContinuousClock.now - start).components
    let milliseconds = attoseconds / 1_000_000_000_000_000
    return "\(seconds).\(milliseconds.digits(3)) s"
  }

  /// True where something is at a path that the user gave.
  func exists(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: self.path(path))
  }

  /// True for what no branch is called.
  func looksLikePath(_ text: String) -> Bool {
    text.lowercased().hasSuffix(".zip") || text.hasPrefix("/") || text.hasPrefix("./")
      || text.hasPrefix("../")
  }

  /// A path that the user gave, as an absolute one.
  func path(_ path: String) -> String { path.hasPrefix("/") ? path : "\(folder)/\(path)" }
}

extension Day {
  /// By the clock, at Greenwich.
  static var today: Day { Day(secondsSince1970: Int64(Date().timeIntervalSince1970)) }
}
