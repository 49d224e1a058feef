import Detection
import Git
import Review
import TestSupport
import Testing

/// Every kind of index, and the content of one beside files.
@Suite struct CheckIndexTests {
  private func fixture() throws -> TestRepository {
    try TestRepository { Commit("base", Sales.base.files()) }
  }

  @Test func `a split index`() throws {
    let fixture = try fixture()
    try fixture.git("config", "splitIndex.maxPercentChange", "100")
    try fixture.git("update-index", "--split-index")
    try fixture.stage(Sales.recreated.files())
    #expect(try fixture.check().reported == [recreatedError])
  }

  @Test func `a sparse index`() throws {
    let fixture = try TestRepository {
      Commit("base", Sales.base.files().merging(["docs/a.md": "1"]) { $1 })
    }
    try fixture.git("sparse-checkout", "set", "--cone", "--sparse-index", "docs")
    try fixture.stage("2", at: "docs/a.md")
    let outcome = try fixture.check()
    #expect(outcome.isSilent && !outcome.isChanged)
    #expect(try fixture.git("ls-files", "--sparse").contains("solutions/"))
  }

  @Test func `the index that GIT_INDEX_FILE names`() throws {
    let fixture = try fixture()
    let named = fixture.beside("another index")
    try fixture.command("cp", arguments: [".git/index", named]).succeed()
    try fixture.write(Sales.recreated.files())
    try fixture.git("add", "--all", environment: ["GIT_INDEX_FILE": named])
    #expect(try fixture.check().reported == [])
    #expect(try fixture.check(variables: ["GIT_INDEX_FILE": named]).reported == [recreatedError])
  }

  @Test func `a damaged index makes the result unknown`() throws {
    let fixture = try fixture()
    try TestFile("DIRC is all that is left").write(to: fixture.path + "/.git/index")
    let error = try #require(throws: GitError.self) { try fixture.check() }
    #expect(error.kind == .indexUnreadable)
  }

  @Test func `what git add -N announces is not staged`() throws {
    let fixture = try fixture()
    let flow = Sales.remind(Sales.new)
    let path = "solutions/Sales/Workflows/\(flow.fileName)"
    try fixture.write(TestFile(flow.definition), to: path)
    try fixture.git("add", "--intent-to-add", path)
    #expect(try fixture.check().isSilent)
  }

  @Test func `a replaced commit is read as it is stored`() throws {
    let fixture = try TestRepository {
      Commit("base", Sales.base.files())
      Commit("again", Sales.recreated.files())
    }
    try fixture.git("replace", fixture.id("again"), fixture.id("base"))
    #expect(try fixture.check(from: "base", to: "again").reported == [recreatedError])
  }

  @Test func `a submodule is named as not looked at where it is new`() throws {
    let fixture = try fixture()
    let commit = String(repeating: "1", count: 40)
    try fixture.git("update-index", "--add", "--cacheinfo", "160000,\(commit),vendor/solutions")
    let outcome = try fixture.check()
    #expect(outcome.warnings == ["vendor/solutions: is a submodule, which is not looked into"])
    #expect(outcome.reported == [] && outcome.unknown == [])
  }

  @Test func `a submodule that was there before is no news`() throws {
    let fixture = try TestRepository {
      Commit(
        "base",
        Sales.base.files()
          .merging(["vendor": .submodule(String(repeating: "1", count: 40))]) { $1 })
    }
    try fixture.stage(["docs/a.md": "1"])
    try fixture.stage(Sales.recreated.files())
    #expect(try fixture.check().reported == [recreatedError])
    #expect(try fixture.check().problems.isEmpty)
  }

  @Test func `the files of a submodule are none of the worktree's`() throws {
    let fixture = try fixture()
    let inside = try TestRepository { Commit("base", Sales.base.files(in: "Inner")) }
    try fixture.git(
      "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", inside.path, "inner")
    try fixture.git("commit", "--quiet", "-m", "submodule")
    for (path, file) in Sales.recreated.files(in: "Inner") {
      try fixture.write(file, to: "inner/\(path)")
    }
    #expect(try fixture.check(.worktree).reported == [])
    #expect(try fixture.check(in: fixture.path + "/inner").reported == [])
    #expect(try fixture.check(.worktree, in: fixture.path + "/inner").reported == [recreatedError])
  }

