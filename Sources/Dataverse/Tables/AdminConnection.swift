/// A connection, as the service for administrators lists it:
/// `GET …/scopes/admin/environments/{id}/connections?api-version=2016-11-01`.
///
/// | what it says | where |
/// | --- | --- |
/// | its id | `name`: 32 hex digits, or `shared-<connector>-<GUID>` |
/// | its connector | `properties.apiId`, with the environment in the path |
/// | whether it works | `properties.statuses[].status`: `Connected`, or `Error` with a target and an error |
/// | who made it | `properties.createdBy`: a user or a service principal |
/// | the account it signs in as | `properties.accountName`, in some; the name of `connectionParametersSet` |
///
/// Parameters of a connection (servers, account names, keys) are never kept.
struct AdminConnection: Decodable {
  private let name: String
  private let properties: Properties?

  private struct Properties: Decodable {
    let apiId: String?
    let displayName: String?
    let accountName: String?
    let createdTime: String?
    let statuses: [Status]?
    let createdBy: Creator?
    let connectionParametersSet: ParameterSet?
  }

  private struct Status: Decodable {
    let status: String?
    let target: String?
    let error: Reason?
  }

  private struct Reason: Decodable {
    let code: String?
    let message: String?
  }

  private struct Creator: Decodable {
    let id: String?
    let type: String?
    let displayName: String?
    let userPrincipalName: String?
  }

  private struct ParameterSet: Decodable {
    let name: String?
  }

  /// As an inventory holds it.
  func row(withNames: Bool) -> Row {
    var row = Row([:])
    row.set("connectionid", name)
    row.set(
      "connectorid",
      properties?.apiId?.split(separator: "/").last.map {
        "/providers/Microsoft.PowerApps/apis/\($0)"
      })
    row.set("createdon", properties?.createdTime)
    row.set("createdbyid", properties?.createdBy?.id?.lowercased())
    row.set("createdbytype", properties?.createdBy?.type)
    row.set("signin", properties?.connectionParametersSet?.name)
    let statuses = properties?.statuses ?? []
    let worst = statuses.first { $0.status?.lowercased() == "error" } ?? statuses.first
    row.set("status", worst?.status)
    row.set("statustarget", worst?.target)
    row.set("statuscode", worst?.error?.code)
    // A code of the identity platform gives the reason, without a name.
    row.set(
      "statusreason",
      withNames ? worst?.error?.message : worst?.error?.message.flatMap(Self.loginCode))
    if withNames {
      row.set("displayname", properties?.displayName)
      row.set("accountname", properties?.accountName)
      row.set(
        "createdbyname",
        properties?.createdBy?.userPrincipalName ?? properties?.createdBy?.displayName)
    }
    return row
  }

  private static func loginCode(in message: String) -> String? {
    message.firstRange(of: "AADSTS").map { range in
      "AADSTS" + message[range.upperBound...].prefix(while: \.isNumber)
    }
  }
}
