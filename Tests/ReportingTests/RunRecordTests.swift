import Detection
import Parsing
import Reporting
import Testing

/// Every format says of which run it is.
struct RunRecordTests {
  private static let commit = "4f2c9e1a2b0000000000000000000000000000aa"

  static let run = {
    var run = RunRecord(
      time: 1_767_225_600, build: "1f2e3d4c5b6a",
      revisions: [
        .init(.before, name: "main", commit: commit, date: 1_700_000_000, offset: 60),
        .init(.after, name: "what is staged", commit: commit, isCommitted: false),
      ],
      policy: .init(
        source: "main", commit: commit,
        files: [.init(path: ".connref.yml", blob: "00000000000000000000000000000000000000bb")]))
    run.forge = Forge(remote: "git@github.com:contoso/sales.git")
    return run
  }()

  static func report(_ findings: [Finding] = [Samples.recreated]) -> Report {
    var report = Samples.report(findings)
    report.run = run
    return report
  }

  private static let facts = [
    "4f2c9e1a2b", "2026-01-01T00:00:00Z", "connref \(ToolVersion.current)", ".connref.yml",
  ]

  @Test(arguments: [Format.text, .markdown, .html, .csv, .junit, .github, .azure])
  func `a report says which commit, when, by which version and policy`(format: Format) {
    let text = Self.report().document(in: format).replacing("\n", with: " ")
      .replacing("<wbr>", with: "")
    for fact in Self.facts { #expect(text.contains(fact), "\(fact)") }
  }

  @Test(arguments: [Format.text, .markdown, .html, .junit, .github, .azure])
  func `a report without a finding says it too`(format: Format) {
    let text = Self.report([]).document(in: format)
    #expect(text.contains("4f2c9e1a2b"))
  }

  @Test(arguments: [Format.text, .markdown, .html, .csv, .junit, .github, .azure, .json, .sarif])
  func `a report says which inventory was looked at, and when it was fetched`(format: Format) throws
  {
    var report = Self.report()
    report.run?.inventory = .init(
      name: "prod", host: "contoso.crm4.dynamics.com", fetched: "2026-05-20T16:12:03Z",
      references: 2, flows: 3)
    let text = report.document(in: format).replacing("\n", with: " ").replacing("<wbr>", with: "")
    for fact in ["prod", "contoso.crm4.dynamics.com", "2026-05-20T16:12:03Z"] {
      #expect(text.contains(fact), "\(fact)")
    }
    #expect(!Self.report().document(in: format).lowercased().contains("inventory"))
    #expect(try SchemaValidator(Schema.report.document).failures(of: report.json) == [])
  }

  @Test func `an inventory that does not say when it was fetched is called so`() {
    var report = Self.report([])
    report.run?.inventory = .init(name: "prod", host: nil, fetched: nil, references: 1, flows: 1)
    #expect(
      report.text.replacing("\n", with: " ").contains(
        "beside inventory prod (1 reference, 1 flow, time of the fetch unknown) at"))
  }

