import Detection
import Git
import Review
import Solution
import TestSupport

extension TestRepository {
  /// What is to become of the settings files on the disk.
  func sync(
    _ configuration: Configuration = .standard,
    _ change: (inout SettingsSync.Options) -> Void = { _ in }
  ) throws -> SettingsPlan {
    var options = SettingsSync.Options()
    change(&options)
    let repository = try Repository(folder: path, environment: Command.closedWorld)
    return try SettingsSync(repository, options: options, configuration: configuration).plan()
  }

  /// The same, carried out.
  func write(_ plan: SettingsPlan) throws {
    try plan.write(in: try Repository(folder: path, environment: Command.closedWorld))
  }

  /// The bytes of a file of the worktree.
  func contents(of name: String) throws -> [UInt8] {
    try command("cat", arguments: ["--", name]).succeed().stdoutBytes
  }
}

extension SettingsPlan {
  /// A line each: the file, what is to be added and taken out.
  var reported: [String] {
    sheets.map { sheet in
      sheet.target.path
        + sheet.lists.flatMap { list in
          list.added.map { " +\($0.name)" } + list.removed.map { " -\($0)" }
            + list.stale.map { " ?\($0)" }
        }.joined()
    }
  }

  /// The text of a file after the change.
  func text(of path: String) -> String? {
    sheets.first { $0.target.path == path }.map { String(decoding: $0.after, as: UTF8.self) }
  }
}

extension SolutionFixture {
  static let mail = Reference("new_sharedoffice365_3c4d5", "Mail", "shared_office365")
  static let sql = Reference("new_sharedsql_7f7f7", "SQL", "shared_sql")
  /// A solution of two references.
  static let two = SolutionFixture([old, mail], [approve(old), remind(mail)])
}

/// Settings with these rows, on one line each.
func settings(_ rows: String...) -> TestFile {
  TestFile(
    "{\n  \"EnvironmentVariables\": [],\n  \"ConnectionReferences\": [\n    "
      + rows.joined(separator: ",\n    ") + "\n  ]\n}\n")
}

func row(_ reference: SolutionFixture.Reference, _ connection: String = "0123") -> String {
  row(reference.name, connection, reference.connector)
}

func row(_ name: String, _ connection: String, _ connector: String) -> String {
  "{ \"LogicalName\": \"\(name)\", \"ConnectionId\": \"\(connection)\", "
    + "\"ConnectorId\": \"/providers/Microsoft.PowerApps/apis/\(connector)\" }"
}
