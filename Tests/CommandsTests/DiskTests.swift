import Foundation
import TestSupport
import Testing

/// Folders and zips without git.
@Suite struct DiskTests {
  /// Folders with what a maker exported before and after.
  private func exports() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try write(Sales.base.files(), to: "\(folder.path)/old")
    try write(Sales.recreated.files(), to: "\(folder.path)/new")
    return folder
  }

  private func write(_ files: [String: TestFile], to folder: String) throws {
    for (path, file) in files {
      let url = URL(filePath: folder).appending(path: path)
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(file.bytes).write(to: url)
    }
  }

  private func zipped(_ sales: Sales) throws -> Data {
    // The plain layout, as an export has it.
    var entries: [(String, [UInt8])] = []
    for (path, file) in sales.files().sorted(by: { $0.key < $1.key }) {
      let inner = path.replacing("solutions/Sales/", with: "").replacing("Other/", with: "")
        .replacing("Customizations.xml", with: "customizations.xml")
        .replacing("Solution.xml", with: "solution.xml")
      entries.append((inner, file.bytes))
    }
    return Data(storedZip(entries.map { (path: $0.0, content: $0.1) }))
  }

  @Test func `two folders are compared without git`() throws {
    let folder = try exports()
    let outcome = try Tool.command(["check", "old", "new"], in: folder.path).run()
    #expect(outcome.status == 1, "\(outcome.stderr)")
    #expect(outcome.stdout.contains("error[reference-recreated]"))
    #expect(outcome.stdout.contains("compared old with new at "))
  }

  @Test func `two zips are compared without git, and named by what they hold`() throws {
    let folder = try TemporaryFolder()
    try zipped(.base).write(to: URL(filePath: "\(folder.path)/Sales_1.zip"))
    try zipped(.recreated).write(to: URL(filePath: "\(folder.path)/Sales_2.zip"))
    let outcome = try Tool.command(
      ["check", "Sales_1.zip", "Sales_2.zip", "--format", "json"], in: folder.path
    ).run()
    #expect(outcome.status == 1, "\(outcome.stderr)")
    #expect(outcome.stdout.contains("\"reference-recreated\""))
    #expect(outcome.stdout.contains("\"blob\": \""))
    let same = try Tool.command(["check", "Sales_1.zip", "Sales_1.zip"], in: folder.path).run()
    #expect(same.status == 0, "\(same.stderr)")
  }

  @Test func `a zip is listed and audited without git`() throws {
    let folder = try TemporaryFolder()
    try zipped(.base).write(to: URL(filePath: "\(folder.path)/Sales.zip"))
    let list = try Tool.command(["list", "Sales.zip"], in: folder.path).run()
    #expect(list.status == 0)
    #expect(list.stdout.contains(Sales.old.name))
    let audit = try Tool.command(["audit", "Sales.zip"], in: folder.path).run()
    #expect(audit.stderr.contains("audited 1 solution"), "\(audit.stderr)")
  }

  @Test func `what holds no solution is no pass`() throws {
    let folder = try exports()
    try Data("text".utf8).write(to: URL(filePath: "\(folder.path)/notes.txt"))
    try Data("no zip".utf8).write(to: URL(filePath: "\(folder.path)/broken.zip"))
    try FileManager.default.createDirectory(
      atPath: "\(folder.path)/empty", withIntermediateDirectories: false)
    for arguments in [
      ["check", "old", "empty"], ["check", "old", "broken.zip"], ["audit", "empty"],
      ["check", "old", "notes.txt"], ["audit", "broken.zip"], ["list", "missing.zip"],
    ] {
      let outcome = try Tool.command(arguments, in: folder.path).run()
      #expect(outcome.status == 2, "\(arguments): \(outcome.stderr)")
    }
  }

  @Test func `links are not followed`() throws {
    let folder = try exports()
    try FileManager.default.createSymbolicLink(
      atPath: "\(folder.path)/linked", withDestinationPath: "\(folder.path)/old")
    try FileManager.default.createDirectory(
      atPath: "\(folder.path)/outer", withIntermediateDirectories: false)
    try FileManager.default.createSymbolicLink(
      atPath: "\(folder.path)/outer/inner", withDestinationPath: "\(folder.path)/old")
    #expect(try Tool.command(["list", "linked"], in: folder.path).run().status == 0)
    #expect(try Tool.command(["audit", "outer"], in: folder.path).run().status == 2)
  }
}
