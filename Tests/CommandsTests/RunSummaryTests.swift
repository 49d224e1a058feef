import Foundation
import TestSupport
import Testing

/// The Markdown that a build server shows on the page of a run.
@Suite struct RunSummaryTests {
  private func content(of file: String) throws -> String {
    try Command("cat", file).succeed().stdout
  }

  @Test func `a job summary is appended to what the step wrote before`() throws {
    let fixture = try TestRepository.withRecreation()
    let file = fixture.beside("summary.md")
    try Data("# Before".utf8).write(to: URL(filePath: file))
    for _ in 1...2 {
      let outcome = try fixture.connref(
        "check", "--format", "github", environment: ["GITHUB_STEP_SUMMARY": file])
      #expect(outcome.status == 1)
    }
    let text = try content(of: file)
    #expect(text.hasPrefix("# Before\n<!-- connref -->\n## connref check: 1 error\n"))
    #expect(text.ranges(of: "<!-- connref -->").count == 2)
  }

  @Test(arguments: ["text", "json", "azure"])
  func `no other format writes one`(format: String) throws {
    let fixture = try TestRepository.withRecreation()
    let file = fixture.beside("summary.md")
    _ = try fixture.connref(
      "check", "--format", format, environment: ["GITHUB_STEP_SUMMARY": file])
    #expect(!FileManager.default.fileExists(atPath: file))
  }

  @Test func `branches and histories have one too`() throws {
    let fixture = try TestRepository { Commit("base", Sales.base.files()) }
    let file = fixture.beside("summary.md")
    for command in ["branches", "history"] {
      _ = try fixture.connref(
        command, "--format", "github", environment: ["GITHUB_STEP_SUMMARY": file])
    }
    let text = try content(of: file)
    #expect(text.contains("## connref branches: no problems found\n"))
    #expect(text.contains("## connref history: no problems found\n"))
  }

  @Test func `a full summary is left alone, and that is said`() throws {
    let fixture = try TestRepository.withRecreation()
    let file = fixture.beside("summary.md")
    let full = Data(repeating: UInt8(ascii: "x"), count: (1 << 20) - 10)
    try full.write(to: URL(filePath: file))
    let outcome = try fixture.connref(
      "check", "--format", "github", environment: ["GITHUB_STEP_SUMMARY": file])
    #expect(outcome.status == 1)
    #expect(outcome.stderr.hasPrefix("warning: could not write the job summary: it has 1 MiB"))
    #expect(try Data(contentsOf: URL(filePath: file)) == full)
  }

  @Test func `a summary that cannot be written changes nothing of the outcome`() throws {
    let fixture = try TestRepository.withRecreation()
    let nowhere = fixture.beside("no/such/folder/summary.md")
    let outcome = try fixture.connref(
      "check", "--format", "github", environment: ["GITHUB_STEP_SUMMARY": nowhere])
    #expect(outcome.status == 1)
    #expect(outcome.stdout.hasPrefix("::error "))
    #expect(outcome.stderr.hasPrefix("warning: could not write the job summary: "))
  }

  @Test func `an agent of Azure is given a file of each step's own`() throws {
    let fixture = try TestRepository.withRecreation()
    let folder = fixture.beside("temp")
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    var files: Set<String> = []
    for _ in 1...2 {
      let outcome = try fixture.connref(
        "check", "--format", "azure", environment: ["AGENT_TEMPDIRECTORY": folder])
      let command = "##vso[task.uploadsummary]"
      let line = try #require(outcome.lines.first { $0.hasPrefix(command) })
      let file = String(line.dropFirst(command.count))
      #expect(file.hasPrefix(folder + "/") && file.hasSuffix("/connref check.md"))
      #expect(try content(of: file).hasPrefix("<!-- connref -->\n## connref check: 1 error\n"))
      files.insert(file)
    }
    #expect(files.count == 2)
  }

  @Test func `a classic release has no build to tag`() throws {
    let fixture = try TestRepository.withRecreation()
    let release = try fixture.connref(
      "check", "--format", "azure", environment: ["SYSTEM_HOSTTYPE": "release"])
    #expect(!release.stdout.contains("addbuildtag"))
    let build = try fixture.connref(
      "check", "--format", "azure", environment: ["SYSTEM_HOSTTYPE": "build"])
    #expect(build.stdout.contains("##vso[build.addbuildtag]connref-findings\n"))
  }
}
