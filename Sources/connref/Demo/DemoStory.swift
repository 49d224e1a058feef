/// The invented solution `Sales`, export by export.
enum DemoStory {
  struct Chapter {
    let message: String
    let author: String
    let date: String
    let files: [String: String]
  }

  static let chapters: [Chapter] = [
    Chapter(
      message: "Export Sales 1.0.0.0", author: "Anna", date: "2026-03-02T09:14:00+01:00",
      files: DemoSolution(
        version: "1.0.0.0", references: [sharePoint, outlook("3c4d5")],
        flows: [approve(sharePoint, outlook("3c4d5"))]
      ).files),
    Chapter(
      message: "Settings for test and production", author: "Ben",
      date: "2026-03-04T16:40:00+01:00", files: settings([sharePoint, outlook("3c4d5")])),
    Chapter(
      message: "Export Sales 1.1.0.0: remind and archive", author: "Anna",
      date: "2026-04-13T11:02:00+02:00",
      files: export("1.1.0.0", sharePoint, outlook("3c4d5"))),
    Chapter(
      message: "Export Sales 1.2.0.0", author: "Chris", date: "2026-05-20T18:55:00+02:00",
      files: export("1.2.0.0", sharePoint, outlook("e6f70"))),
    Chapter(
      message: "Export Sales 1.2.1.0: Outlook under its old name again", author: "Anna",
      date: "2026-05-22T08:20:00+02:00",
      files: export("1.2.1.0", sharePoint, outlook("3c4d5"))),
  ]

  /// SharePoint re-created: same display name, another suffix, every flow repointed.
  static let recreation = export("1.3.0.0", recreatedSharePoint, outlook("3c4d5"))

  private static func export(
    _ version: String, _ sharePoint: DemoSolution.Reference, _ outlook: DemoSolution.Reference
  ) -> [String: String] {
    DemoSolution(
      version: version, references: [sharePoint, outlook],
      flows: [approve(sharePoint, outlook), remind(outlook), archive(sharePoint)]
    ).files
  }

  private static let sharePoint = DemoSolution.Reference(
    name: "new_sharedsharepointonline_a1b2c", displayName: "SharePoint Sales",
    connector: "shared_sharepointonline")
  private static let recreatedSharePoint = DemoSolution.Reference(
    name: "new_sharedsharepointonline_9d8e7", displayName: "SharePoint Sales",
    connector: "shared_sharepointonline")
  private static func outlook(_ suffix: String) -> DemoSolution.Reference {
    DemoSolution.Reference(
      name: "new_sharedoffice365_\(suffix)", displayName: "Office 365 Outlook Sales",
      connector: "shared_office365")
  }

  private static func approve(_ references: DemoSolution.Reference...) -> DemoSolution.Flow {
    DemoSolution.Flow(
      name: "Approve order", id: "7E1C2A40-5B1D-EF11-9F89-000D3A1F0001", references: references)
  }
  private static func remind(_ references: DemoSolution.Reference...) -> DemoSolution.Flow {
    DemoSolution.Flow(
      name: "Remind buyer", id: "91D03B52-6C2E-EF11-9F89-000D3A1F0002", references: references)
  }
  private static func archive(_ references: DemoSolution.Reference...) -> DemoSolution.Flow {
    DemoSolution.Flow(
      name: "Archive invoice", id: "A5F44C63-7D3F-EF11-9F89-000D3A1F0003", references: references)
  }

  private static func settings(_ references: [DemoSolution.Reference]) -> [String: String] {
    Dictionary(
      uniqueKeysWithValues: ["test", "prod"].map { environment in
        let rows = references.map { reference in
          """
              {
                "LogicalName": "\(reference.name)",
                "ConnectionId": "#{\(environment).\(reference.connector)}#",
                "ConnectorId": "/providers/Microsoft.PowerApps/apis/\(reference.connector)"
              }
          """
        }.joined(separator: ",\n")
        let text = """
          {
            "EnvironmentVariables": [],
            "ConnectionReferences": [
          \(rows)
            ]
          }

          """
        return ("config/\(environment).json", text)
      })
  }
}
