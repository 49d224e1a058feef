import Platform

/// Runs the command line of Azure, and gives what it prints.
package protocol AzureCommand: Sendable {
  /// The status and both streams of `az` with these arguments; nil where there is no `az`.
  func run(_ arguments: [String]) async throws -> (status: Int32, output: String, errors: String)?
}

/// Gives tokens for one resource, each as long as it is valid.
actor TokenSource {
  private let credential: Credential
  /// The resource that the token is for: `https://contoso.crm4.dynamics.com`.
  private let resource: String
  private let authority: WebAddress
  private let courier: Courier
  private let azure: any AzureCommand
  private let secrets: KnownSecrets
  private var known: AccessToken?
  /// One request for a token at a time, however many wait for it.
  private var running: Task<AccessToken, any Error>?
  /// A token is renewed so long before it ends, in seconds.
  private static let margin = 300.0

  init(
    _ credential: Credential, for resource: String, authority: WebAddress, courier: Courier,
    azure: any AzureCommand, secrets: KnownSecrets
  ) {
    self.credential = credential
    self.resource = resource
    self.authority = authority
    self.courier = courier
    self.azure = azure
    self.secrets = secrets
  }

  /// A token that is valid for some minutes.
  ///
  /// - Parameter refused: one that the service did not take: a new one is requested.
  func token(insteadOf refused: String? = nil) async throws -> String {
    if let known, known.text != refused {
      let left = known.expires?.timeIntervalSince(courier.pace.now()) ?? .infinity
      if left > Self.margin { return known.text }
      // One that cannot be renewed serves to its end.
      if case .token = credential, left > 0 { return known.text }
    }
    let task = running ?? Task { try await self.fresh(insteadOf: refused) }
    running = task
    defer { running = nil }
    let token = try await task.value
    known = token
    await secrets.add(token.text)
    return token.text
  }

  private func fresh(insteadOf refused: String?) async throws -> AccessToken {
    switch credential {
    case .token(let text):
      guard text != refused else {
        throw FetchFailure(
          "the service did not accept DATAVERSE_TOKEN: it has expired, or is of another tenant",
          hint: "az account get-access-token --resource \(resource)")
      }
      return try given(text)
    case .federatedFile(let tenant, let client, let path):
      let assertion: String
      do {
        assertion =
          String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self).trimmed
      } catch {
        throw FetchFailure(
          "could not read '\(path)', which AZURE_FEDERATED_TOKEN_FILE names")
      }
      return try await exchange(assertion: assertion, tenant: tenant, client: client)
    case .gitHub(let tenant, let client, let address, let token):
      let assertion = try await gitHubAssertion(address, token)
      return try await exchange(assertion: assertion, tenant: tenant, client: client)
    case .secret(let tenant, let client, let secret):
      return try await exchange(
        [("client_secret", secret)], tenant: tenant, client: client)
    case .commandLine: return try await AzureLogin(azure: azure).token(for: resource)
    }
  }

  /// A token that was given is sent nowhere but to the resource that it names.
  private func given(_ text: String) throws -> AccessToken {
    let claims = AccessToken.Claims(ofToken: text)
    let host = WebAddress(resource)?.origin
    if let audience = claims?.aud, let wanted = host,
      WebAddress(audience)?.origin.host.replacing(".api.", with: ".")
        != wanted.host.replacing(".api.", with: ".")
    {
      throw FetchFailure(
        "DATAVERSE_TOKEN is for '\(audience)', and not for '\(resource)'",
        hint: "az account get-access-token --resource \(resource)")
    }
    let expires = claims?.exp.map { Date(timeIntervalSince1970: $0) }
    if let expires, expires <= courier.pace.now() {
      throw FetchFailure(
        "DATAVERSE_TOKEN has expired",
        hint: "az account get-access-token --resource \(resource)")
    }
    return AccessToken(text: text, expires: expires)
  }

  private func gitHubAssertion(_ text: String, _ token: String) async throws -> String {
    let audience = "audience=" + "api://AzureADTokenExchange".percentEncoded()
    guard let address = WebAddress(text + (text.contains("?") ? "&" : "?") + audience),
      address.origin.scheme == "https" || address.origin.isLoopback
    else { throw FetchFailure("ACTIONS_ID_TOKEN_REQUEST_URL is not an https address") }
    let request = WebRequest(
      method: "GET", address: address,
      headers: [("Authorization", "Bearer \(token)"), ("Accept", "application/json")])
    struct Answer: Decodable { let value: String }
    let answer = try await courier.answer(to: request) { response in
      guard response.status == 200 else {
        throw FetchFailure(
          "GitHub gave no identity token: it answered with \(response.status)",
          hint: "the job needs permissions: id-token: write")
      }
      return try response.decoded(as: Answer.self)
    }
    await secrets.add(answer.value)
    return answer.value
  }

  private func exchange(
    assertion: String, tenant: String, client: String
  ) async throws -> AccessToken {
    await secrets.add(assertion)
    return try await exchange(
      [
        ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
        ("client_assertion", assertion),
      ], tenant: tenant, client: client)
  }

  /// The grant `client_credentials` of the Microsoft identity platform.
  private func exchange(
    _ proof: [(name: String, value: String)], tenant: String, client: String
  ) async throws -> AccessToken {
    let scope = (resource.hasSuffix("/") ? resource : resource + "/") + ".default"
    let fields =
      [("grant_type", "client_credentials"), ("client_id", client), ("scope", scope)] + proof
    let form = fields.map { "\($0.0)=\($0.1.percentEncoded())" }.joined(separator: "&")
    let request = WebRequest(
      method: "POST", address: WebAddress(authority.origin, "/\(tenant)/oauth2/v2.0/token"),
      headers: [
        ("Content-Type", "application/x-www-form-urlencoded"), ("Accept", "application/json"),
      ], body: Array(form.utf8))
    struct Answer: Decodable {
      let token: String
      let lifetime: Double?

      private enum CodingKeys: String, CodingKey {
        case token = "access_token"
        case lifetime = "expires_in"
      }
    }
    let now = courier.pace.now()
    let title = credential.title
    let host = authority.origin.host
    let answer = try await courier.answer(to: request) { response in
      guard response.status == 200 else {
        throw LoginRefusal(response).failure(
          host: host, credential: title, tenant: tenant, client: client, resource: resource)
      }
      return try response.decoded(as: Answer.self)
    }
    return AccessToken(
      text: answer.token,
      expires: answer.lifetime.map { now.addingTimeInterval($0) })
  }
}

extension WebResponse {
  /// Throws `UnreadableAnswer` where it is no JSON of this shape: most likely it was truncated.
  func decoded<Content: Decodable>(as type: Content.Type) throws -> Content {
    do {
      return try JSONDecoder().decode(type, from: Data(body))
    } catch {
      throw UnreadableAnswer(
        reason: body.isEmpty
          ? "is empty"
          : "is not the JSON that was expected: it was truncated, or is from another service")
    }
  }
}
