import Foundation
import Review
import Testing

struct HooksFolderPlaceTests {
  private let gitFolder = URL(filePath: "/nonexistent/clone/.git", directoryHint: .isDirectory)
  private let worktree = URL(filePath: "/nonexistent/clone", directoryHint: .isDirectory)

  @Test func `the usual hooks folder is in the git folder`() {
    #expect(place("/nonexistent/clone/.git/hooks") == .gitFolder)
  }

  @Test func `a folder of the project is in the worktree`() {
    #expect(place("/nonexistent/clone/.githooks") == .worktree)
  }

  @Test func `a folder that only begins like the worktree is outside`() {
    #expect(place("/nonexistent/clone-of-another/hooks") == .outside)
  }

  @Test func `a folder reached through the worktree's parent is outside`() {
    #expect(place("/nonexistent/clone/../hooks") == .outside)
  }

  @Test func `a hooks folder that links elsewhere is outside`() throws {
    let folder = try HooksFolder()
    let link = folder.beside(".git/hooks")
    try FileManager.default.createDirectory(
      at: link.deletingLastPathComponent(), withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(at: link, withDestinationURL: folder.url)
    #expect(
      HooksFolderPlace(of: link, gitFolders: [folder.beside(".git")], worktree: nil) == .outside)
  }

  private func place(_ path: String) -> HooksFolderPlace {
    HooksFolderPlace(
      of: URL(filePath: path, directoryHint: .isDirectory), gitFolders: [gitFolder],
      worktree: worktree)
  }
}
