import Foundation
import Reporting

/// The Markdown that a build server shows on the page of a run. One that cannot be written is told and
/// changes nothing of the outcome.
struct RunSummary {
  /// GitHub takes 1 MiB for a step, and shows nothing at all of a larger summary.
  private static let gitHubLimit = 1 << 20

  private let bulletin: Bulletin
  private let world: World
  private let console: Console

  init(_ bulletin: Bulletin, in world: World, _ console: Console) {
    self.bulletin = bulletin
    self.world = world
    self.console = console
  }

  /// Appends to the file that a runner of GitHub names: the step may have written to it before.
  func appendForGitHub() {
    guard let path = world.environment["GITHUB_STEP_SUMMARY"], !path.isEmpty else { return }
    do {
      let file = URL(filePath: world.path(path))
      // Where there is none yet, it is made; what is wrong with one that cannot be read, writing tells.
      var content = (try? Data(contentsOf: file)) ?? Data()
      if let last = content.last, last != UInt8(ascii: "\n") { content.append(UInt8(ascii: "\n")) }
      let room = Self.gitHubLimit - content.count
      content.append(contentsOf: BulletinMarkdown(bulletin, limit: room).text.utf8)
      if content.count > Self.gitHubLimit {
        return warn("could not write the job summary: it has 1 MiB already")
      }
      try content.write(to: file)
    } catch {
      warn("could not write the job summary: \(error.localizedDescription)")
    }
  }

  /// Writes a file for an agent of Azure Pipelines to take up when the step is over.
  ///
  /// - Returns: Its path; nil where no agent says where its temporary files are.
  func writtenForAzure() -> String? {
    guard let folder = world.environment["AGENT_TEMPDIRECTORY"], !folder.isEmpty else { return nil }
    let text = BulletinMarkdown(bulletin).text
    do {
      // The file's name is the title of the section, so each run has a folder of its own: the agent may
      // not have read yet what an earlier step wrote.
      let own = URL(filePath: world.path(folder))
        .appending(path: "connref-\(ProcessInfo.processInfo.globallyUniqueString)")
      try FileManager.default.createDirectory(at: own, withIntermediateDirectories: true)
      let file = own.appending(path: "connref \(bulletin.command).md")
      try Data(text.utf8).write(to: file)
      return file.path(percentEncoded: false)
    } catch {
      warn("could not write the summary: \(error.localizedDescription)")
      return nil
    }
  }

  private func warn(_ message: String) {
    console.say("warning: \(PrintableText(escaping: message))")
  }
}
