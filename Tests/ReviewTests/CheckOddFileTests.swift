import Detection
import Foundation
import Git
import Review
import Solution
import TestSupport
import Testing

/// Files that are not what they should be, and names that are not what one expects.
@Suite struct CheckOddFileTests {
  private let customizations = "solutions/Sales/Other/Customizations.xml"
  private let flow = "solutions/Sales/Workflows/\(Sales.approve(Sales.old).fileName)"

  private func fixture(_ changes: [String: TestFile] = [:]) throws -> TestRepository {
    try TestRepository { Commit("base", Sales.base.files().merging(changes) { $1 }) }
  }

  @Test(arguments: ["", "not xml", "<ImportExportXml><connectionreferences>", "<<<<<<< HEAD\n"])
  func `a declaration file that is no XML any more makes the result unknown`(text: String) throws {
    let fixture = try fixture()
    try fixture.stage(TestFile(text), at: customizations)
    let outcome = try fixture.check()
    #expect(outcome.reported == [])
    #expect(outcome.unknown.count == 1)
    #expect(outcome.unknown.first?.hasPrefix(customizations) == true)
  }

  @Test func `a declaration file that is no XML and did not change is a warning`() throws {
    let fixture = try fixture(["Legacy/Other/Customizations.xml": "not xml"])
    try fixture.stage(Sales.recreated.files())
    let outcome = try fixture.check()
    #expect(outcome.reported == [recreatedError])
    #expect(outcome.unknown == [])
    #expect(outcome.warnings.count == 1)
    #expect(outcome.warnings.first?.hasPrefix("Legacy/Other/Customizations.xml") == true)
  }

  @Test func `an old unreadable declaration file matters where a changed flow needs it`() throws {
    let fixture = try fixture([customizations: "not xml"])
    try fixture.stage(TestFile(Sales.approve(Sales.new).definition), at: flow)
    #expect(try fixture.check().unknown.count == 1)
  }

  @Test func `a declaration file that becomes readable again is read`() throws {
    let fixture = try fixture([customizations: "not xml"])
    try fixture.stage(Sales.base.files())
    #expect(try fixture.check().reported == [])
  }

  @Test(arguments: ["", "{", "{\"properties\": {\"connectionReferences\": }}"])
  func `a flow that is no JSON makes the result unknown`(text: String) throws {
    let fixture = try fixture()
    try fixture.stage(TestFile(text), at: flow)
    let outcome = try fixture.check()
    #expect(outcome.reported == [])
    #expect(outcome.unknown.first?.hasPrefix(flow) == true)
  }

  private func archive(_ name: String) -> TestFile {
    TestFile(
      bytes: storedZip([
        (
          "solution.xml",
          "<ImportExportXml><SolutionManifest><UniqueName>Kiln</UniqueName></SolutionManifest></ImportExportXml>"
        ),
        (
          "customizations.xml",
          "<ImportExportXml><connectionreferences><connectionreference connectionreferencelogicalname='\(name)'/></connectionreferences></ImportExportXml>"
        ),
      ]))
  }

  @Test(arguments: ["", "version https://git-lfs.github.com/spec/v1\n", "PK no more"])
  func `an archive that was a solution and cannot be opened any more makes the result unknown`(
    text: String
  ) throws {
    let fixture = try TestRepository {
      Commit("base", ["out/Kiln_1.zip": archive("abc_x"), "docs/pictures.zip": TestFile("PK")])
    }
    try fixture.stage(TestFile(text), at: "out/Kiln_1.zip")
    #expect(try fixture.check().unknown.map { $0.prefix(14) } == ["out/Kiln_1.zip"])
    // The next release in its place.
    try fixture.stage(["out/Kiln_1.zip": nil, "out/Kiln_2.zip": TestFile(text)])
    #expect(try fixture.check().unknown.map { $0.prefix(14) } == ["out/Kiln_2.zip"])
  }

