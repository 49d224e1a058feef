import Platform
import Reporting

/// The Markdown that a build server shows on the page of a run. One that cannot be written is
/// reported and changes nothing of the outcome.
struct RunSummary {
  /// GitHub takes 1 MiB for a step, and shows nothing at all of a larger summary.
  private static let gitHubLimit = 1 << 20

  let report: Report
  let context: RunContext
  let console: Console

  /// Appends to the file that a runner of GitHub names: the step may have written to it before.
  func appendForGitHub() {
    guard let path = context.environment["GITHUB_STEP_SUMMARY"], !path.isEmpty else { return }
    let file = URL(filePath: context.path(path))
    do {
      let path = file.path(percentEncoded: false)
      let isThere = FileManager.default.fileExists(atPath: path)
      let present = isThere ? try Data(contentsOf: file) : Data()
      if !isThere { try present.write(to: file) }
      let room = Self.gitHubLimit - present.count
      var text = markdown(limit: room - 1)
      if let last = present.last, last != UInt8(ascii: "\n") { text = "\n" + text }
      guard text.utf8.count <= room else {
        return console.warn("could not write the job summary: it has 1 MiB already")
      }
      try append(text.utf8, toFile: path)
    } catch {
      console.warn("could not write the job summary: \(error.systemReason)")
    }
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
      console.warn("could not write the summary: \(error.systemReason)")
      return nil
    }
  }

  private func markdown(limit: Int) -> String {
    var options = RenderOptions()
    options.markdownLimit = limit
    return report.document(in: .markdown, options)
  }
}
