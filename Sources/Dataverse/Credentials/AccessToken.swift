import Platform

/// The token that authenticates a request.
struct AccessToken: Sendable {
  let text: String
  /// Nil where nothing says it.
  let expires: Date?

  /// The token's own claims; only the service verifies them.
  struct Claims: Decodable, Sendable {
    /// The resource that the token is for.
    let aud: String?
    let exp: Double?

    /// Nil where the token is no JSON Web Token.
    init?(ofToken text: String) {
      let parts = text.split(separator: ".", omittingEmptySubsequences: false)
      guard parts.count == 3 else { return nil }
      var encoded = String(parts[1]).replacing("-", with: "+").replacing("_", with: "/")
      encoded += String(repeating: "=", count: (4 - encoded.count % 4) % 4)
      guard let data = Data(base64Encoded: encoded) else { return nil }
      // A token need not be one that says something of itself: nil says that it does not.
      guard let claims = try? JSONDecoder().decode(Claims.self, from: data) else { return nil }
      self = claims
    }
  }
}

/// Texts that must never be shown.
package actor KnownSecrets {
  private var secrets: Set<String> = []

  /// - Parameter variables: the environment; of each variable that holds a secret, its value is one.
  package init(in variables: [String: String] = [:]) {
    let names = [
      "DATAVERSE_TOKEN", "AZURE_CLIENT_SECRET", "ACTIONS_ID_TOKEN_REQUEST_TOKEN",
    ]
    secrets = Set(names.compactMap { variables[$0]?.trimmed }.filter { $0.count >= 6 })
  }

  func add(_ secret: String) {
    if secret.count >= 6 { secrets.insert(secret) }
  }

  /// The text without any of them: a service may send back what it was sent.
  package func masked(_ text: String) -> String {
    secrets.sorted { $0.count > $1.count }.reduce(text) { $0.replacing($1, with: "***") }
  }
}
