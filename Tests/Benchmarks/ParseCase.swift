import Solution

/// How many bytes of a solution are read in a second, without git.
enum ParseCase: BenchCase {
  static let name = "parse"

  static func rows(on stage: Stage) throws -> [Row] {
    let files = InventedSolution(folder: "Bench", flows: 1_000, references: 20_000).files
    let isFlow = { (path: String) in path.hasSuffix(".json") }
    let isDeclaration = { (path: String) in path.hasSuffix("Customizations.xml") }
    return [
      row("parse flows", files.filter { isFlow($0.path) }, runs: stage.runs),
      row("parse Customizations.xml", files.filter { isDeclaration($0.path) }, runs: stage.runs),
    ]
  }

  private static func row(
    _ name: String, _ files: [(path: String, text: String)], runs: Int
  ) -> Row {
    let tree = FilesInMemory(files)
    let clock = ContinuousClock()
    let seconds = (0..<runs).map { _ in
      clock.measure {
        var reader = SnapshotReader()
        let (snapshot, problems) = reader.read(tree)
        precondition(snapshot.instances.count == 1 && problems.isEmpty, "the files are valid")
      } / .seconds(1)
    }
    let bytes = files.reduce(0) { $0 + $1.text.utf8.count }
    return Row(
      name: name, figure: Double(bytes) / 1_000_000 / seconds.sorted()[runs / 2], unit: "MB/s")
  }
}

private struct FilesInMemory: FileTree {
  let root: Folder?
  private let contents: [ContentID: [UInt8]]

  init(_ files: [(path: String, text: String)]) {
    var contents: [ContentID: [UInt8]] = [:]
    var listed: [FolderPool.Listed] = []
    for (number, file) in files.enumerated() {
      let id = ContentID(words: (UInt64(number + 1), 0, 0))
      contents[id] = Array(file.text.utf8)
      listed.append(FolderPool.Listed(path: file.path, content: id, kind: .regular))
    }
    var pool = FolderPool()
    root = pool.root(of: listed)
    self.contents = contents
  }

  func contents(of id: ContentID, limit _: Int) -> FileContents {
    contents[id].map(FileContents.bytes) ?? .unavailable("not made")
  }
}
