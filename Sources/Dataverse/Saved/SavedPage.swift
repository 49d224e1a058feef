import Platform

/// A file of rows: a page of a table, a row a line, so that a difference in git shows rows.
///
/// ```json
/// {"@odata.context":"https://contoso.crm4.dynamics.com/api/data/v9.2/$metadata#teams","connref.inventory":1,"value":[
/// {"name":"Sales","teamid":"…"},
/// {"name":"Service","teamid":"…"}
/// ]}
/// ```
enum SavedPage {
  private struct Content: Decodable {
    let value: [Row]
  }

  static func file(_ table: EnvironmentTable, of origin: WebAddress.Origin, _ lines: [String])
    -> [UInt8]
  {
    let context = "\(origin)\(WebAPI.path)$metadata#\(table.rawValue)"
    let head =
      "{\"@odata.context\":\"\(context)\",\"connref.inventory\":\(InventoryManifest.currentFormat),\"value\":[\n"
    return Array((head + lines.joined(separator: ",\n") + "\n]}\n").utf8)
  }

  static func rows(of file: [UInt8]) throws -> [Row] {
    try JSONDecoder().decode(Content.self, from: Data(file)).value
  }
}
