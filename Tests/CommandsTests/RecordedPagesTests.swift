import Foundation
import TestSupport
import Testing

/// The README and the pages of the manual: what a command prints in them is what it prints.
@Suite struct RecordedPagesTests {
  /// A part of a page that a command writes, between `<!-- begin: … -->` and `<!-- end -->`.
  private struct Block {
    /// `connref rules --format markdown`: its output is the text. `$ git commit`: a transcript of that
    /// line, run by a shell in the repository of `connref demo`.
    let command: String
    let range: Range<String.Index>

    func text() throws -> String {
      if command.hasPrefix("$ ") {
        return "```\n\(command)\n\(try Self.transcript(of: String(command.dropFirst(2))))```\n"
      }
      let arguments = command.split(separator: " ").dropFirst().map(String.init)
      return try Tool.command(arguments, in: "/").succeed().stdout
    }

    /// 2026-05-26T08:00:00Z: a run after the last commit of the demo.
    private static let afterDemo = "1779782400"

    /// What a terminal would show, with the hooks installed.
    private static func transcript(of line: String) throws -> String {
      let folder = try TemporaryFolder()
      return try withExtendedLifetime(folder) {
        let demo = "\(folder.path)/sales"
        try Tool.command(["demo", demo], in: folder.path).succeed()
        try Tool.command(["install"], in: demo).succeed()
        return try Command("sh", "-c", "\(line) 2>&1", in: demo)
          .setting(["PATH": Tool.path, "SOURCE_DATE_EPOCH": afterDemo]).run().stdout
      }
    }
  }

  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
  private static let manual = root.appending(path: "Sources/connref/connref.docc")

  private static func pages() throws -> [URL] {
    let manual = try FileManager.default.contentsOfDirectory(
      at: manual, includingPropertiesForKeys: nil)
    return [root.appending(path: "README.md")]
      + manual.sorted { $0.path < $1.path }.filter { $0.pathExtension == "md" }
  }

  private func blocks(in text: String) -> [Block] {
    text.matches(of: /(?m)^<!-- begin: (.*) -->\n/).compactMap { match in
      let rest = match.range.upperBound..<text.endIndex
      guard let end = text.range(of: "<!-- end -->", range: rest) else { return nil }
      return Block(
        command: String(match.output.1), range: match.range.upperBound..<end.lowerBound)
    }
  }

  /// With `RECORD_SNAPSHOTS=1` the pages are written again, and the test still fails.
  @Test func `the pages show what the commands print`() throws {
    var commands: [String] = []
    for page in try Self.pages() {
      var text = try String(contentsOf: page, encoding: .utf8)
      let blocks = blocks(in: text)
      commands += blocks.map(\.command)
      for block in blocks.reversed() {
        let printed = try block.text()
        if text[block.range] == printed { continue }
        Issue.record("\(page.lastPathComponent) has another text than '\(block.command)'")
        text.replaceSubrange(block.range, with: printed)
      }
      if ProcessInfo.processInfo.environment["RECORD_SNAPSHOTS"] == "1" {
        try Data(text.utf8).write(to: page)
      }
    }
    #expect(commands.contains("connref rules --format markdown"))
    #expect(commands.contains("$ git commit -m 'Export Sales 1.3.0.0'"))
  }

  @Test func `the README has at most 10 KB`() throws {
    let readme = try Data(contentsOf: Self.root.appending(path: "README.md"))
    #expect(readme.count <= 10_000)
  }

  @Test func `every relative link leads to a file, and to a heading of it`() throws {
    for page in try Self.pages() + Self.guides {
      let text = try String(contentsOf: page, encoding: .utf8)
      for match in text.matches(of: /\]\(([^)#:]*)(?:#([^)]*))?\)/) {
        let path = String(match.output.1)
        let target =
          path.isEmpty ? page : page.deletingLastPathComponent().appending(path: path)
        guard FileManager.default.fileExists(atPath: target.path) else {
          Issue.record("\(page.lastPathComponent) links to '\(path)', which does not exist")
          continue
        }
        guard let heading = match.output.2 else { continue }
        let headings = try String(contentsOf: target, encoding: .utf8).matches(of: /(?m)^#+ (.*)$/)
          .map { $0.output.1.lowercased().replacing(" ", with: "-") }
        #expect(headings.contains(String(heading)), "\(page.lastPathComponent): #\(heading)")
      }
    }
  }

  private static let guides = ["CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"].map {
    root.appending(path: ".github/\($0)")
  }

  @Test func `the contents of the manual list every page`() throws {
    let contents = try String(
      contentsOf: Self.manual.appending(path: "connref.md"), encoding: .utf8)
    for page in try Self.pages().dropFirst() where page.lastPathComponent != "connref.md" {
      #expect(contents.contains("](\(page.lastPathComponent))"))
    }
  }

  /// A row of the table in `formats.md`: the command, and the formats that it has a yes for.
  private func formatTable() throws -> [(command: String, formats: Set<String>)] {
    let text = try String(
      contentsOf: Self.manual.appending(path: "formats.md"), encoding: .utf8)
    let lines = text.split(separator: "\n").drop { !$0.hasPrefix("| command |") }
    let rows = lines.prefix { $0.hasPrefix("|") }.map { line in
      line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
    }
    let heads: [String] = try #require(rows.first)
    return rows.dropFirst(2).map { row in
      let formats = zip(heads, row).dropFirst().filter { $0.1 == "yes" }
        .flatMap { $0.0.split(separator: ", ").map(String.init) }
      return (row[0], Set(formats))
    }
  }

  @Test func `the table of formats says what each command writes`() throws {
    let table = try formatTable()
    #expect(table.count > 5)
    for (command, formats) in table {
      let help = try Tool.command(
        command.split(separator: " ").map(String.init) + ["--help"], in: "/"
      ).succeed().stdout.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      let values = try #require(
        help.firstMatch(of: /--format <format> [^(]*\(values: ([^;)]*)/)?.output.1)
      #expect(Set(values.split(separator: ", ").map(String.init)) == formats, "\(command)")
    }
  }

  @Test func `a command refuses a format that the table does not give it`() throws {
    let table = try formatTable()
    let all = table.reduce(into: Set<String>()) { $0.formUnion($1.formats) }
    for (command, formats) in table {
      for format in all.subtracting(formats).sorted() {
        let arguments = command.split(separator: " ").map(String.init) + ["--format", format]
        #expect(try Tool.command(arguments, in: "/").run().status == 64, "\(arguments)")
      }
    }
  }
}
