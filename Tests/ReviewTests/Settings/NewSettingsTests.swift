import Editing
import Git
import Review
import Solution
import TestSupport
import Testing

/// Files that are not there yet.
@Suite struct NewSettingsTests {
  private let source = TestFile(
    """
    {
        "EnvironmentVariables": [
            {"SchemaName": "new_Url", "Value": "https://test.example"}
        ],
        "ConnectionReferences": [
            {"LogicalName": "\(Sales.old.name)", "ConnectionId": "0123", "ConnectorId": "/providers/Microsoft.PowerApps/apis/shared_sharepointonline"}
        ],
        "CloudFlows": {"Approve": true}
    }
    """)

  private func repository() throws -> TestRepository {
    try TestRepository {
      Commit("base", Sales.two.files().merging(["config/test.json": source]) { $1 })
    }
  }

  @Test func `a file that is not there is refused unless it is to be made`() throws {
    let plan = try repository().sync { $0.file = "config/prod.json" }
    #expect(
      plan.refusals.map(\.message) == [
        "could not read 'config/prod.json': there is no such file"
      ])
    #expect(plan.refusals.first?.hint?.contains("--create") == true)
  }

  @Test func `it is made as pac makes it`() throws {
    let fixture = try repository()
    let plan = try fixture.sync {
      $0.file = "config/prod.json"
      $0.creates = true
    }
    try fixture.write(plan)
    let text = String(decoding: try fixture.contents(of: "config/prod.json"), as: UTF8.self)
    #expect(
      text == """
        {
          "EnvironmentVariables": [],
          "ConnectionReferences": [
            {
              "LogicalName": "\(Sales.mail.name)",
              "ConnectionId": "",
              "ConnectorId": "/providers/Microsoft.PowerApps/apis/shared_office365"
            },
            {
              "LogicalName": "\(Sales.old.name)",
              "ConnectionId": "",
              "ConnectorId": "/providers/Microsoft.PowerApps/apis/shared_sharepointonline"
            }
          ]
        }

        """)
    #expect(try !fixture.sync { $0.file = "config/prod.json" }.isChanged)
  }

  @Test func `the tokens of ALM Accelerator are reported as such`() throws {
    let plan = try repository().sync {
      $0.file = "config/prod.json"
      $0.creates = true
      $0.shape = .almAccelerator
    }
    #expect(
      plan.sheets.flatMap(\.lists).flatMap(\.added).map(\.token) == [
        "#{connectionreference.\(Sales.mail.name)}#", "#{connectionreference.\(Sales.old.name)}#",
      ])
  }

  @Test func `it is made as another environment's, without what is that one's`() throws {
    let fixture = try repository()
    for model in ["test", "config/test.json"] {
      let plan = try fixture.sync {
        $0.file = "config/prod.json"
        $0.shapeOf = model
      }
      let expected = String(decoding: source.bytes, as: UTF8.self)
        .replacing("https://test.example", with: "").replacing("0123", with: "")
        .replacing(
          "sharepointonline\"}",
          with: """
            sharepointonline"},
                    {"LogicalName": "\(Sales.mail.name)", "ConnectionId": "", "ConnectorId": "/providers/Microsoft.PowerApps/apis/shared_office365"}
            """)
      #expect(plan.text(of: "config/prod.json") == expected)
      #expect(
        plan.sheets.first?.remarks == [
          "new, in the shape of config/test.json",
          "copied as they are, look at their values: CloudFlows",
        ])
    }
  }

  @Test func `a file that is there keeps its own shape`() throws {
    let fixture = try repository()
    try fixture.write(settings(row(Sales.old)), to: "config/prod.json")
    let plan = try fixture.sync {
      $0.file = "config/prod.json"
      $0.shapeOf = "test"
    }
    #expect(
      plan.text(of: "config/prod.json")
        == String(
          decoding: settings(row(Sales.old), row(Sales.mail, "")).bytes, as: UTF8.self))
  }

  @Test func `what is made meanwhile is not written over`() throws {
    let fixture = try repository()
    let plan = try fixture.sync {
      $0.file = "config/prod.json"
      $0.creates = true
    }
    try fixture.write("mine", to: "config/prod.json")
    #expect(throws: (any Error).self) { try fixture.write(plan) }
    #expect(try fixture.contents(of: "config/prod.json") == Array("mine".utf8))
  }

  @Test func `no file is made behind a link, or in a folder that is not there`() throws {
    let fixture = try repository()
    try fixture.command("ln", arguments: ["-s", "/tmp", "link"]).succeed()
    for (path, words) in [("link/x.json", "symbolic link"), ("none/x.json", "does not exist")] {
      let plan = try fixture.sync {
        $0.file = path
        $0.creates = true
      }
      let error = try #require(throws: GitError.self) { try fixture.write(plan) }
      #expect(error.message.contains(words))
    }
  }
}