  @Test func `a declaration file that became a symbolic link is never followed`() throws {
    let fixture = try fixture()
    let path = "solutions/Sales/Other/Customizations.xml"
    try fixture.write(
      Sales.recreated.files()["solutions/Sales/Other/Customizations.xml"] ?? "", to: "elsewhere.xml"
    )
    try fixture.stage(.symbolicLink(to: "../../../elsewhere.xml"), at: path)
    for subject in [Check.Subject.staged, .worktree] {
      let outcome = try fixture.check(subject)
      #expect(outcome.reported == [])
      #expect(outcome.unknown == ["\(path): is a symbolic link, which is never followed"])
    }
  }

  @Test func `a folder that became a symbolic link is a solution that was removed`() throws {
    let fixture = try fixture()
    try fixture.command("mv", arguments: ["solutions", fixture.beside("away")])
      .succeed()
    try fixture.stage(.symbolicLink(to: "../away"), at: "solutions")
    try fixture.git("add", "--all")
    #expect(try fixture.check().reported == [])
    #expect(try fixture.check(.worktree).reported == [])
  }

  @Test func `a damaged blob that changed makes the result unknown, and the rest is reported`()
    throws
  {
    let fixture = try TestRepository {
      Commit("base", Sales.base.files().merging(Sales.base.files(in: "Second")) { $1 })
    }
    try fixture.stage(Sales.recreated.files(in: "Second"))
    let path = "solutions/Sales/Other/Customizations.xml"
    try fixture.stage(TestFile("<ImportExportXml />"), at: path)
    try fixture.damage(try fixture.git("rev-parse", ":" + path))
    let outcome = try fixture.check()
    #expect(outcome.unknown.count == 1)
    #expect(outcome.unknown.first?.hasPrefix("\(path): could not read blob '") == true)
    #expect(outcome.reported.contains { $0.hasPrefix("error reference-recreated") })
  }

  @Test func `a damaged blob that did not change is only a warning`() throws {
    let fixture = try fixture()
    let path = "solutions/Sales/Other/Customizations.xml"
    try fixture.stage(TestFile("<ImportExportXml><Entities /></ImportExportXml>"), at: path)
    try fixture.git("commit", "--quiet", "-m", "loose")
    try fixture.damage(try fixture.git("rev-parse", ":" + path))
    try fixture.stage("{}", at: "solutions/Sales/Workflows/Other.json")
    let outcome = try fixture.check()
    #expect(outcome.unknown == [])
    #expect(outcome.warnings.first?.hasPrefix("\(path): could not read blob '") == true)
  }

  @Test func `a truncated pack makes the result unknown`() throws {
    let fixture = try TestRepository {
      Commit("base", Sales.base.files())
      Commit("again", Sales.recreated.files())
    }
    try fixture.git("repack", "-a", "-d", "--quiet")
    try fixture.command(
      "sh",
      arguments: ["-c", "for pack in .git/objects/pack/*.pack; do truncate -s 200 $pack; done"]
    ).succeed()
    #expect(throws: GitError.self) { try fixture.check(.commits(before: "main~1", after: "main")) }
  }

  @Test func `a damaged tree makes the result unknown`() throws {
    let fixture = try fixture()
    try fixture.stage(Sales.recreated.files())
    try fixture.git("commit", "--quiet", "-m", "again")
    try fixture.damage(try fixture.git("rev-parse", "HEAD:solutions/Sales"))
    let error = try #require(throws: GitError.self) { try fixture.check() }
    #expect(error.kind == .damagedObject)
  }
}

extension TestRepository {
  /// Overwrites a loose object with bytes that are none.
  func damage(_ id: String) throws {
    let path = "\(self.path)/.git/objects/\(id.prefix(2))/\(id.dropFirst(2))"
    try TestFile("no object").write(to: path)
  }
}
