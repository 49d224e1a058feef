import Foundation
import Reporting

/// What pipelines and dashboards read, of whatever command.
enum PipelineFormat: String, CaseIterable, Sendable {
  case sarif, junit, github, azure, gitlab

  /// Writes the bulletin where the options say; for `github` and `azure` also the summary that the
  /// run's page shows, where the environment names a place for it.
  func write<Format>(
    _ bulletin: Bulletin, to output: FormatOptions<Format>, in context: RunContext, console: Console
  ) throws {
    try output.write(text(of: bulletin, in: context, console), in: context, console: console)
  }

  private func text(of bulletin: Bulletin, in context: RunContext, _ console: Console) -> String {
    let summary = RunSummary(bulletin, in: context, console)
    switch self {
    case .sarif: return SARIFReport(bulletin).document
    case .junit: return JUnitReport(bulletin).document
    case .gitlab: return GitLabQuality(bulletin).document
    case .github:
      summary.appendForGitHub()
      return GitHubCommands(bulletin).text
    case .azure:
      // Only a pipeline has a build to tag; in a classic release the command would fail.
      let host = context.environment["SYSTEM_HOSTTYPE"] ?? "build"
      return AzureCommands(
        bulletin, summaryFile: summary.writtenForAzure(), tagsBuild: host == "build"
      ).text
    }
  }
}
