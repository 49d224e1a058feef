/// The address of an environment, as people write it.
///
/// Only hosts of Microsoft's clouds are accepted: a token is sent there, and the address may come from a
/// file in a repository. This machine itself is accepted too, for tests.
package enum EnvironmentAddress {
  /// `contoso.crm4.dynamics.com`, `https://contoso.crm4.dynamics.com/main.aspx?appid=…`: its origin.
  package static func origin(of text: String) throws(FetchFailure) -> WebAddress.Origin {
    let whole = text.contains("://") ? text : "https://\(text)"
    guard let address = WebAddress(whole) else {
      throw FetchFailure(
        "'\(text)' is not the address of an environment", hint: Self.hint, isUsage: true)
    }
    let origin = address.origin
    if origin.isLoopback { return origin }
    guard origin.scheme == "https" else {
      throw FetchFailure("'\(text)' does not begin with https", hint: Self.hint, isUsage: true)
    }
    if origin.host.hasPrefix("make.") || origin.host.hasPrefix("admin.") {
      throw FetchFailure(
        "'\(text)' is an address of a portal and of no environment", hint: Self.hint, isUsage: true)
    }
    guard Self.clouds.contains(where: { origin.host.hasSuffix($0.suffix) }), origin.port == 443
    else {
      throw FetchFailure(
        "'\(text)' is not the address of an environment: \(origin.host) is not a host of Dataverse",
        hint: Self.hint, isUsage: true)
    }
    return origin
  }

  private static let hint =
    "it looks like https://contoso.crm4.dynamics.com: Power Platform admin center, Environments, "
    + "Environment URL"

  /// Source: "Power Apps US Government", "Business applications operated by 21Vianet in China".
  private static let clouds: [(suffix: String, login: String, administration: String)] = [
    (".crm9.dynamics.com", "https://login.microsoftonline.com", "https://gov.api.powerapps.us"),
    (".dynamics.com", "https://login.microsoftonline.com", "https://api.powerapps.com"),
    (
      ".microsoftdynamics.us", "https://login.microsoftonline.us", "https://high.api.powerapps.us"
    ),
    (".appsplatform.us", "https://login.microsoftonline.us", "https://api.apps.appsplatform.us"),
    (".dynamics.cn", "https://login.partner.microsoftonline.cn", "https://api.powerapps.cn"),
  ]

  /// The host that issues its tokens: `AZURE_AUTHORITY_HOST`, or the one of its cloud.
  static func authority(
    of origin: WebAddress.Origin, in variables: [String: String]
  ) throws(FetchFailure) -> WebAddress {
    let text = variables["AZURE_AUTHORITY_HOST"]?.trimmed ?? ""
    let chosen =
      text.isEmpty
      ? clouds.first { origin.host.hasSuffix($0.suffix) }?.login
        ?? "https://login.microsoftonline.com"
      : text.contains("://") ? text : "https://\(text)"
    guard let address = WebAddress(chosen),
      address.origin.scheme == "https" || address.origin.isLoopback
    else { throw FetchFailure("AZURE_AUTHORITY_HOST is not an https address") }
    return address
  }

  /// The service for administrators: `CONNREF_POWERAPPS_URL`, or what belongs to its cloud; nil for an
  /// environment of no cloud.
  static func administration(
    of origin: WebAddress.Origin, in variables: [String: String]
  ) throws(FetchFailure) -> WebAddress? {
    let text = variables["CONNREF_POWERAPPS_URL"]?.trimmed ?? ""
    guard !text.isEmpty else {
      return clouds.first { origin.host.hasSuffix($0.suffix) }.flatMap {
        WebAddress($0.administration)
      }
    }
    guard let address = WebAddress(text),
      address.origin.scheme == "https" || address.origin.isLoopback
    else { throw FetchFailure("CONNREF_POWERAPPS_URL is not an https address") }
    return address
  }

  /// The resource of tokens for the service for administrators.
  static let administrationResource = "https://service.powerapps.com"
}