  @Test func `an archive that held no solution may be damaged, and one may be fixed`() throws {
    let fixture = try TestRepository {
      Commit("base", ["Kiln.zip": TestFile("PK no more"), "docs/pictures.zip": TestFile("PK")])
    }
    try fixture.stage(TestFile("P"), at: "docs/pictures.zip")
    #expect(try fixture.check().unknown == [])
    try fixture.stage(archive("abc_x"), at: "Kiln.zip")
    #expect(try fixture.check().unknown == [])
  }

  @Test(arguments: [#"{"ConnectionReferen"LogicalName": "x"}]}"#, ""])
  func `a settings file that cannot be read as one any more makes the result unknown`(text: String)
    throws
  {
    let fixture = try TestRepository {
      Commit("base", Sales.base.files().merging(["config/prod.json": TestFile(settings)]) { $1 })
    }
    try fixture.stage(TestFile(text), at: "config/prod.json")
    let unknown = try fixture.check().unknown
    #expect(unknown.count == 1)
    #expect(unknown.first?.hasPrefix("config/prod.json") == true)
  }

  @Test func `JSON that was no settings file may be broken`() throws {
    let fixture = try TestRepository {
      Commit("base", Sales.base.files().merging(["docs.json": TestFile("{}")]) { $1 })
    }
    try fixture.stage(TestFile("{\"a\" 1}"), at: "docs.json")
    #expect(try fixture.check().unknown == [])
  }

  private let settings = #"{"ConnectionReferences": [{"LogicalName": "\#(Sales.old.name)"}]}"#

  @Test func `an LFS pointer is named as one`() throws {
    let fixture = try fixture()
    try fixture.stage(
      """
      version https://git-lfs.github.com/spec/v1
      oid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393
      size 12345

      """, at: flow)
    #expect(try fixture.check().unknown.first?.contains("LFS") == true)
  }

  @Test(arguments: [Check.Subject.staged, .worktree])
  func `a flow over the cap is named with the cap`(subject: Check.Subject) throws {
    let fixture = try fixture()
    // One byte more than 32 MB, and nothing on the disk but a hole.
    try fixture.command("truncate", arguments: ["-s", "33554433", flow]).succeed()
    if subject == .staged { try fixture.git("-c", "core.compression=0", "add", flow) }
    let outcome = try fixture.check(subject)
    #expect(outcome.reported == [])
    #expect(
      outcome.unknown == [
        "\(flow): is larger than the limit of 32 MB: 33554433 bytes\n"
          + "hint: name the folders to look at under 'solutions:' in .connref.yml"
      ])
  }

  @Test func `a path may hold a newline`() throws {
    let folder = "solutions/Sa\nles"
    let fixture = try TestRepository {
      Commit("start", ["readme.md": "1"])
    }
    try fixture.stage(Sales.base.files(in: folder))
    try fixture.git("commit", "--quiet", "-m", "base")
    try fixture.stage(Sales.recreated.files(in: folder))
    let outcome = try fixture.check()
    #expect(outcome.reported == [recreatedError])
    #expect(
      outcome.findings.first?.after.first?.place?.path == "\(folder)/Other/Customizations.xml")
  }

  @Test func `a path that is no UTF-8 is a problem where it is new`() throws {
    let fixture = try fixture()
    let name = Array("solutions/Sales/Workflows/".utf8) + [0xE9] + Array(".json".utf8)
    let id = try fixture.git("hash-object", "-w", "--stdin", input: "{}")
    try fixture.command("git", arguments: ["update-index", "-z", "--index-info"])
      .reading(Array("100644 \(id)\t".utf8) + name + [0]).succeed()
    let outcome = try fixture.check()
    #expect(outcome.unknown.count == 1)
    #expect(outcome.unknown.first?.hasSuffix("its name is not UTF-8") == true)
  }

