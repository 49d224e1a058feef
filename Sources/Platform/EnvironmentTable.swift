/// The tables that are read from an environment, by their names in the Web API.
package enum EnvironmentTable: String, Codable, CaseIterable, Sendable {
  case references = "connectionreferences"
  case flows = "workflows"
  case solutions
  case components = "solutioncomponents"
  case users = "systemusers"
  case teams
  /// Those of the service for administrators, in the columns of an inventory.
  case connections

  /// How much of a table was saved.
  package enum Extent: String, Codable, Sendable {
    case all
    /// The account may not read every row, or a page is missing.
    case part
    /// Nothing: the account may not read it at all, or it was not saved.
    case unknown
  }

  /// The column that identifies a row.
  package var id: String {
    switch self {
    case .references: "connectionreferenceid"
    case .flows: "workflowid"
    case .solutions: "solutionid"
    case .components: "solutioncomponentid"
    case .users: "systemuserid"
    case .teams: "teamid"
    case .connections: "connectionid"
    }
  }
}
