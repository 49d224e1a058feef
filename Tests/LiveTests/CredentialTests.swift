import Dataverse
import Foundation
import Platform
import Synchronization
import TestEnvironment
import TestSupport
import Testing

/// How a fetch gets its tokens, and to whom it sends them.
@Suite struct CredentialTests {
  private func secretVariables(_ server: WebServer) -> [String: String] {
    [
      "AZURE_TENANT_ID": "contoso.example", "AZURE_CLIENT_ID": "client",
      "AZURE_CLIENT_SECRET": InventedEnvironment().secret,
      "AZURE_AUTHORITY_HOST": server.address, "CONNREF_POWERAPPS_URL": server.address,
    ]
  }

  @Test func `a client secret is exchanged for a token of each service`() async throws {
    let server = try await WebServer(InventedEnvironment())
    var fetching = try Fetching()
    fetching.variables = secretVariables(server)
    let manifest = try await fetching.fetch(server.address)
    #expect(manifest.tables.last?.extent == .all && manifest.tables.last?.rows == 1)
    let logins = server.requests.filter { $0.path == "/contoso.example/oauth2/v2.0/token" }
    #expect(logins.count == 2)
    #expect(logins[0].body.contains("scope=http%3A%2F%2F127.0.0.1"))
    #expect(logins[1].body.contains("scope=https%3A%2F%2Fservice.powerapps.com%2F.default"))
    #expect(try !fetching.everything.contains(InventedEnvironment().secret))
    #expect(try !fetching.everything.contains("token-of-the-day"))
    #expect(try !fetching.everything.contains("sql.contoso.example"))
  }

