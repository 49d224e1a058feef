/// How a token is had: what the environment variables offer first.
package enum Credential: Hashable, Sendable {
  /// `DATAVERSE_TOKEN`: a token as it is, for one resource, never renewed.
  case token(String)
  /// `AZURE_FEDERATED_TOKEN_FILE`: an assertion in a file, which another program renews.
  case federatedFile(tenant: String, client: String, path: String)
  /// GitHub's OpenID Connect: an assertion that is requested.
  case gitHub(tenant: String, client: String, address: String, token: String)
  /// `AZURE_CLIENT_SECRET`.
  case secret(tenant: String, client: String, secret: String)
  /// `az account get-access-token`, of the account that is signed in.
  case commandLine

  /// Throws where variables contradict each other; the command line of Azure is the last resort.
  package static func first(in variables: [String: String]) throws(FetchFailure) -> Credential {
    func value(_ name: String) -> String? {
      let value = variables[name]?.trimmed ?? ""
      return value.isEmpty ? nil : value
    }
    if let token = value("DATAVERSE_TOKEN") {
      guard token.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
        throw FetchFailure("DATAVERSE_TOKEN holds spaces or line breaks: it is not a token")
      }
      return .token(token)
    }
    let tenant = value("AZURE_TENANT_ID")
    let client = value("AZURE_CLIENT_ID")
    let file = value("AZURE_FEDERATED_TOKEN_FILE")
    let secret = value("AZURE_CLIENT_SECRET")
    guard let tenant, let client else {
      guard file == nil, secret == nil else {
        throw FetchFailure(
          "\(secret == nil ? "AZURE_FEDERATED_TOKEN_FILE" : "AZURE_CLIENT_SECRET") is set, and "
            + "\(tenant == nil ? "AZURE_TENANT_ID" : "AZURE_CLIENT_ID") is not",
          hint: "set AZURE_TENANT_ID and AZURE_CLIENT_ID too")
      }
      return .commandLine
    }
    guard isIdentifier(tenant), isIdentifier(client) else {
      throw FetchFailure(
        "\(isIdentifier(tenant) ? "AZURE_CLIENT_ID" : "AZURE_TENANT_ID") is neither an id nor a domain name"
      )
    }
    if let file { return .federatedFile(tenant: tenant, client: client, path: file) }
    if let address = value("ACTIONS_ID_TOKEN_REQUEST_URL"),
      let token = value("ACTIONS_ID_TOKEN_REQUEST_TOKEN")
    {
      return .gitHub(tenant: tenant, client: client, address: address, token: token)
    }
    if let secret { return .secret(tenant: tenant, client: client, secret: secret) }
    return .commandLine
  }

  /// A GUID or a domain name: it becomes a part of an address.
  private static func isIdentifier(_ text: String) -> Bool {
    text.utf8.allSatisfy { byte in
      let character = Character(Unicode.Scalar(byte))
      return character.isASCII
        && (character.isLetter || character.isNumber || "-.".contains(character))
    }
  }

  /// As a message names it.
  package var title: String {
    switch self {
    case .token: "DATAVERSE_TOKEN"
    case .federatedFile: "AZURE_FEDERATED_TOKEN_FILE"
    case .gitHub: "GitHub's OpenID Connect"
    case .secret: "AZURE_CLIENT_SECRET"
    case .commandLine: "az account get-access-token"
    }
  }
}

extension String {
  /// Without white space at its ends.
  var trimmed: String {
    var rest = self[...]
    while rest.first?.isWhitespace ?? false { rest = rest.dropFirst() }
    while rest.last?.isWhitespace ?? false { rest = rest.dropLast() }
    return String(rest)
  }
}
