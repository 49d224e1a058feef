import Git
import Platform
import Reporting
import Review

/// One page of all watched repositories, written as a whole and only when it says something else.
struct WatchPage {
  private let file: URL
  private var sections: [RepositoriesPage.Section]
  /// Those whose report is not of now.
  private var stale: Set<Int>
  private var written: String?

  /// - Parameter repositories: their paths, in the order of the sections.
  init(_ file: URL, of repositories: [String]) {
    self.file = file
    sections = repositories.map { RepositoriesPage.Section(title: $0) }
    stale = Set(repositories.indices)
    // The same page from another run is not written again; without one there is nothing to compare
    // with.
    written = try? String(contentsOf: file, encoding: .utf8)
  }

  /// Takes up a repository that was just looked at.
  mutating func update(
    _ index: Int, _ repository: WatchedRepository, hasChanged: Bool
  ) throws {
    sections[index].trouble = nil
    if hasChanged { stale.insert(index) }
    guard stale.contains(index) else { return }
    let overview = try repository.overview()
    sections[index].report = Report(branches: overview.verdicts, main: overview.main)
    stale.remove(index)
  }

  /// The last known state of the repository stays on the page.
  mutating func update(_ index: Int, trouble: String) { sections[index].trouble = trouble }

  mutating func write() throws {
    let document = RepositoriesPage(sections).document
    guard document != written else { return }
    try WholeFile.write(Array(document.utf8), to: file.path(percentEncoded: false))
    written = document
  }
}
