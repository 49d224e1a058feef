import Dataverse
import Foundation
import Synchronization
import TestEnvironment
import TestSupport
import connref_inventory

/// A fetch of an invented environment by the real client over a real connection, in a folder of its own.
struct Fetching {
  let folder: TemporaryFolder
  var variables = ["DATAVERSE_TOKEN": "token-of-the-day", "no_proxy": ""]
  var policy = RetryPolicy(attempts: 3, firstWait: 0)
  var withDefinitions = false
  var withNames = false
  var now = Date(timeIntervalSince1970: 1_796_000_000)

  init() throws {
    folder = try TemporaryFolder()
  }

  var output: String { folder.path + "/prod" }

  @discardableResult
  func fetch(_ address: String, waits: Waits = Waits()) async throws -> InventoryManifest {
    var limits = Transport.Limits()
    limits.silence = 0.4
    limits.whole = 0.8
    let transport = try Transport(variables, limits: limits)
    let now = now
    let fetch = try InventoryFetch(
      environment: address, output: output, withDefinitions: withDefinitions,
      withNames: withNames, version: "1.0.0",
      means: InventoryFetch.Means(
        transport: transport, azure: NoAzure(), variables: variables, policy: policy,
        pace: Pace(now: { now }, wait: { waits.add($0) }), secrets: KnownSecrets(in: variables)))
    do {
      let manifest = try await fetch.run()
      await transport.close()
      return manifest
    } catch {
      await transport.close()
      throw error
    }
  }

  /// What the fetch ended with; empty where it succeeded.
  func failure(_ address: String) async -> String {
    do {
      try await fetch(address)
      return ""
    } catch let failure as FetchFailure {
      return failure.message
    } catch {
      return "another error: \(error)"
    }
  }

  /// The text of every file that was saved, by name.
  var files: [String: String] {
    get throws {
      let names = try FileManager.default.contentsOfDirectory(atPath: output)
      return Dictionary(
        uniqueKeysWithValues: try names.map { name in
          (name, try String(contentsOfFile: "\(output)/\(name)", encoding: .utf8))
        })
    }
  }

  /// Everything in the folder, hidden or not, in one text.
  var everything: String {
    get throws {
      let names = FileManager.default.enumerator(atPath: folder.path)?.allObjects ?? []
      return names.compactMap { name in
        FileManager.default.contents(atPath: "\(folder.path)/\(name)").map {
          String(decoding: $0, as: UTF8.self)
        }
      }.joined(separator: "\n")
    }
  }
}

/// How long a fetch wanted to wait, in seconds; it did not.
final class Waits: Sendable {
  private let seconds = Mutex<[Double]>([])

  var all: [Double] { seconds.withLock { $0 } }

  func add(_ wait: Double) { seconds.withLock { $0.append(wait) } }
}

private struct NoAzure: AzureCommand {
  func run(_: [String]) async throws -> (status: Int32, output: String, errors: String)? { nil }
}

extension WebServer {
  /// The services of an invented environment.
  convenience init(
    _ environment: InventedEnvironment, identity: Identity? = nil
  ) async throws {
    let scheme = identity == nil ? "http" : "https"
    try await self.init(identity: identity) { environment.reply(to: $0, scheme: scheme) }
  }

  /// The same, with something else for one request: that with this number.
  convenience init(
    _ environment: InventedEnvironment, at number: Int,
    _ change: @escaping @Sendable (Reply) -> Reply
  ) async throws {
    try await self.init { request in
      let reply = environment.reply(to: request)
      return request.number == number ? change(reply) : reply
    }
  }

  var number: Int { requests.count }
}
