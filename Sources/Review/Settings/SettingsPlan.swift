package import Detection
package import Editing
package import Git
package import Solution

/// The planned changes of settings files: nothing is written before all of them are known.
package struct SettingsPlan {
  /// One file.
  package struct Sheet: Sendable {
    package let target: SettingsTarget
    /// Nil for a file that is new.
    package let before: [UInt8]?
    package var after: [UInt8]
    package var lists: [List] = []
    /// Values copied from another environment's file that may belong to it alone.
    package var remarks: [String] = []
    /// Of each row without a connection id: what an inventory says of it.
    package var choices: [Choice] = []

    package var isChanged: Bool { before != after }
  }

  /// Which connection a row got, or may get.
  package struct Choice: Sendable {
    package let name: LogicalName
    package let choice: ConnectionChoice
  }

  /// One list of a file; most files have one.
  package struct List: Sendable {
    /// The keys around it in its file; empty where there is only one.
    package let labels: [String]
    /// ALM Accelerator's, from which pipelines make a settings file.
    package let isUserSettings: Bool
    /// Unique names of the solutions that it binds.
    package let solutions: [String]
    package let added: [Addition]
    package let removed: [LogicalName]
    /// Rows of what nothing declares or uses, left where they are. Empty where a file could not be
    /// read: it may do either.
    package let stale: [LogicalName]
    /// None of the rows is known in this repository.
    package let isForeign: Bool
    /// References that one copy of a solution declares and another does not.
    package let uncertain: [LogicalName]
    /// References of which nothing says what connector they are for.
    package let withoutConnector: [LogicalName]
  }

  /// A row that is new.
  package struct Addition: Sendable {
    package let name: LogicalName
    package let connector: String
    /// The text in the place of a connection id; nil where that is empty.
    package let token: String?
    /// The connector's id is that of the environment the solution was exported from.
    package let hasForeignConnector: Bool
    /// The one stale row of the same connector, whose connection may be the right one.
    package let likeness: LogicalName?
  }

  package var sheets: [Sheet] = []
  package var refusals: [SettingsRefusal] = []
  /// Files that could not be read: what they would have said is unknown.
  package var problems: [Problem] = []
  /// Solutions that declare references and are bound by none of these files.
  package var leftOut: [String] = []

  package var isChanged: Bool { sheets.contains(where: \.isChanged) }

  /// The changes, for `git apply`.
  package var patch: Patch {
    Patch(
      sheets.map { FileChange(path: $0.target.path, before: $0.before, after: $0.after) },
      blobID: { Repository.blobID(of: $0).hex })
  }

  /// Writes every file that changes, each whole or not at all. Nothing is written where one of them
  /// cannot be.
  ///
  /// Throws at the first file that cannot be written after all.
  package func write(in repository: Repository) throws {
    precondition(refusals.isEmpty, "a plan with refusals is not to be carried out")
    guard let workTree = repository.workTree else { return }
    let files = sheets.map { sheet in
      (
        sheet,
        WorktreeFile(sheet.target.path, in: workTree, limit: SnapshotReader.byteLimit)
      )
    }
    for (sheet, file) in files where !sheet.isChanged { file.removeRemains() }
    let changed = files.filter(\.0.isChanged)
    for (_, file) in changed { try file.ensureReplaceable() }
    for (sheet, file) in changed { try file.replace(sheet.before, by: sheet.after) }
  }
}
