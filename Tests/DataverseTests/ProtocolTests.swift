import Dataverse
import Foundation
import Platform
import Testing

/// What needs no network: addresses, waits, choices.
@Suite struct ProtocolTests {
  private let now = Date(timeIntervalSince1970: 1_796_000_000)

  private func response(_ status: Int, _ headers: [(name: String, value: String)] = [])
    -> WebResponse
  {
    WebResponse(status: status, headers: headers, body: [])
  }

  @Test func `an address has an origin and a target`() {
    let address = WebAddress("https://Contoso.crm4.dynamics.com/api?x=1#part")
    #expect(address?.origin.description == "https://contoso.crm4.dynamics.com")
    #expect(address?.target == "/api?x=1")
    #expect(WebAddress("https://[::1]:8080/a")?.origin.port == 8080)
    #expect(WebAddress("https://a.example:443/")?.origin == WebAddress("https://A.example")?.origin)
  }

  @Test(arguments: [
    "contoso.example", "ftp://a.example/", "https://", "https://user@a.example/", "https://a b/",
    "https://a.example/\r\nHost: b", "https://a.example:x/", "https://a.example:0/",
    "https://a.example\\@b.example/", "https://exämple.org/",
  ])
  func `what is no plain address is refused`(text: String) {
    #expect(WebAddress(text)?.origin.host != "b.example")
    if !text.contains("\\") { #expect(WebAddress(text) == nil) }
  }

  @Test func `a link of an answer may be a path`() {
    let address = WebAddress("https://a.example/x")
    #expect(address?.resolving("/y?z")?.description == "https://a.example/y?z")
    #expect(address?.resolving("//b.example/y") == nil)
    #expect(address?.resolving("https://b.example/y")?.origin.host == "b.example")
  }

  @Test func `a wait is what the service asks for`() {
    let policy = RetryPolicy()
    func wait(_ text: String, date: String? = nil) -> RetryPolicy.Decision {
      policy.decision(
        after: response(
          429, [("Retry-After", text)] + (date.map { [("Date", $0)] } ?? [])),
        attempt: 1, now: now)
    }
    #expect(wait("7") == .wait(7))
    #expect(wait("2.5") == .wait(2.5))
    #expect(wait("-3") == .wait(0))
    #expect(wait("soon") == .wait(1))
    #expect(wait("601") == .tooLong(601))
    #expect(
      wait("Sun, 06 Nov 1994 08:49:37 GMT", date: "Sun, 06 Nov 1994 08:49:07 GMT") == .wait(30))
    #expect(wait("Sun, 06 Nov 1994 08:49:37 GMT") == .wait(0))
    #expect(wait("Sun, 06 Nov 2094 08:49:37 GMT") != .wait(0))
  }

  @Test func `waits double, and end`() {
    let policy = RetryPolicy(attempts: 4, firstWait: 1)
    let waits = (1...4).map { policy.decision(after: response(503), attempt: $0, now: now) }
    #expect(waits == [.wait(1), .wait(2), .wait(4), .giveUp])
    #expect(policy.decision(after: .cut, attempt: 3) == .wait(4))
    #expect(policy.decision(after: .cut, attempt: 4) == .giveUp)
    #expect(policy.decision(after: .untrusted(reason: ""), attempt: 1) == .giveUp)
    #expect(policy.decision(after: response(403), attempt: 1, now: now) == .giveUp)
  }

  @Test func `an environment is called by its address, however it is copied`() throws {
    for text in [
      "contoso.crm4.dynamics.com", "https://Contoso.crm4.dynamics.com/",
      "https://contoso.crm4.dynamics.com/main.aspx?appid=1",
    ] {
      #expect(
        try EnvironmentAddress.origin(of: text).description == "https://contoso.crm4.dynamics.com")
    }
    #expect(try EnvironmentAddress.origin(of: "http://127.0.0.1:8080").isLoopback)
  }

  @Test(arguments: [
    "https://contoso.example", "http://contoso.crm4.dynamics.com", "https://make.powerapps.com/x",
    "https://crm4.dynamics.com.evil.example", "https://contoso.crm4.dynamics.com:8443",
    "https://evildynamics.com", "prod", "https://127.evil.example",
  ])
  func `a token goes to no other host`(text: String) {
    #expect(throws: FetchFailure.self) { try EnvironmentAddress.origin(of: text) }
  }

  @Test func `the first credential that is there counts`() throws {
    var variables: [String: String] = [:]
    func title() throws -> String { try Credential.first(in: variables).title }
    #expect(try title() == "az account get-access-token")
    variables = ["AZURE_TENANT_ID": "contoso.example", "AZURE_CLIENT_ID": "c", "PATH": "/bin"]
    #expect(try title() == "az account get-access-token")
    variables["AZURE_CLIENT_SECRET"] = "s"
    #expect(try title() == "AZURE_CLIENT_SECRET")
    variables["ACTIONS_ID_TOKEN_REQUEST_URL"] = "https://x.example/"
    variables["ACTIONS_ID_TOKEN_REQUEST_TOKEN"] = "t"
    #expect(try title() == "GitHub's OpenID Connect")
    variables["AZURE_FEDERATED_TOKEN_FILE"] = "/f"
    #expect(try title() == "AZURE_FEDERATED_TOKEN_FILE")
    variables["DATAVERSE_TOKEN"] = "t"
    #expect(try title() == "DATAVERSE_TOKEN")
  }

  @Test func `half of a credential is an error and no silence`() {
    #expect(
      throws: FetchFailure(
        "AZURE_CLIENT_SECRET is set, and AZURE_CLIENT_ID is not",
        hint: "set AZURE_TENANT_ID and AZURE_CLIENT_ID too")
    ) {
      try Credential.first(in: ["AZURE_TENANT_ID": "t", "AZURE_CLIENT_SECRET": "s"])
    }
    #expect(throws: FetchFailure.self) {
      try Credential.first(in: ["AZURE_TENANT_ID": "t/../u", "AZURE_CLIENT_ID": "c"])
    }
    #expect(throws: FetchFailure.self) { try Credential.first(in: ["DATAVERSE_TOKEN": "a\nb"]) }
  }

  @Test func `a secret is never repeated`() async {
    let secrets = KnownSecrets(in: ["AZURE_CLIENT_SECRET": "s3cret-of-contoso"])
    #expect(await secrets.masked("it was s3cret-of-contoso!") == "it was ***!")
  }

  @Test func `a manifest is read as it was written`() throws {
    var manifest = InventoryManifest(
      environment: "https://contoso.crm4.dynamics.com", fetched: "2026-11-29T06:00:00Z",
      version: "0.2.0", definitions: false, names: false)
    manifest.tables = [
      .init(
        name: "workflows", extent: .part, rows: 1, reason: "why",
        files: [.init(name: "workflows-0001.json", rows: 1, digest: "0")])
    ]
    #expect(try InventoryManifest(try manifest.file()) == manifest)
    #expect(InventoryDigest.digest(of: Array("a".utf8)) == "af63dc4c8601ec8c")
  }
}
