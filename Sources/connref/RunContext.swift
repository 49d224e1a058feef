import Detection
import Foundation

/// What a command may ask of its process: the current folder, the environment variables, the date.
struct RunContext: Sendable {
  let folder: String
  let environment: [String: String]
  /// A story told in one stream: what goes to standard error elsewhere stands where it belongs.
  var hasOneStream = false
  var faults = OutputFaults()
  /// At Greenwich.
  var today = Day(secondsSince1970: Int64(Date().timeIntervalSince1970))

  /// A path that the user gave, as an absolute one.
  func path(_ path: String) -> String { path.hasPrefix("/") ? path : "\(folder)/\(path)" }
}
