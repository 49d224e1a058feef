/// How a run ends.
enum ExitStatus: Error, Hashable, CaseIterable, Sendable {
  /// No problems found.
  case clear
  /// Findings at or above what `--fail-on` says.
  case findings
  /// The run could not tell whether there are problems.
  case unknown
  case wrongUsage

  var code: Int32 {
    switch self {
    case .clear: 0
    case .findings: 1
    case .unknown: 2
    case .wrongUsage: 64
    }
  }

  /// For the manual.
  var meaning: String {
    switch self {
    case .clear: "No problems found."
    case .findings: "Findings at or above --fail-on."
    case .unknown:
      """
      Could not tell: not a repository, an unknown revision, or a file that mattered could not be \
      read. It never looks like a pass.
      """
    case .wrongUsage: "Wrong usage."
    }
  }
}

extension ExitStatus {
  /// Findings outweigh "could not tell".
  func worse(_ other: ExitStatus) -> ExitStatus {
    for status in [ExitStatus.wrongUsage, .findings, .unknown]
    where self == status || other == status {
      return status
    }
    return .clear
  }
}
