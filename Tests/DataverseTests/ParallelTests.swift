import Dataverse
import Foundation
import Testing

/// How many requests are on their way at once.
@Suite struct ParallelTests {
  /// Answers every request, after others had time to come.
  private actor Service: WebTransport {
    private let parallel: String?
    private var running = 0
    private(set) var most = 0

    init(parallel: String?) { self.parallel = parallel }

    func answer(to request: WebRequest) async throws -> WebResponse {
      running += 1
      most = max(most, running)
      for _ in 0..<100 { await Task.yield() }
      running -= 1
      let target = request.address.target
      let body =
        target.hasSuffix("/WhoAmI")
        ? #"{"UserId": "00000000-0000-4000-8000-000000000001"}"#
        : target.contains("$select") ? #"{"value": []}"# : #"{"RolePrivileges": []}"#
      return WebResponse(
        status: 200,
        headers: [("Content-Type", "application/json")]
          + (parallel.map { [("x-ms-dop-hint", $0)] } ?? []), body: Array(body.utf8))
    }
  }

  private struct NoAzure: AzureCommand {
    func run(_: [String]) async throws -> (status: Int32, output: String, errors: String)? { nil }
  }

  private func most(_ parallel: String?) async throws -> Int {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    // What stays in the system's temporary folder does no harm.
    defer { try? FileManager.default.removeItem(at: folder) }
    let service = Service(parallel: parallel)
    let fetch = try InventoryFetch(
      environment: "contoso.crm4.dynamics.com",
      output: folder.appending(path: "prod").path(percentEncoded: false), withDefinitions: false,
      withNames: false, version: "1.0.0",
      means: InventoryFetch.Means(
        transport: service, azure: NoAzure(), variables: ["DATAVERSE_TOKEN": "token"],
        secrets: KnownSecrets()))
    let manifest = try await fetch.run()
    #expect(manifest.complete)
    return await service.most
  }

  @Test func `at most as many as the service suggests, and four`() async throws {
    #expect(try await most("1") == 1)
    #expect(try await most("2") == 2)
    #expect(try await most("48") == 4)
  }

  @Test func `one at a time where the service suggests nothing`() async throws {
    #expect(try await most(nil) == 1)
    #expect(try await most("many") == 1)
    #expect(try await most("0") == 1)
  }
}
