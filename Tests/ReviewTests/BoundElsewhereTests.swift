import Detection
import Git
import Review
import Solution
import TestSupport
import Testing

/// Files that nothing parses and that bind a removed name keep its event open, everywhere alike.
@Suite struct BoundElsewhereTests {
  private static let name = Sales.old.name
  private static let id = "5c1f0a3e7d2b48968f04c6b1a9e3d750"

  private func incidents(_ fixture: TestRepository) throws -> [Incident] {
    var scan = HistoryScan(try Repository(folder: fixture.path, environment: Command.closedWorld))
    return try scan.outcome().history.incidents
  }

  private func main(_ fixture: TestRepository) throws -> BranchVerdict {
    let repository = try Repository(folder: fixture.path, environment: Command.closedWorld)
    var review = try BranchReview(repository, options: .init(today: .distantFuture))
    return review.verdict(
      on: try #require(
        try BranchReview.branches(of: repository).first { $0.shortName == "main" }))
  }

  private func repository(_ path: String, _ text: String) throws -> TestRepository {
    try TestRepository {
      Commit("base", Sales.base.files().merging([path: TestFile(text)]) { $1 })
      Commit("again", Sales.recreated.files())
    }
  }

  @Test(arguments: [
    ("refs.json", "[\n  [\"sales_Other\", \"\(id)\"],\n  [\"\(name)\", \"\(id)\"]\n]\n", 3),
    ("refs.json", "[[\n\"\(name)\"\n,\n\"#{Id}#\"]]", 2),
    ("map.json", "{\n  \"prod\": {\n    \"\(name)\": \"\(id)\"\n  }\n}\n", 3),
    ("map.json", "{\"a\": 1,\n\"\(name)\": {\"connectionId\": \"\"}}", 2),
    ("azure-pipelines.yml", "variables:\n- name: connectionreference.\(name)\n  value: \(id)\n", 2),
    ("azure-pipelines.yml", "# \(name)\nvariables:\n  connectionreference.user.\(name): a\n", 3),
    ("deploy.yaml", "env:\n  DataverseConnRef_\(name): ${{ vars.X }}\n", 2),
    ("deploy.yml", "connections:\n  \(name): \(id) # mail\n", 2),
    ("deploy.yml", "connections:\n  \(name):\n    connectionId: $(x)\n", 2),
    ("deploy.yml", "rows:\n- logicalName: \(name)\n  connectionId: $(x)\n", 2),
    ("deploy.sh", "export PACKAGEDEPLOYER_SETTINGS_CONNREF_\(name.uppercased())=\(id)\n", 1),
    ("deploy.ps1", "$ids = @{\n  \(name) = Get-ConnectionId -Name x\n}\n", 2),
    ("deploy.ps1", "@{\n  LogicalName = '\(name)'\n  ConnectionId = $id\n}\n", 2),
    ("deploy.ps1", "$settings = \"ConnRef:\(name)=\(id)\"", 1),
    ("app.config", "<add key=\"connectionreference.\(name)\" value=\"\(id)\" />", 1),
  ])
  func `a file that binds the old name keeps it open`(
    path: String, text: String, line: Int
  ) throws {
    let fixture = try repository(path, text)
    let finding = try #require(try fixture.check(from: "base", to: "again").findings.first)
    #expect(finding.rule == .referenceRecreated && finding.outcome == .open)
    #expect(finding.remarks.contains("also used in '\(path):\(line)'"))
    let incident = try #require(try incidents(fixture).first)
    #expect(incident.finding.id == finding.id && incident.outcome == .open)
    #expect(!incident.wasCompleteAtOnce)
    #expect(incident.openAt.first?.remains.rows.map(\.place) == [Place(path: path, line: line)])
    let verdict = try main(fixture)
    #expect(verdict.state == .flagged)
    #expect(verdict.findings.map(\.finding.outcome) == [.open])
    #expect(
      verdict.findings.first?.finding.remarks.contains("also used in '\(path):\(line)'") == true)
  }

  @Test(arguments: [
    ("README.md", "set connectionreference.\(name)"), ("notes.txt", "\(name) = \(id)"),
    ("deploy.yml", "# connectionreference.\(name): \(id)\nsteps: []\n"),
    ("deploy.yml", "steps: [] # was DataverseConnRef_\(name)\n"),
    ("deploy.yml", "reviewed:\n- \(name)\n"), ("deploy.yml", "env:\n  REF: '\(name)'\n"),
    ("deploy.yml", "\(name): the mail of orders\n"), ("deploy.yml", "\(name):\n  owner: anna\n"),
    ("deploy.ps1", "<#\nconnectionreference.\(name)\n#>\n"),
    ("deploy.ps1", "$names = @{ \(name) = 'sales_SharePoint' }"),
    ("deploy.ps1", "if ($x -eq '\(name)') { exit }"),
    ("list.json", "[\"\(name)\", \"sales_Other\"]"),
    ("list.json", "[[\"\(name)\", \"SharePoint\"]]"),
    ("map.json", "{\"\(name)\": \"SharePoint\"}"), ("map.json", "{\"\(name)\": \"sales_Mail\"}"),
    ("map.json", "{\"\(name)\": {\"owner\": \"anna\"}}"),
    ("map.json", "{\"name\": \"\(name)\"}"),
    ("app.config", "<!-- <add key=\"connectionreference.\(name)\" /> -->"),
  ])
  func `a file that only mentions the old name does not`(path: String, text: String) throws {
    let fixture = try repository(path, text)
    let finding = try #require(try fixture.check(from: "base", to: "again").findings.first)
    #expect(finding.rule == .referenceRecreated && finding.outcome == .completed)
    #expect(finding.remarks.contains { $0.hasPrefix("also used in '\(path):") })
    #expect(try incidents(fixture).map(\.outcome) == [.completed])
    #expect(try main(fixture).state == .main)
  }

  private let pairs = TestFile("[[\"\(name)\", \"\(id)\"]]")
  private let followed = TestFile("[[\"\(Sales.new.name)\", \"\(id)\"]]")

  @Test func `the commit in which the file follows completes it`() throws {
    let fixture = try TestRepository {
      Commit("base", Sales.base.files().merging(["refs.json": pairs]) { $1 })
      Commit("again", Sales.recreated.files())
      Commit("later", ["notes.txt": "1"])
      Commit("side", on: "side", from: "later", ["notes.txt": "2"])
      Commit("followed", on: "main", ["refs.json": followed])
      Commit("latest", on: "main", ["notes.txt": "3"])
    }
    let incident = try #require(try incidents(fixture).first)
    #expect(incident.openAt.map(\.branch) == ["side"])
    #expect(incident.completedIn?.commit == fixture.id("followed"))
    #expect(try main(fixture).state == .main)
    #expect(try main(fixture).completed.count == 1)
  }

  @Test func `a branch shows the files too`() throws {
    let fixture = try TestRepository {
      Commit("base", Sales.base.files().merging(["refs.json": pairs]) { $1 })
      Commit("again", on: "topic", from: "base", Sales.recreated.files())
    }
    let repository = try Repository(folder: fixture.path, environment: Command.closedWorld)
    var review = try BranchReview(repository, options: .init(today: .distantFuture))
    let topic = try #require(
      try BranchReview.branches(of: repository).first { $0.shortName == "topic" })
    let finding = try #require(review.verdict(on: topic).findings.first?.finding)
    #expect(finding.outcome == .open)
    #expect(finding.remarks.contains("also used in 'refs.json:1'"))
  }

  @Test func `what another solution still declares is bound for that one`() throws {
    let other = Sales([Sales.old], [], name: "Base").files()
    let fixture = try TestRepository {
      Commit(
        "base", Sales.base.files().merging(other) { $1 }.merging(["refs.json": pairs]) { $1 })
      Commit("again", Sales.recreated.files())
    }
    for incident in try incidents(fixture) { #expect(incident.openAt.isEmpty) }
  }
}
