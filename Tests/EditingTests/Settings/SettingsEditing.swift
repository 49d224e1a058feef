import Editing
import Solution
import Testing

/// What a file becomes when references are added to its only list.
func adding(
  _ names: String..., to file: String, shape: SettingsShape? = nil,
  connector: String = "shared_sql"
) throws -> String {
  try edited(Array(file.utf8)) { sheet in
    let new = names.map {
      NewRow(name: LogicalName($0), displayName: nil, connector: Connector(path: connector))
    }
    let list = try #require(sheet.lists.first)
    return sheet.adding(new, to: list, shape: shape)
  }
}

func edited(
  _ file: [UInt8], _ edits: (SettingsSheet) throws -> [ByteEdit]
) throws -> String {
  let edits = try edits(try SettingsSheet(file))
  return String(decoding: try #require(edits.applied(to: file)), as: UTF8.self)
}