  @Test func `JSON has the run and keeps to its schema`() throws {
    let json = Self.report().json
    let document = try JSONDocument(parsing: json)
    #expect(document["run"]?["time"] == .text("2026-01-01T00:00:00Z"))
    #expect(document["run"]?["repository"] == .text("https://github.com/contoso/sales"))
    #expect(document["run"]?["revisions"]?.elements.count == 2)
    #expect(
      document["run"]?["policy"]?["files"]?.elements.first?["path"] == .text(".connref.yml"))
    #expect(try SchemaValidator(Schema.report.document).failures(of: json) == [])
  }

  @Test func `SARIF names the repository and the revision`() throws {
    let run = try #require(
      JSONDocument(parsing: Self.report().sarif)["runs"]?.elements.first)
    let provenance = try #require(run["versionControlProvenance"]?.elements.first)
    #expect(provenance["repositoryUri"] == .text("https://github.com/contoso/sales"))
    #expect(provenance["revisionId"] == .text(Self.commit))
    #expect(
      run["invocations"]?.elements.first?["endTimeUtc"] == .text("2026-01-01T00:00:00Z"))
  }

  @Test func `SARIF with provenance keeps to the standard`() throws {
    let sarif = Self.report().sarif
    #expect(try SchemaValidator(SARIFSchema.text).failures(of: sarif) == [])
  }

  @Test func `SARIF has no provenance without the address of a repository`() throws {
    var report = Self.report()
    report.run?.forge = nil
    let run = try #require(JSONDocument(parsing: report.sarif)["runs"]?.elements.first)
    #expect(run["versionControlProvenance"] == nil)
    #expect(run["properties"]?["connref"]?["revisions"]?.elements.count == 2)
  }

  @Test func `every rule of SARIF has a page`() throws {
    let driver = try #require(
      JSONDocument(parsing: Self.report().sarif)["runs"]?.elements.first?["tool"]?["driver"])
    #expect(driver["informationUri"]?.text?.hasPrefix("https://") == true)
    for rule in driver["rules"]?.elements ?? [] {
      #expect(rule["helpUri"]?.text?.hasPrefix("https://") == true)
    }
  }

  @Test func `a page links to the forge what is committed, and nothing else`() {
    let page = Self.report().page
    #expect(
      page.contains(
        "<a href=\"https://github.com/contoso/sales/blob/\(Self.commit)/solutions/Sales/Other/"
          + "Customizations.xml#L214\">"))
    #expect(page.contains("<a href=\"https://github.com/contoso/sales/commit/\(Self.commit)\">"))
    // What is staged has no page: the place of the new name is no link.
    #expect(page.matches(of: #/<a href="https:[^"]*\/blob\//#).count == 1)
    let plain = Samples.report([Samples.recreated]).page
    #expect(!plain.contains("href=\"https:"))
  }

  @Test func `a stream ends with the run`() throws {
    var report = Histories.mixed
    report.run = Self.run
    let last = try #require(report.document(in: .jsonl).split(separator: "\n").last)
    #expect(try JSONDocument(parsing: String(last))["type"] == .text("run"))
  }
}

struct ForgeTests {
  @Test(arguments: [
    ("https://github.com/contoso/sales.git", "https://github.com/contoso/sales"),
    ("git@github.com:contoso/sales.git", "https://github.com/contoso/sales"),
    ("ssh://git@github.com:22/contoso/sales", "https://github.com/contoso/sales"),
    ("https://user:secret@github.com/contoso/sales", "https://github.com/contoso/sales"),
    ("https://gitlab.com/a/b/c.git", "https://gitlab.com/a/b/c"),
    ("git@gitlab.example.org:a/b.git", "https://gitlab.example.org/a/b"),
    (
      "https://contoso@dev.azure.com/contoso/My%20Project/_git/sales",
      "https://dev.azure.com/contoso/My%20Project/_git/sales"
    ),
    (
      "git@ssh.dev.azure.com:v3/contoso/My%20Project/sales",
      "https://dev.azure.com/contoso/My%20Project/_git/sales"
    ),
    (
      "https://contoso.visualstudio.com/DefaultCollection/P/_git/sales",
      "https://contoso.visualstudio.com/DefaultCollection/P/_git/sales"
    ),
  ])
  func `a remote leads to the page of its repository`(remote: String, page: String) {
    var run = RunRecord(time: 0, build: nil, revisions: [], policy: nil)
    run.forge = Forge(remote: remote)
    var report = Samples.report([])
    report.run = run
    #expect(report.json.contains("\"repository\": \"\(page)\""))
  }

  @Test(arguments: [
    "/srv/git/sales.git", "file:///srv/git/sales.git", "../sales", "https://example.org/a/b",
    "C:\\repos\\sales", "https://github.com/\"><script>", "https://git\u{202e}hub.com/a/b",
  ])
  func `a remote of no known forge has no page`(remote: String) {
    let forge = Forge(remote: remote)
    #expect(forge == nil)
  }
}