  @Test func `an assertion of a file is exchanged`() async throws {
    let server = try await WebServer(InventedEnvironment())
    var fetching = try Fetching()
    fetching.variables = secretVariables(server)
    fetching.variables["AZURE_CLIENT_SECRET"] = nil
    fetching.variables["AZURE_FEDERATED_TOKEN_FILE"] = fetching.folder.path + "/assertion"
    try fetching.folder.write("file-assertion\n", to: "assertion")
    try await fetching.fetch(server.address)
    #expect(server.requests[0].body.contains("client_assertion=file-assertion"))
    #expect(
      server.requests[0].body.contains(
        "client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer"))
  }

  @Test func `GitHub's identity token is asked for and exchanged`() async throws {
    let server = try await WebServer(InventedEnvironment())
    var fetching = try Fetching()
    fetching.variables = secretVariables(server)
    fetching.variables["AZURE_CLIENT_SECRET"] = nil
    fetching.variables["ACTIONS_ID_TOKEN_REQUEST_URL"] = server.address + "/github-identity?api=1"
    fetching.variables["ACTIONS_ID_TOKEN_REQUEST_TOKEN"] = "github-request-token"
    try await fetching.fetch(server.address)
    #expect(
      server.requests[0].target
        == "/github-identity?api=1&audience=api%3A%2F%2FAzureADTokenExchange")
    #expect(server.requests[1].body.contains("client_assertion=github-assertion"))
  }

  @Test func `a token that ends soon is renewed`() async throws {
    var environment = InventedEnvironment()
    environment.tokenLifetime = 299
    environment.parallel = 1
    let server = try await WebServer(environment)
    var fetching = try Fetching()
    fetching.variables = secretVariables(server)
    try await fetching.fetch(server.address)
    let logins = server.requests.filter { $0.path.hasSuffix("/token") }.count
    #expect(logins * 2 >= server.number - 1)
  }

  @Test func `a token that the service refuses midway is renewed once`() async throws {
    let issued = Mutex(0)
    let server = try await WebServer { request in
      var environment = InventedEnvironment()
      environment.parallel = 1
      if request.path.hasSuffix("/token") {
        let number = issued.withLock { number in
          number += 1
          return number
        }
        environment.issued = "token-\(number)"
      }
      // From the sixth request on the first token is worth nothing.
      environment.tokens = request.number < 6 ? ["token-1"] : ["token-2", "token-3"]
      return environment.reply(to: request)
    }
    var fetching = try Fetching()
    fetching.variables = secretVariables(server)
    try await fetching.fetch(server.address)
    #expect(issued.withLock { $0 } == 3)
  }

  @Test func `a token that was given and is refused ends the run with a sentence`() async throws {
    let server = try await WebServer(InventedEnvironment())
    var fetching = try Fetching()
    fetching.variables = ["DATAVERSE_TOKEN": "token-of-yesterday"]
    #expect(
      await fetching.failure(server.address)
        == "the service did not accept DATAVERSE_TOKEN: it has expired, or is of another tenant")
  }

  @Test func `a token for another environment is not sent`() async throws {
    func token(_ claims: String) -> String {
      let text = Data(claims.utf8).base64EncodedString()
        .replacing("=", with: "").replacing("+", with: "-").replacing("/", with: "_")
      return "eyJhbGciOiJub25lIn0.\(text).x"
    }
    let server = try await WebServer(InventedEnvironment())
    var fetching = try Fetching()
    fetching.variables = [
      "DATAVERSE_TOKEN": token(#"{"aud":"https://fabrikam.crm4.dynamics.com/"}"#)
    ]
    #expect(
      await fetching.failure(server.address)
        == "DATAVERSE_TOKEN is for 'https://fabrikam.crm4.dynamics.com/', and not for '\(server.address)'"
    )
    fetching.variables = [
      "DATAVERSE_TOKEN": token(#"{"aud":"\#(server.address)","exp":1000000000}"#)
    ]
    #expect(await fetching.failure(server.address) == "DATAVERSE_TOKEN has expired")
    #expect(server.number == 0)
  }

  @Test func `a refused secret says why`() async throws {
    let server = try await WebServer(InventedEnvironment())
    var fetching = try Fetching()
    fetching.variables = secretVariables(server)
    fetching.variables["AZURE_CLIENT_SECRET"] = "wrong-secret"
    #expect(
      await fetching.failure(server.address)
        == "127.0.0.1 gave no token for AZURE_CLIENT_SECRET: AADSTS7000215: Invalid client secret provided."
    )
  }

  @Test func `without credentials it says what there could be`() async throws {
    let server = try await WebServer(InventedEnvironment())
    var fetching = try Fetching()
    fetching.variables = [:]
    #expect(
      await fetching.failure(server.address)
        == "there are no credentials: DATAVERSE_TOKEN and AZURE_CLIENT_ID are not set, and there is no az"
    )
  }

  @Test func `a token follows neither a redirect nor a link to another host`() async throws {
    let other = try await WebServer(InventedEnvironment())
    for number in 1...6 {
      let server = try await WebServer(InventedEnvironment(), at: number) { _ in
        WebServer.Reply(307, headers: [("Location", other.address + "/api/data/v9.2/WhoAmI")])
      }
      #expect(try await Fetching().failure(server.address).contains("is sent to no other host"))
    }
    let server = try await WebServer { request in
      request.path.hasSuffix("/workflows")
        ? .json(#"{"value":[],"@odata.nextLink":"\#(other.address)/api/data/v9.2/workflows"}"#)
        : InventedEnvironment().reply(to: request)
    }
    #expect(
      try await Fetching().failure(server.address)
        == "127.0.0.1 names a next page of 'workflows' at another host, which is not followed")
    #expect(other.number == 0)
  }

  @Test func `a page that is its own next page ends the run`() async throws {
    let server = try await WebServer { request in
      request.path.hasSuffix("/workflows")
        ? .json(#"{"value":[],"@odata.nextLink":"/api/data/v9.2/workflows?again"}"#)
        : InventedEnvironment().reply(to: request)
    }
    #expect(
      try await Fetching().failure(server.address)
        == "127.0.0.1 names a page of 'workflows' as its own next page")
  }

  private func certificate(_ name: String) -> String {
    URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Certificates/\(name).pem").path
  }

  @Test func `a certificate is verified by the authorities that are named`() async throws {
    let server = try await WebServer(InventedEnvironment(), identity: localhost)
    var fetching = try Fetching()
    #expect(
      await fetching.failure(server.address)
        == "localhost has a certificate that is not trusted: its issuer is not known here, or it has expired"
    )
    #expect(server.number == 0)
    fetching.variables["SSL_CERT_FILE"] = certificate("authority")
    try await fetching.fetch(server.address)
    fetching.variables["SSL_CERT_FILE"] = "/nonexistent"
    #expect(
      await fetching.failure(server.address)
        == "could not read certificates of '/nonexistent', which SSL_CERT_FILE names")
  }

  @Test func `a certificate for another host is refused`() async throws {
    let identity = WebServer.Identity(
      certificate: certificate("elsewhere"), key: certificate("localhost.key"))
    let server = try await WebServer(InventedEnvironment(), identity: identity)
    var fetching = try Fetching()
    fetching.variables["SSL_CERT_FILE"] = certificate("authority")
    #expect(await fetching.failure(server.address).hasPrefix("localhost has a certificate"))
    #expect(server.number == 0)
  }

  @Test func `a proxy is asked unless the host is an exception`() async throws {
    let server = try await WebServer(InventedEnvironment(), identity: localhost)
    let proxy = try await ProxyServer()
    var fetching = try Fetching()
    fetching.variables["SSL_CERT_FILE"] = certificate("authority")
    fetching.variables["https_proxy"] = proxy.address
    try await fetching.fetch(server.address)
    let tunnels = proxy.heads.count
    #expect(tunnels > 0 && proxy.heads.allSatisfy { $0.hasPrefix("CONNECT localhost:") })
    fetching.variables["no_proxy"] = "example.com, localhost"
    try await fetching.fetch(server.address)
    #expect(proxy.heads.count == tunnels)
  }

  @Test func `a proxy that wants a password gets the one of the variable`() async throws {
    let server = try await WebServer(InventedEnvironment(), identity: localhost)
    let proxy = try await ProxyServer(password: "maker:open sesame")
    var fetching = try Fetching()
    fetching.variables["SSL_CERT_FILE"] = certificate("authority")
    fetching.variables["https_proxy"] = proxy.address
    #expect(
      await fetching.failure(server.address)
        == "localhost could not be reached through the proxy: it asks for a name and a password")
    #expect(server.number == 0)
    fetching.variables["https_proxy"] = proxy.address.replacing(
      "//", with: "//maker:open%20sesame@")
    try await fetching.fetch(server.address)
    #expect(try !fetching.everything.contains("sesame"))
  }

  @Test func `a proxy that is not there is said to be so`() async throws {
    let server = try await WebServer(InventedEnvironment(), identity: localhost)
    var fetching = try Fetching()
    fetching.variables["https_proxy"] = "http://127.0.0.1:9"
    #expect(await fetching.failure(server.address).hasPrefix("localhost "))
    #expect(server.number == 0)
  }

  private var localhost: WebServer.Identity {
    WebServer.Identity(certificate: certificate("localhost"), key: certificate("localhost.key"))
  }

  @Test func `a host that is not there is said to be so`() async throws {
    // The port of a closed server may be another test's by now; nothing listens on this one.
    #expect(
      try await Fetching().failure("http://127.0.0.1:9")
        == "127.0.0.1 refused the connection, or cannot be reached")
  }
}