  /// Latin-1, as an old export tool writes it.
  private func oddFolder(_ files: [String: String]) throws -> TestRepository {
    let folder = Array("Pr".utf8) + [0xFC] + Array("fung/".utf8)
    let raw = files.map {
      (path: folder + Array($0.key.utf8), file: TestFile($0.value) as TestFile?)
    }
    return try TestRepository {
      Commit("base", Sales.base.files().merging(["notes.txt": "1"]) { $1 }, rawFiles: raw)
    }
  }

  @Test func `a folder that is no UTF-8 and was there before stops nothing`() throws {
    let fixture = try oddFolder(["a.json": "{}", "Other/Solution.xml": "<x/>"])
    try fixture.git("checkout", "--quiet", "--force", "main")
    #expect(try fixture.check(.worktree).unknown == [])
    try fixture.stage(["notes.txt": "2"])
    #expect(try fixture.check().unknown == [])
    try fixture.stage(Sales.recreated.files())
    #expect(try fixture.check().unknown == [])
    #expect(try fixture.check().reported == [recreatedError])
  }

  @Test func `a file that changes in such a folder is unknown`() throws {
    let fixture = try oddFolder(["a.json": "{}"])
    let id = try fixture.git("hash-object", "-w", "--stdin", input: "[]")
    let path = Array("Pr".utf8) + [0xFC] + Array("fung/a.json".utf8)
    try fixture.command("git", arguments: ["update-index", "-z", "--index-info"])
      .reading(Array("100644 \(id)\t".utf8) + path + [0]).succeed()
    #expect(try fixture.check().unknown.count == 1)
  }

  @Test func `a folder that is no UTF-8 and holds nothing that is read is silent`() throws {
    let fixture = try oddFolder(["a.docx": "1"])
    try fixture.stage(Sales.recreated.files())
    #expect(try fixture.check().problems.isEmpty)
  }

  @Test func `two files that differ by letter case alone are both read`() throws {
    let fixture = try fixture()
    let extra = Sales([Sales.other], []).files()[customizations] ?? ""
    let id = try fixture.git(
      "hash-object", "-w", "--stdin", input: String(decoding: extra.bytes, as: UTF8.self))
    try fixture.git(
      "update-index", "--add", "--cacheinfo",
      "100644,\(id),solutions/Sales/Other/customizations.xml")
    let outcome = try fixture.check()
    #expect(
      outcome.reported == [
        "note name-off-convention:  -> \(Sales.other.name)",
        "note reference-unused:  -> \(Sales.other.name)",
      ])
    #expect(outcome.scope.references == 2)
    #expect(outcome.unknown == [])
    #expect(outcome.warnings.first?.contains("by letter case alone") == true)
  }

  @Test func `two folders that differ by letter case alone are two solutions`() throws {
    let fixture = try TestRepository {
      Commit(
        "base",
        Sales.base.files(in: "solutions/Sales")
          .merging(Sales.base.files(in: "solutions/sales")) { $1 })
    }
    try fixture.git("rm", "--quiet", "-r", "--cached", "solutions/sales")
    #expect(try fixture.check().reported == [])
  }

  @Test func `a logical name that changed its case alone is reported`() throws {
    var recased = Sales.old
    recased.name = "new_SharedSharePointOnline_a1b2c"
    let fixture = try fixture()
    try fixture.stage(Sales([recased], [Sales.approve(recased)]).files())
    #expect(
      try fixture.check().reported
        == ["error reference-recased: \(Sales.old.name) -> \(recased.name)"])
  }

  @Test func `a settings file that still binds the old name is reported with the finding`() throws {
    let fixture = try fixture(["config/prod.json": Sales.settings([Sales.old])])
    try fixture.stage(Sales.recreated.files())
    let finding = try #require(try fixture.check().findings.first)
    #expect(finding.rows.map(\.place.path) == ["config/prod.json"])
    #expect(finding.rows.map(\.state) == [.stale])
  }
}
