import ArgumentParser
import Foundation
import Git
import Review

struct InstallCommand: WorldlyCommand {
  static let configuration = CommandConfiguration(
    commandName: "install",
    abstract: "Install the hooks into this repository.",
    discussion: """
      pre-commit, pre-merge-commit and pre-push stop what breaks; post-merge tells what a merge or a \
      pull brought. A hook that is there already is kept and runs first. Installing twice changes \
      nothing.
      """)

  @Flag(help: "Also where core.hooksPath leads out of this repository.")
  var shared = false

  @OptionGroup var common: CommonOptions

  func run(in world: World, console _: Console) throws -> ExitStatus {
    let console = common.console(in: world)
    let folder = try HooksFolder(try common.openRepository(in: world), sharedToo: shared)
    var status = ExitStatus.clear
    for (hook, outcome) in HookInstaller(folder: folder.url).install() {
      if case .refused(let refusal) = outcome {
        console.complain(outcome.message(for: hook), hint: refusal.hint)
        status = .unknown
      } else {
        console.inform(outcome.message(for: hook))
      }
    }
    if folder.place == .worktree, status == .clear {
      console.inform("core.hooksPath leads into the worktree: commit the hooks for your team")
    }
    return status
  }
}

/// Where git looks for the hooks of a repository, as long as connref may write there.
struct HooksFolder {
  let url: URL
  let place: HooksFolderPlace

  init(_ repository: Repository, sharedToo: Bool) throws {
    url = URL(filePath: repository.hooksDirectory, directoryHint: .isDirectory)
    place = HooksFolderPlace(
      of: url,
      gitFolders: [repository.gitDirectory, repository.commonDirectory].map {
        URL(filePath: $0, directoryHint: .isDirectory)
      },
      worktree: repository.workTree.map { URL(filePath: $0, directoryHint: .isDirectory) })
    if repository.isBare {
      throw Failure(
        message: "could not install hooks: the repository is bare, and these hooks run in clones")
    }
    if place == .outside, !sharedToo {
      throw Failure(
        message:
          "git looks for hooks in '\(repository.hooksDirectory)', outside of this repository "
          + "(core.hooksPath)",
        hint: "connref install --shared installs there, for every repository that uses it; "
          + "git config core.hooksPath .git/hooks gives this one its own")
    }
  }
}
