import Synchronization

/// An environment that does not exist, and the services around it: the Web API, the identity platform,
/// GitHub's identity tokens, and the service that lists connections.
///
/// All answers have the shapes that the services document.
package struct InventedEnvironment: Sendable {
  package var flowCount = 3
  package var referenceCount = 2
  /// A page has at most so many rows for any request; nil for what is asked for.
  package var pageLimit: Int?
  /// In bytes, of each flow's actions.
  package var definitionSize = 200
  package var environmentID = "7b0a6f0e-2f6d-4c41-9a64-1d2f3a4b5c6d"
  /// The tokens that the Web API takes.
  package var tokens: Set<String> = ["token-of-the-day"]
  /// The token that the identity platform gives.
  package var issued = "token-of-the-day"
  package var secret = "a-client-secret-of-34-characters-x"
  package var tokenLifetime = 3600
  package var parallel: Int? = 48
  /// Prepared answers, by the beginning of a path; the first that matches counts.
  package var refusals: [(path: String, reply: WebServer.Reply)] = []

  package init() {}

  package static let api = "/api/data/v9.2/"

  /// What it answers. A next page is named by the host that the request names.
  package func reply(to request: WebServer.Request, scheme: String = "http") -> WebServer.Reply {
    if let refusal = refusals.first(where: { request.path.hasPrefix($0.path) }) {
      return refusal.reply
    }
    if request.path.hasSuffix("/oauth2/v2.0/token") { return login(request) }
    if request.path.hasPrefix("/github-identity") {
      return request.header("authorization") == "Bearer github-request-token"
        ? .json(#"{"value":"github-assertion"}"#) : .json("{}", status: 401)
    }
    guard let given = request.header("authorization")?.dropFirst("Bearer ".count),
      tokens.contains(String(given))
    else {
      return WebServer.Reply(401, headers: [("WWW-Authenticate", "Bearer")])
    }
    if request.path.hasPrefix("/providers/Microsoft.PowerApps/") { return .json(connections) }
    guard request.path.hasPrefix(Self.api) else { return .json("{}", status: 404) }
    let name = String(request.path.dropFirst(Self.api.count))
    switch name {
    case "WhoAmI":
      return .json(
        #"{"@odata.context":"x","UserId":"\#(Self.id(9, 1))","OrganizationId":"\#(Self.id(9, 2))"}"#,
        headers: parallel.map { [("x-ms-dop-hint", "\($0)")] } ?? [])
    case _ where name.hasPrefix("RetrieveCurrentOrganization"):
      return .json(
        #"{"Detail":{"FriendlyName":"Contoso","EnvironmentId":"\#(environmentID)"}}"#)
    case _ where name.hasSuffix("RetrieveUserPrivileges()"):
      return .json(
        #"{"RolePrivileges":[{"PrivilegeName":"prvReadconnectionreference","Depth":"Global"},{"PrivilegeName":"prvReadWorkflow","Depth":"Global"}]}"#
      )
    case "connectionreferences": return page(name, request, scheme, referenceCount, reference)
    case "workflows": return page(name, request, scheme, flowCount, flow)
    case "solutions":
      return page(name, request, scheme, 1) { _ in
        #"{"solutionid":"\#(Self.id(5, 1))","uniquename":"Sales","friendlyname":"Sales","version":"1.4.0.0","ismanaged":true}"#
      }
    case "solutioncomponents":
      return page(name, request, scheme, flowCount) { number in
        #"{"solutioncomponentid":"\#(Self.id(6, number))","objectid":"\#(Self.id(1, number))","componenttype":29,"_solutionid_value":"\#(Self.id(5, 1))"}"#
      }
    case "systemusers":
      let isWanted = request.target.contains(Self.id(3, 1))
      return page(name, request, scheme, isWanted ? 1 : 0) { _ in
        #"{"systemuserid":"\#(Self.id(3, 1))","applicationid":null,"domainname":"anna.berg@contoso.com","isdisabled":false,"azurestate":0,"accessmode":0,"azureactivedirectoryobjectid":"\#(Self.id(3, 2))"}"#
      }
    case "teams":
      let isWanted = request.target.contains(Self.id(4, 1))
      return page(name, request, scheme, isWanted ? 1 : 0) { _ in
        #"{"teamid":"\#(Self.id(4, 1))","name":"Sales service","teamtype":0}"#
      }
    default:
      return .json(
        #"{"error":{"code":"0x80060888","message":"Resource not found for the segment '\#(name)'."}}"#,
        status: 404)
    }
  }

  /// An id of the kind `kind`.
  package static func id(_ kind: Int, _ number: Int) -> String {
    func padded(_ text: String, _ count: Int) -> String {
      String(repeating: "0", count: count - text.count) + text
    }
    return
      "\(padded(String(kind, radix: 16), 8))-0000-4000-8000-\(padded(String(number, radix: 16), 12))"
  }

  private func login(_ request: WebServer.Request) -> WebServer.Reply {
    let isGood =
      request.body.contains("client_secret=\(secret)")
      || request.body.contains("client_assertion=github-assertion")
      || request.body.contains("client_assertion=file-assertion")
    guard isGood else {
      return .json(
        #"{"error":"invalid_client","error_description":"AADSTS7000215: Invalid client secret provided. Trace ID: 1 Correlation ID: 2"}"#,
        status: 401)
    }
    return .json(
      #"{"token_type":"Bearer","expires_in":\#(tokenLifetime),"access_token":"\#(issued)"}"#)
  }

  private func page(
    _ table: String, _ request: WebServer.Request, _ scheme: String, _ count: Int,
    _ row: (Int) -> String
  ) -> WebServer.Reply {
    let asked =
      request.header("prefer").flatMap { $0.split(separator: "=").last }.flatMap { Int($0) } ?? 5000
    let size = max(1, min(pageLimit ?? asked, asked))
    let number =
      request.target.firstRange(of: "skiptoken=").flatMap {
        Int(request.target[$0.upperBound...].prefix(while: \.isNumber))
      } ?? 1
    let start = (number - 1) * size
    let end = min(count, start + size)
    var text =
      #"{"@odata.context":"\#(scheme)://\#(request.header("host") ?? "")\#(Self.api)$metadata#\#(table)","@Microsoft.Dynamics.CRM.totalrecordcount":-1,"value":["#
    if start < end { text += (start..<end).map { row($0 + 1) }.joined(separator: ",") }
    text += "]"
    if end < count {
      text +=
        #","@odata.nextLink":"\#(scheme)://\#(request.header("host") ?? "")\#(Self.api)\#(table)?$select=name&$skiptoken=\#(number + 1)""#
    }
    return .json(text + "}")
  }

  private func reference(_ number: Int) -> String {
    #"{"@odata.etag":"W/\"2194903\"","connectionreferenceid":"\#(Self.id(2, number))","connectionreferencelogicalname":"sales_Orders_\#(number)","connectionreferencedisplayname":"Orders","connectorid":"/providers/Microsoft.PowerApps/apis/shared_sharepointonline","connectionid":\#(number == 1 ? "null" : #""shared-sharepointonl-\#(Self.id(7, number))""#),"statecode":0,"statuscode":1,"_ownerid_value":"\#(Self.id(number % 2 == 1 ? 3 : 4, 1))","createdon":"2026-03-01T08:00:00Z","modifiedon":"2026-03-01T08:00:00Z","ismanaged":true,"promptingbehavior":0,"_customconnectorid_value":null}"#
  }

  private func flow(_ number: Int) -> String {
    let padding = String(repeating: "x", count: definitionSize)
    let definition =
      #"{\"properties\":{\"connectionReferences\":{\"shared_sharepointonline\":{\"runtimeSource\":\"embedded\",\"connection\":{\"connectionReferenceLogicalName\":\"sales_Orders_\#(number % max(1, referenceCount) + 1)\"},\"api\":{\"name\":\"shared_sharepointonline\"}}},\"definition\":{\"actions\":{\"Compose\":{\"type\":\"Compose\",\"inputs\":\"\#(padding)\"}}}},\"schemaVersion\":\"1.0.0.0\"}"#
    return
      #"{"@odata.etag":"W/\"3589729\"","workflowid":"\#(Self.id(1, number))","name":"Flow \#(number)","category":5,"type":1,"statecode":1,"statuscode":2,"_ownerid_value":"\#(Self.id(3, 1))","createdon":"2026-03-01T08:00:00Z","modifiedon":"2026-03-02T08:00:00Z","ismanaged":true,"suspensionreasondetails":null,"clientdataiscompressed":false,"clientdata":"\#(definition)"}"#
  }

  private var connections: String {
    let rows = (2...max(2, referenceCount)).map { number in
      #"{"name":"shared-sharepointonl-\#(Self.id(7, number))","type":"Microsoft.PowerApps/scopes/apis/connections","properties":{"apiId":"/providers/Microsoft.PowerApps/scopes/admin/environments/\#(environmentID)/apis/shared_sharepointonline","displayName":"anna.berg@contoso.com","statuses":[{"status":"Connected"}],"connectionParameters":{"server":"sql.contoso.example"},"createdBy":{"id":"\#(Self.id(3, 2))","displayName":"Anna Berg","type":"User","userPrincipalName":"anna.berg@contoso.com"},"createdTime":"2026-02-01T08:00:00Z","accountName":"anna.berg@contoso.com"}}"#
    }
    return #"{"value":[\#(rows.joined(separator: ","))]}"#
  }
}
