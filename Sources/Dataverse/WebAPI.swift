import Platform

/// The Web API of an environment, or another service of the platform with the same protocol.
struct WebAPI: Sendable {
  /// Of the Web API, below the environment's address.
  static let path = "/api/data/v9.2/"

  let origin: WebAddress.Origin
  let courier: Courier
  let tokens: TokenSource
  /// A page has `maxpagesize` rows at most; the service may send fewer.
  private static let version = "4.0"

  /// A page of rows.
  struct Page<Content: Decodable & Sendable>: Decodable, Sendable {
    let value: [Content]
    let next: String?

    private enum Key: String, CodingKey {
      case value
      case next = "@odata.nextLink"
      /// The service for administrators names it so.
      case plainNext = "nextLink"
    }

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: Key.self)
      value = try container.decode([Content].self, forKey: .value)
      next =
        try container.decodeIfPresent(String.self, forKey: .next)
        ?? container.decodeIfPresent(String.self, forKey: .plainNext)
    }
  }

  /// - Parameter pageSize: nil where the answer is no page.
  /// - Returns: what the body says, and how many requests at once the service suggests.
  func answer<Content: Decodable & Sendable>(
    to target: WebAddress, pageSize: Int? = nil, as type: Content.Type
  ) async throws -> (content: Content, parallel: Int?) {
    var refused: String?
    while true {
      let token = try await tokens.token(insteadOf: refused)
      do {
        return try await answer(to: target, token: token, pageSize: pageSize, as: type)
      } catch let refusal as WebRefusal where refusal.status == 401 && refused == nil {
        // It may have ended while the request was on its way: once more, with a new one.
        refused = token
      }
    }
  }

  private func answer<Content: Decodable & Sendable>(
    to target: WebAddress, token: String, pageSize: Int?, as type: Content.Type
  ) async throws -> (content: Content, parallel: Int?) {
    precondition(target.origin == origin, "a token is sent to its own service alone")
    var headers: [(name: String, value: String)] = [
      ("Authorization", "Bearer \(token)"), ("Accept", "application/json"),
      ("OData-Version", Self.version), ("OData-MaxVersion", Self.version),
    ]
    if let pageSize { headers.append(("Prefer", "odata.maxpagesize=\(pageSize)")) }
    let host = origin.host
    let request = WebRequest(method: "GET", address: target, headers: headers)
    return try await courier.answer(to: request) { response in
      switch response.status {
      case 200:
        try Self.verifyKind(of: response, host: host)
        return (
          try response.decoded(as: type),
          response.header("x-ms-dop-hint").flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
        )
      case 300..<400:
        let place = response.header("location").flatMap { target.resolving($0)?.origin.host }
        throw FetchFailure(
          "\(host) sends the request on to \(place ?? "another address"), which is not followed: "
            + "a token is sent to no other host",
          hint: "give the address that the environment has now: Power Platform admin center, "
            + "Environments, Environment URL")
      default: throw WebRefusal(response, host: host)
      }
    }
  }

  /// A sign-in page, or a page of a proxy, has status 200 too.
  private static func verifyKind(of response: WebResponse, host: String) throws {
    let kind = response.header("content-type")?.lowercased() ?? ""
    if kind.contains("json") { return }
    if kind.contains("html") {
      throw FetchFailure(
        "\(host) sent a page for browsers, most likely a sign-in page",
        hint: "check the address of the environment, and whether a proxy asks for a login")
    }
    throw FetchFailure(
      "\(host) sent \(kind.isEmpty ? "something without a type" : "'\(kind)'") where JSON is expected",
      hint: "check the address of the environment")
  }
}

/// An answer that refuses the request.
struct WebRefusal: Error, Sendable {
  let host: String
  let status: Int
  /// `0x80040220`; empty where the answer names none.
  let code: String
  let text: String

  private struct Answer: Decodable {
    struct Reason: Decodable {
      let code: String?
      let message: String?
    }
    let error: Reason?
  }

  init(_ response: WebResponse, host: String) {
    self.host = host
    status = response.status
    // Without JSON, only the status is known.
    let reason = (try? response.decoded(as: Answer.self))?.error
    code = reason?.code ?? ""
    let line = (reason?.message ?? "").split(whereSeparator: \.isNewline).first ?? ""
    text = String(line.prefix(400))
  }

  /// True where the account may not, or the service cannot: asking again gives the same answer.
  var isFinal: Bool { [400, 401, 403, 404, 405, 410, 501].contains(status) }

  var words: String {
    "\(status)" + (text.isEmpty ? "" : ": \(text)")
  }

  func failure(asking what: String) -> FetchFailure {
    FetchFailure("\(host) refused \(what): \(words)", hint: hint)
  }

  private var hint: String? {
    switch (status, code.lowercased()) {
    case (403, "0x80072560"), (401, "0x80072560"):
      "the account is not a user of this environment: add it in the Power Platform admin center, "
        + "Environments, Settings, Users + permissions, Application users"
    case (403, "0x80040220"):
      "the account lacks a role: give it one that may read Connection Reference, Process, User, Team "
        + "and Solution of the whole organization"
    case (403, "0x80040225"): "the account is disabled in this environment"
    case (403, _): "the account lacks a role in this environment, or is not a user of it"
    case (401, _):
      "the token is for another organization or tenant, or the account is not a user of this environment"
    case (404, _): "check the address of the environment"
    default: nil
    }
  }
}
