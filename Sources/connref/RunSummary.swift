import Foundation
import Reporting

/// The Markdown that a build server shows on the page of a run. One that cannot be written is told and
/// changes nothing of the outcome.
struct RunSummary {
  /// GitHub takes 1 MiB for a step, and shows nothing at all of a larger summary.
  private static let gitHubLimit = 1 << 20

  private let report: Report
  private let context: RunContext
  private let console: Console

  init(_ report: Report, in context: RunContext, _ console: Console) {
    self.report = report
    self.context = context
    self.console = console
  }

  /// Appends to the file that a runner of GitHub names: the step may have written to it before.
  func appendForGitHub() {
    guard let path = context.environment["GITHUB_STEP_SUMMARY"], !path.isEmpty else { return }
    let file = URL(filePath: context.path(path))
    do {
      if !FileManager.default.fileExists(atPath: file.path(percentEncoded: false)) {
        try Data().write(to: file)
      }
      let handle = try FileHandle(forUpdating: file)
      defer { try? handle.close() }  // What was written is there, or its failure was told.
      let end = try handle.seekToEnd()
      let room = Self.gitHubLimit - Int(clamping: end)
      var text = markdown(limit: room - 1)
      if try !endsALine(handle, at: end) { text = "\n" + text }
      guard text.utf8.count <= room else {
        return warn("could not write the job summary: it has 1 MiB already")
      }
      try handle.write(contentsOf: Data(text.utf8))
    } catch {
      warn("could not write the job summary: \(error.localizedDescription)")
    }
  }

  /// Leaves the handle at the end.
  private func endsALine(_ handle: FileHandle, at end: UInt64) throws -> Bool {
    guard end > 0 else { return true }
    try handle.seek(toOffset: end - 1)
    return try handle.read(upToCount: 1)?.first == UInt8(ascii: "\n")
  }

  /// Writes a file for an agent of Azure Pipelines to take up when the step is over.
  ///
  /// - Returns: Its path; nil where no agent says where its temporary files are.
  func writtenForAzure() -> String? {
    guard let folder = context.environment["AGENT_TEMPDIRECTORY"], !folder.isEmpty else {
      return nil
    }
    let text = report.document(in: .markdown)
    do {
      // The file's name is the title of the section, so each run has a folder of its own: the agent may
      // not have read yet what an earlier step wrote.
      let own = URL(filePath: context.path(folder))
        .appending(path: "connref-\(ProcessInfo.processInfo.globallyUniqueString)")
      try FileManager.default.createDirectory(at: own, withIntermediateDirectories: true)
      let file = own.appending(path: "connref \(report.command).md")
      try Data(text.utf8).write(to: file)
      return file.path(percentEncoded: false)
    } catch {
      warn("could not write the summary: \(error.localizedDescription)")
      return nil
    }
  }

  private func markdown(limit: Int) -> String {
    var options = RenderOptions()
    options.markdownLimit = limit
    return report.document(in: .markdown, options)
  }

  private func warn(_ message: String) {
    console.say("warning: \(PrintableText(escaping: message))")
  }
}
