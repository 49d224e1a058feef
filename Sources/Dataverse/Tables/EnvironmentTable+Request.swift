package import Platform

/// How each table is requested.
extension EnvironmentTable {
  /// True for those without which an inventory is none.
  package var isRequired: Bool { self == .references || self == .flows }

  /// Columns that every version of the service has.
  var columns: [String] {
    switch self {
    case .references:
      [
        id, "connectionreferencelogicalname", "connectionreferencedisplayname", "connectorid",
        "connectionid", "statecode", "statuscode", "_ownerid_value", "createdon", "modifiedon",
      ]
    case .flows:
      [
        id, "name", "category", "type", "statecode", "statuscode", "_ownerid_value", "createdon",
        "modifiedon", "clientdata",
      ]
    case .solutions: [id, "uniquename", "friendlyname", "version", "ismanaged"]
    case .components: [id, "objectid", "componenttype", "_solutionid_value"]
    case .users: [id, "applicationid", "domainname", "isdisabled"]
    case .teams: [id, "name"]
    // They come from another service, which has other names: see `AdminConnection`.
    case .connections: []
    }
  }

  /// Columns that some have; one that an environment does not know is not requested again.
  var laterColumns: [String] {
    switch self {
    case .references: ["ismanaged", "promptingbehavior", "_customconnectorid_value"]
    case .flows: ["ismanaged", "suspensionreasondetails", "clientdataiscompressed"]
    case .users: ["azureactivedirectoryobjectid", "azurestate", "accessmode"]
    case .teams: ["teamtype"]
    case .solutions, .components, .connections: []
    }
  }

  var filter: String? {
    switch self {
    // Category 5: a cloud flow. Type 1: its definition, and not an activation of it.
    case .flows: "category eq 5 and type eq 1"
    // 29: a workflow.
    case .components: "componenttype eq 29"
    case .references, .solutions, .users, .teams, .connections: nil
    }
  }

  /// Definitions make rows of some tens of kilobytes.
  var pageSize: Int { self == .flows ? 100 : 1000 }

  /// The path below an environment's address.
  ///
  /// - Parameters:
  ///   - ids: of the rows to ask for, nil for all.
  ///   - left: columns that the environment does not know.
  func target(ids: [String]? = nil, without left: Set<String> = []) -> String {
    let columns = columns + laterColumns.filter { !left.contains($0) }
    let filter = ids.map { $0.map { "\(id) eq \($0)" }.joined(separator: " or ") } ?? filter
    var parts = ["$select=" + columns.joined(separator: ",")]
    if let filter { parts.append("$filter=" + filter.percentEncoded()) }
    // Paging needs an order without ties.
    parts.append("$orderby=\(id)")
    return "\(WebAPI.path)\(rawValue)?" + parts.joined(separator: "&")
  }
}
