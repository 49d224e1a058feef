import Detection
import Git
import Review
import Solution
import TestSupport
import Testing

/// A flow was renamed, and an unpack left the file of its old name: one flow in two files.
@Suite struct RenamedFlowTests {
  private let before = Sales.base.files()

  private func renamed(_ reference: Sales.Reference) -> Sales.Flow {
    Sales.Flow("Approve purchase", id: Sales.approveID, reference)
  }

  /// Both files: the old one as it was, the new one as exported.
  private func files(
    _ references: [Sales.Reference], _ reference: Sales.Reference, form: Sales.Form = .classic
  ) -> [String: TestFile] {
    let left = Sales.base.files(form).filter { $0.key.contains("Approveorder") }
    return Sales(references, [renamed(reference)], version: "1.0.0.1").files(form)
      .merging(left) { mine, _ in mine }
  }

  private func check(_ after: [String: TestFile]) throws -> [Finding] {
    let fixture = try TestRepository { Commit("base", before) }
    try fixture.stage(before.becoming(after))
    return try fixture.check().findings
  }

  private func audit(_ fixture: TestRepository) throws -> [Finding] {
    try Audit(
      Repository(folder: fixture.path, environment: Command.closedWorld), options: .test
    ).outcome(at: "HEAD").findings.filter { $0.severity > .note }
  }

  @Test func `a flow that is renamed while its reference is re-created has moved`() throws {
    let findings = try check(files([Sales.new], Sales.new))
    #expect(findings.map(\.rule) == [.referenceRecreated, .flowDuplicated])
    #expect(findings.first?.consumers.map(\.state) == [.moved])
    #expect(
      findings.first?.consumers.first?.place.path
        == "solutions/Sales/Workflows/\(renamed(Sales.new).fileName)")
  }

  @Test func `it has moved where the new reference was declared before`() throws {
    let fixture = try TestRepository {
      Commit("base", before)
      Commit("beside", Sales([Sales.old, Sales.new], [Sales.approve(Sales.old)]).files())
    }
    try fixture.stage(files([Sales.old, Sales.new], Sales.new))
    #expect(try fixture.check().findings.map(\.rule).contains(.linkLost) == false)
    try fixture.git("commit", "--quiet", "--message", "moved")
    try fixture.stage(files([Sales.new], Sales.new))
    let finding = try #require(try fixture.check().findings.first)
    #expect(finding.rule == .referenceRecreated)
    #expect(finding.consumers.map(\.state) == [.moved])
  }

  @Test func `what the old file alone uses is no longer used`() throws {
    let findings = try check(files([Sales.other], Sales.other)).filter { $0.severity == .error }
    #expect(findings.isEmpty)
  }

  @Test func `a flow that is renamed and uses the old reference is left behind`() throws {
    let finding = try #require(try check(files([Sales.new], Sales.old)).first)
    #expect(finding.rule == .referenceRecreated)
    #expect(Set(finding.consumers.map(\.state)) == [.leftBehind])
  }

  @Test func `a renamed flow alone is no reason for an error`() throws {
    #expect(try check(files([Sales.old], Sales.old)).map(\.rule) == [.flowDuplicated])
  }

  @Test func `an audit judges the file that was added last`() throws {
    let fixture = try TestRepository {
      Commit("base", before)
      Commit("renamed", files([Sales.new], Sales.new))
    }
    #expect(try audit(fixture).map(\.rule) == [.flowDuplicated])
  }

  @Test func `an audit judges the added file, whichever way it is broken`() throws {
    let fixture = try TestRepository {
      Commit("base", before)
      Commit("renamed", files([Sales.old], Sales.new))
    }
    let findings = try audit(fixture)
    #expect(findings.map(\.rule) == [.linkUnresolved, .flowDuplicated])
    #expect(
      findings.first?.consumers.map(\.place.path)
        == ["solutions/Sales/Workflows/\(renamed(Sales.new).fileName)"])
  }

  @Test func `files that were added at once both count, and the finding names both`() throws {
    let fixture = try TestRepository { Commit("base", files([Sales.new], Sales.new)) }
    let finding = try #require(try audit(fixture).first)
    #expect(finding.rule == .linkUnresolved)
    #expect(finding.consumers.map(\.name) == ["Approve order"])
    #expect(
      finding.remarks
        == [
          "the same flow is in 'solutions/Sales/Workflows/\(renamed(Sales.new).fileName)' too, which "
            + "does not use it"
        ])
  }

  /// Each of 120 entries may have become each of 120: without an equal alias, their order counts.
  @Test func `references of one flow with new aliases are re-created, however many`() throws {
    func sales(_ letter: String) -> [String: TestFile] {
      let references = (10..<130).map {
        Sales.Reference("new_sharedsharepointonline_\(letter)1\($0)", "SharePoint Sales")
      }
      var flow = Sales.approve(Sales.old)
      flow.references = references
      return Sales(references, [flow]).files().mapValues {
        letter == "a"
          ? $0
          : TestFile(
            String(decoding: $0.bytes, as: UTF8.self)
              .replacing("shared_sharepointonline_", with: "entry_"))
      }
    }
    let fixture = try TestRepository {
      Commit("base", sales("a"))
      Commit("again", sales("b"))
    }
    let findings = try fixture.check(from: "base", to: "again").findings
    #expect(findings.count { $0.rule == .referenceRecreated && $0.severity == .error } == 120)
  }
}
