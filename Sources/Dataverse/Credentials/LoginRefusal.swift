/// Why the identity platform gave no token.
struct LoginRefusal: Sendable {
  /// `AADSTS7000222`; nil where the answer names none.
  let code: String?
  let text: String
  let status: Int

  private struct Answer: Decodable {
    let description: String?

    private enum CodingKeys: String, CodingKey {
      case description = "error_description"
    }
  }

  init(_ response: WebResponse) {
    status = response.status
    // Without JSON, only the status is known.
    let answer = try? response.decoded(as: Answer.self)
    let description = answer?.description ?? ""
    let line = description.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
    // The first sentence; what follows are ids of the request.
    let sentence =
      line.firstRange(of: " Trace ID:").map { String(line[..<$0.lowerBound]) } ?? line
    text = sentence
    code = sentence.firstRange(of: "AADSTS").map { range in
      "AADSTS" + sentence[range.upperBound...].prefix(while: \.isNumber)
    }
  }

  func failure(
    host: String, credential: String, tenant: String, client: String, resource: String
  ) -> FetchFailure {
    let hint =
      code.flatMap { Self.hint($0, tenant: tenant, client: client, resource: resource) }
    return FetchFailure(
      "\(host) gave no token for \(credential): "
        + (text.isEmpty ? "it answered with \(status)" : text), hint: hint, isRefusal: true)
  }

  /// Source: "Microsoft Entra authentication and authorization error codes".
  private static func hint(
    _ code: String, tenant: String, client: String, resource: String
  ) -> String? {
    switch code {
    case "AADSTS7000215":
      "AZURE_CLIENT_SECRET must be the secret's value, not its id"
    case "AADSTS7000222":
      "the secret has expired: make a new one, or use federated credentials, which do not expire"
    case "AADSTS700016":
      "there is no application \(client) in tenant \(tenant): check AZURE_CLIENT_ID and AZURE_TENANT_ID"
    case "AADSTS90002", "AADSTS900023":
      "there is no tenant \(tenant): check AZURE_TENANT_ID"
    case "AADSTS70021", "AADSTS700211", "AADSTS700212", "AADSTS700213", "AADSTS700223":
      "federation is not set up for this job: add a federated credential to application \(client), "
        + "whose issuer and subject are those that the message names"
    case "AADSTS700024":
      "the assertion has expired: it is renewed by what wrote it"
    case "AADSTS500011", "AADSTS650057":
      "\(resource) is not known in tenant \(tenant): check the address of the environment"
    case "AADSTS53003", "AADSTS53000":
      "a conditional access policy blocks it: ask the administrators of tenant \(tenant)"
    default: nil
    }
  }
}
