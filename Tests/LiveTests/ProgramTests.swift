import Dataverse
import Foundation
import Synchronization
import TestEnvironment
import TestSupport
import Testing

/// `connref` and `connref-inventory` as they were built, run as a user runs them.
@Suite struct ProgramTests {
  /// The folder that holds both: the one of the test binary.
  private static let programs: String = {
    let bundle = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }
    let binary =
      bundle?.bundleURL ?? Bundle.main.executableURL ?? URL(filePath: CommandLine.arguments[0])
    return binary.deletingLastPathComponent().path
  }()

  private let folder: TemporaryFolder
  private let secret = InventedEnvironment().secret

  init() throws {
    folder = try TemporaryFolder()
  }

  private func connref(
    _ arguments: String..., on server: WebServer? = nil, _ variables: [String: String?] = [:]
  ) async throws -> RunOutcome {
    var environment: [String: String?] = variables
    if let server {
      environment.merge(
        [
          "AZURE_TENANT_ID": "contoso.example", "AZURE_CLIENT_ID": "client",
          "AZURE_CLIENT_SECRET": secret, "AZURE_AUTHORITY_HOST": server.address,
          "CONNREF_POWERAPPS_URL": server.address,
        ]
      ) { first, _ in first }
    }
    let command = Command("\(Self.programs)/connref", arguments: arguments, in: folder.path)
      .setting(environment)
    // It waits for the server, which answers on threads of its own.
    return try await Task.detached { try command.run() }.value
  }

  @Test func `an inventory is fetched, and audited`() async throws {
    let server = try await WebServer(InventedEnvironment())
    let outcome = try await connref(
      "inventory", "fetch", "--environment", server.address, "--output", "environments/prod",
      on: server)
    #expect(outcome.status == 0 && outcome.stdout == "")
    #expect(
      outcome.stderr
        == "saved 2 connection references, 3 flows, 1 connection of \(server.address) in environments/prod\n"
    )
    try Command("git", "init", "-q", in: folder.path).succeed()
    let audit = try await connref("audit", "--inventory", "environments/prod")
    #expect(audit.stdout.contains("'sales_Orders_1' has no connection in 127.0.0.1"))
    #expect(!audit.stdout.contains("anna.berg"))
  }

  @Test func `an environment is audited at once`() async throws {
    let server = try await WebServer(InventedEnvironment())
    try Command("git", "init", "-q", in: folder.path).succeed()
    let outcome = try await connref(
      "audit", "--environment", server.address, "--fail-on", "warning", on: server)
    #expect(outcome.status == 1)
    #expect(outcome.stdout.contains("'sales_Orders_1' has no connection in 127.0.0.1"))
    #expect(outcome.stdout.contains("anna.berg@contoso.com, a person"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [".git"])
  }

  @Test func `an environment is called by its name in the configuration`() async throws {
    try Command("git", "init", "-q", in: folder.path).succeed()
    try folder.write(
      "environments: {prod: {url: 'https://contoso.crm4.dynamics.com'}, test: {settings: [a.json]}}",
      to: ".connref.yml")
    let variables = ["DATAVERSE_TOKEN": "two words"]
    let fetch = ["inventory", "fetch", "--output", "out", "--environment"]
    func message(_ name: String) async throws -> String {
      let command = Command(
        "\(Self.programs)/connref", arguments: fetch + [name], in: folder.path
      ).setting(variables)
      let outcome = try await Task.detached { try command.run() }.value
      #expect(outcome.status == 2)
      return String(outcome.stderr.prefix { $0 != "\n" })
    }
    #expect(
      try await message("prod")
        == "error: DATAVERSE_TOKEN holds spaces or line breaks: it is not a token")
    #expect(
      try await message("test") == "error: environment 'test' has no address in .connref.yml")
    #expect(
      try await message("uat")
        == "error: there is no environment 'uat' in .connref.yml; those with an address are 'prod'")
  }

  @Test func `a host that is none of Dataverse is wrong usage, and hears nothing`() async throws {
    let outcome = try await connref(
      "inventory", "fetch", "--environment", "https://evil.example", "--output", "x", on: nil,
      ["DATAVERSE_TOKEN": "token-of-the-day"])
    #expect(outcome.status == 64)
    #expect(
      outcome.stderr.hasPrefix(
        "error: 'https://evil.example' is not the address of an environment: evil.example is not a host of Dataverse\n"
      ))
  }

  @Test func `a secret is in no output, no file and no argument`() async throws {
    let lines = Mutex<Set<String>>([])
    let server = try await WebServer { request in
      for process in (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
      where process.allSatisfy(\.isNumber) {
        let line = FileManager.default.contents(atPath: "/proc/\(process)/cmdline") ?? Data()
        _ = lines.withLock { $0.insert(String(decoding: line, as: UTF8.self)) }
      }
      // A service that sends back what it was sent.
      return request.path.hasSuffix("/teams")
        ? .json(
          #"{"error":{"message":"\#(request.header("authorization") ?? "") is not enough"}}"#,
          status: 403) : InventedEnvironment().reply(to: request)
    }
    let outcome = try await connref(
      "inventory", "fetch", "--environment", server.address, "--output", "prod", on: server)
    #expect(outcome.status == 0)
    #expect(
      outcome.stderr.contains("note: teams unknown: 127.0.0.1 answered with 403: Bearer *** is"))
    let seen = lines.withLock { $0 }
    #expect(seen.contains { $0.contains("connref-inventory") && $0.contains("--output") })
    let names = FileManager.default.enumerator(atPath: folder.path)?.allObjects ?? []
    let files = names.compactMap { FileManager.default.contents(atPath: "\(folder.path)/\($0)") }
      .map { String(decoding: $0, as: UTF8.self) }
    #expect(files.count >= 7)
    for hidden in [secret, "token-of-the-day"] {
      #expect(!outcome.stderr.contains(hidden))
      #expect(!seen.contains { $0.contains(hidden) })
      #expect(!files.contains { $0.contains(hidden) })
    }
  }

  @Test func `the command line of Azure is the last resort`() async throws {
    let server = try await WebServer(InventedEnvironment())
    try folder.write(
      .executable(
        """
        #!/bin/sh
        echo "$@" >>"\(folder.path)/asked"
        echo '{"accessToken": "token-of-the-day", "expiresOn": "2026-11-29 12:00:00.000000"}'
        """), to: "bin/az")
    let path = "\(folder.path)/bin:/usr/bin:/bin"
    let outcome = try await connref(
      "inventory", "fetch", "--environment", server.address, "--output", "prod", on: nil,
      ["PATH": path, "CONNREF_POWERAPPS_URL": server.address])
    #expect(outcome.status == 0)
    #expect(
      try String(contentsOfFile: "\(folder.path)/asked", encoding: .utf8)
        == """
        account get-access-token --resource \(server.address) --output json
        account get-access-token --resource https://service.powerapps.com --output json

        """)
    try folder.write(
      .executable(
        """
        #!/bin/sh
        echo "ERROR: Please run 'az login' to setup account." >&2
        exit 1
        """), to: "bin/az")
    let refused = try await connref(
      "inventory", "fetch", "--environment", server.address, "--output", "test", on: nil,
      ["PATH": path])
    #expect(refused.status == 2)
    #expect(
      refused.stderr
        == "error: az gave no token: Please run 'az login' to setup account.\nhint: az login\n")
  }

  /// Of the process with this argument, in kilobytes.
  private static func peakMemory(of argument: String) -> Int? {
    let processes = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    for process in processes where process.allSatisfy(\.isNumber) {
      let line = FileManager.default.contents(atPath: "/proc/\(process)/cmdline") ?? Data()
      let words = line.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
      guard words.first?.hasSuffix("connref-inventory") ?? false, words.contains(argument),
        let status = FileManager.default.contents(atPath: "/proc/\(process)/status")
      else { continue }
      for line in String(decoding: status, as: UTF8.self).split(separator: "\n")
      where line.hasPrefix("VmHWM:") {
        return Int(line.filter(\.isNumber))
      }
    }
    return nil
  }

  @Test func `fifty thousand flows in five hundred pages need less than 200 MB`() async throws {
    var environment = InventedEnvironment()
    environment.flowCount = 50_000
    environment.definitionSize = 2000
    let invented = environment
    let peak = Mutex(0)
    let name = "prod-\(UUID().uuidString)"
    let server = try await WebServer { request in
      if request.target.contains("skiptoken=500") || request.path.hasSuffix("/teams") {
        let size = Self.peakMemory(of: name) ?? 0
        peak.withLock { $0 = max($0, size) }
      }
      return invented.reply(to: request)
    }
    let outcome = try await connref(
      "inventory", "fetch", "--environment", server.address, "--output", name, on: server)
    #expect(outcome.status == 0)
    #expect(outcome.stderr.contains(" 50000 flows"))
    let pages = server.requests.filter { $0.path.hasSuffix("/workflows") }.count
    #expect(pages == 500)
    let kilobytes = peak.withLock { $0 }
    #expect(kilobytes > 1000 && kilobytes < 200_000, "\(kilobytes) kB")
  }
}
