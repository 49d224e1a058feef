import Platform

/// The token of the account that is signed in with the command line of Azure.
struct AzureLogin: Sendable {
  let azure: any AzureCommand

  private struct Answer: Decodable {
    let accessToken: String
    /// Seconds since 1970; older versions have local time alone, under another name.
    let expires: Double?

    private enum CodingKeys: String, CodingKey {
      case accessToken
      case expires = "expires_on"
    }
  }

  func token(for resource: String) async throws -> AccessToken {
    let arguments = [
      "account", "get-access-token", "--resource", resource, "--output", "json",
    ]
    guard let outcome = try await azure.run(arguments) else {
      throw FetchFailure(
        "there are no credentials: DATAVERSE_TOKEN and AZURE_CLIENT_ID are not set, and there is no az",
        hint: "install the Azure CLI and run az login; or see the page 'Environments' of the manual"
      )
    }
    guard outcome.status == 0 else {
      let lines = outcome.errors.split(whereSeparator: \.isNewline).map(String.init)
      let reason = lines.first { $0.contains("AADSTS") } ?? lines.first { $0.contains("ERROR") }
      let text = (reason ?? lines.first ?? "it ended with \(outcome.status)")
        .replacing("ERROR: ", with: "")
      throw FetchFailure(
        "az gave no token: \(text)",
        hint: text.contains("AADSTS500011")
          ? "\(resource) is not known in the tenant of this login: az login --tenant TENANT"
          : "az login", isRefusal: true)
    }
    guard let answer = try? JSONDecoder().decode(Answer.self, from: Data(outcome.output.utf8))
    else {
      throw FetchFailure("az account get-access-token printed something that is not a token")
    }
    return AccessToken(
      text: answer.accessToken,
      expires: answer.expires.map { Date(timeIntervalSince1970: $0) }
        ?? AccessToken.Claims(ofToken: answer.accessToken)?.exp
        .map { Date(timeIntervalSince1970: $0) })
  }
}
