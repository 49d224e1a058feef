import Dataverse
import Foundation
import TestEnvironment
import TestSupport
import Testing

/// Every request, once, with everything that can go wrong.
@Suite struct FaultTests {
  /// One request at a time, so that each has its number.
  private static let environment = {
    var environment = InventedEnvironment()
    environment.parallel = 1
    environment.flowCount = 5
    environment.pageLimit = 2
    environment.issued = "token-of-the-day"
    return environment
  }()

  private static let variables = [
    "AZURE_TENANT_ID": "contoso.example", "AZURE_CLIENT_ID": "client",
    "AZURE_CLIENT_SECRET": environment.secret,
  ]

  struct Fault: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let change: @Sendable (WebServer.Reply) -> WebServer.Reply

    init(_ name: String, _ change: @escaping @Sendable (WebServer.Reply) -> WebServer.Reply) {
      testDescription = name
      self.change = change
    }

    static func inTransit(_ fault: WebServer.Fault) -> Fault {
      Fault("\(fault)") { reply in
        var reply = reply
        reply.fault = fault
        return reply
      }
    }

    static func status(_ status: Int, _ headers: [(name: String, value: String)] = []) -> Fault {
      Fault("\(status)") { _ in WebServer.Reply(status, headers: headers) }
    }
  }

  static let passing: [Fault] =
    WebServer.Fault.allCases.map { .inTransit($0) } + [
      .status(429, [("Retry-After", "0")]),
      .status(
        503,
        [("Retry-After", "Sun, 06 Nov 1994 08:49:37 GMT"), ("Content-Type", "text/html")]),
      .status(500), .status(504),
      Fault("no JSON") { _ in .json("{\"value\":[{\"na") },
    ]

  /// A clean run, to compare with.
  private func clean() async throws -> (requests: Int, files: [String: String]) {
    let server = try await WebServer(Self.environment)
    var fetching = try Fetching()
    fetching.variables = Self.variables.merging(Self.hosts(server)) { first, _ in first }
    try await fetching.fetch(server.address)
    return (server.number, try Self.comparable(fetching, server))
  }

  private static func hosts(_ server: WebServer) -> [String: String] {
    ["AZURE_AUTHORITY_HOST": server.address, "CONNREF_POWERAPPS_URL": server.address]
  }

  /// Each server has a port of its own, and digests depend on it.
  private static func comparable(
    _ fetching: Fetching, _ server: WebServer
  ) throws -> [String: String] {
    try fetching.files.mapValues {
      $0.replacing(server.address, with: "SERVER").replacing(/"digest" : "[0-9a-f]+"/, with: "")
    }
  }

  @Test(arguments: passing)
  func `a passing fault of any request changes nothing`(fault: Fault) async throws {
    let (requests, files) = try await clean()
    #expect(requests > 15)
    for number in 1...requests {
      let server = try await WebServer(Self.environment, at: number, fault.change)
      var fetching = try Fetching()
      fetching.variables = Self.variables.merging(Self.hosts(server)) { first, _ in first }
      try await fetching.fetch(server.address)
      #expect(try Self.comparable(fetching, server) == files, "request \(number)")
    }
  }

  @Test(arguments: passing)
  func `a run that ends early is completed by the next one`(fault: Fault) async throws {
    let (requests, files) = try await clean()
    for number in 1...requests {
      let server = try await WebServer(Self.environment, at: number, fault.change)
      var fetching = try Fetching()
      fetching.policy.attempts = 1
      fetching.variables = Self.variables.merging(Self.hosts(server)) { first, _ in first }
      let failure = await fetching.failure(server.address)
      #expect(
        !failure.isEmpty && !failure.hasPrefix("another error"), "request \(number): \(failure)")
      #expect(!FileManager.default.fileExists(atPath: fetching.output), "request \(number)")
      try await fetching.fetch(server.address)
      #expect(try Self.comparable(fetching, server) == files, "request \(number)")
      // What the first run saved is not asked for again.
      #expect(server.number < 2 * requests || number < 5, "request \(number)")
    }
  }

  @Test func `an old inventory stays until a new one is whole`() async throws {
    var fetching = try Fetching()
    try await fetching.fetch(try await WebServer(InventedEnvironment()).address)
    let files = try fetching.files
    fetching.policy.attempts = 1
    let server = try await WebServer(Self.environment, at: 6) { _ in WebServer.Reply(500) }
    #expect(await fetching.failure(server.address) == "127.0.0.1 answered with 500 1 times")
    #expect(try fetching.files == files)
  }

  @Test func `a run is not continued for another environment, other options, or too late`()
    async throws
  {
    func requests(_ change: (inout Fetching) -> Void) async throws -> Int {
      var fetching = try Fetching()
      fetching.policy.attempts = 1
      let server = try await WebServer(Self.environment, at: 8) { _ in WebServer.Reply(500) }
      #expect(await fetching.failure(server.address) != "")
      change(&fetching)
      let before = server.number
      try await fetching.fetch(server.address)
      return server.number - before
    }
    let resumed = try await requests { _ in }
    let whole = try await requests { $0.withNames = true }
    #expect(resumed < whole)
    #expect(try await requests { $0.withDefinitions = true } == whole)
    #expect(try await requests { $0.now += 3601 } == whole)
    #expect(try await requests { $0.now -= 1 } == whole)
    #expect(try await requests { $0.now += 3599 } == resumed)
  }

  @Test func `a journal whose last line was cut costs that page alone`() async throws {
    var fetching = try Fetching()
    fetching.policy.attempts = 1
    let server = try await WebServer(Self.environment, at: 8) { _ in WebServer.Reply(500) }
    #expect(await fetching.failure(server.address) != "")
    let path = fetching.folder.path + "/.prod.partial/journal.jsonl"
    let journal = try Data(contentsOf: URL(filePath: path))
    try journal.dropLast(12).write(to: URL(filePath: path))
    let manifest = try await fetching.fetch(server.address)
    #expect(manifest.tables.first { $0.name == "workflows" }?.rows == 5)
    #expect(try fetching.everything.matches(of: /"name":"Flow [0-9]+"/).count == 5)
  }

  @Test func `the service says how long to wait`() async throws {
    let server = try await WebServer { request in
      request.number == 2
        ? WebServer.Reply(429, headers: [("Retry-After", "17")])
        : request.number == 4
          ? WebServer.Reply(
            503,
            headers: [
              ("Retry-After", "Sun, 06 Nov 1994 08:50:00 GMT"),
              ("Date", "Sun, 06 Nov 1994 08:49:37 GMT"),
            ]) : InventedEnvironment().reply(to: request)
    }
    let waits = Waits()
    try await Fetching().fetch(server.address, waits: waits)
    #expect(waits.all == [17, 23])
  }

  @Test func `a service that never recovers ends the run`() async throws {
    let server = try await WebServer { _ in
      WebServer.Reply(429, headers: [("Retry-After", "1")])
    }
    let waits = Waits()
    await #expect(throws: FetchFailure.self) {
      try await Fetching().fetch(server.address, waits: waits)
    }
    #expect(waits.all == [1, 1])
    #expect(server.number == 3)
  }

  @Test(arguments: [
    (
      WebServer.Reply(
        200, headers: [("Content-Type", "text/html")], body: Array("<html>Sign in".utf8)),
      "127.0.0.1 sent a page for browsers, most likely a sign-in page"
    ),
    (
      WebServer.Reply(200, headers: [("Content-Type", "text/plain")], body: Array("{}".utf8)),
      "127.0.0.1 sent 'text/plain' where JSON is expected"
    ),
    (
      WebServer.Reply(200, body: Array("{}".utf8)),
      "127.0.0.1 sent something without a type where JSON is expected"
    ),
    (
      .json("{}"),
      "127.0.0.1 sent an answer that is not the JSON that was expected: it was truncated, or is from another service"
    ),
    (
      .json(
        #"{"error":{"code":"0x80072560","message":"The user is not a member of the organization."}}"#,
        status: 403),
      "127.0.0.1 refused the request: 403: The user is not a member of the organization."
    ),
    (WebServer.Reply(404), "127.0.0.1 refused the request: 404"),
    (
      WebServer.Reply(302, headers: [("Location", "https://login.example/")]),
      "127.0.0.1 sends the request on to login.example, which is not followed: a token is sent to no other host"
    ),
  ])
  func `an answer that will not change ends the run`(
    reply: WebServer.Reply, message: String
  ) async throws {
    let server = try await WebServer { _ in reply }
    #expect(try await Fetching().failure(server.address) == message)
  }
}
