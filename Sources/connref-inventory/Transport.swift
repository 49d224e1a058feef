import AsyncHTTPClient
package import Dataverse
import Foundation
import NIOCore
import NIOHTTP1
import NIOHTTPCompression
import NIOPosix
import NIOSSL

/// Sends requests over a real network.
///
/// Redirects are not followed and nothing is repeated: the caller decides. Certificates are
/// verified, by those of the system or by those that `SSL_CERT_FILE` names. Proxies are those of
/// the usual variables.
package struct Transport: WebTransport {
  /// In seconds, but for the size.
  package struct Limits: Sendable {
    package var connecting = 15.0
    /// Without a byte.
    package var silence = 90.0
    /// For a whole answer.
    package var whole = 300.0
    /// In bytes.
    package var body = 256 << 20

    package init() {}
  }

  private let direct: HTTPClient
  private let proxied: [String: HTTPClient]
  private let proxies: ProxySettings
  private let limits: Limits

  /// Throws a `FetchFailure` where the variables name no proxy, or no certificates.
  package init(_ variables: [String: String], limits: Limits = Limits()) throws {
    self.limits = limits
    proxies = try ProxySettings(variables)
    let configuration = try Self.configuration(variables, limits)
    direct = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    var clients: [String: HTTPClient] = [:]
    for proxy in proxies.all where clients[proxy.key] == nil {
      var configuration = configuration
      configuration.proxy = .server(
        host: proxy.host, port: proxy.port,
        authorization: proxy.login.map { .basic(credentials: $0) })
      clients[proxy.key] = HTTPClient(
        eventLoopGroupProvider: .singleton, configuration: configuration)
    }
    proxied = clients
  }

  private static func configuration(
    _ variables: [String: String], _ limits: Limits
  ) throws -> HTTPClient.Configuration {
    var security = TLSConfiguration.makeClientConfiguration()
    security.minimumTLSVersion = .tlsv12
    security.certificateVerification = .fullVerification
    if let path = variables["SSL_CERT_FILE"], !path.isEmpty {
      do {
        security.trustRoots = .certificates(try NIOSSLCertificate.fromPEMFile(path))
      } catch {
        throw FetchFailure("could not read certificates of '\(path)', which SSL_CERT_FILE names")
      }
    }
    var configuration = HTTPClient.Configuration(
      tlsConfiguration: security, redirectConfiguration: .disallow,
      timeout: .init(connect: .seconds(limits.connecting), read: .seconds(limits.silence)),
      decompression: .enabled(limit: .size(limits.body)))
    configuration.httpVersion = .http1Only
    configuration.connectionPool.retryConnectionEstablishment = false
    return configuration
  }

  package func answer(to request: WebRequest) async throws -> WebResponse {
    var message = HTTPClientRequest(url: request.address.description)
    message.method = HTTPMethod(rawValue: request.method)
    message.headers.add(name: "User-Agent", value: "connref-inventory")
    message.headers.add(name: "Accept-Encoding", value: "gzip")
    for (name, value) in request.headers { message.headers.add(name: name, value: value) }
    if !request.body.isEmpty { message.body = .bytes(ByteBuffer(bytes: request.body)) }
    let proxy = proxies.proxy(for: request.address)
    let client = proxy.flatMap { proxied[$0.key] } ?? direct
    let limits = limits
    do {
      let response = try await client.execute(message, deadline: .now() + .seconds(limits.whole))
      let body = try await response.body.collect(upTo: limits.body)
      return WebResponse(
        status: Int(response.status.code),
        headers: response.headers.map { (name: $0.name, value: $0.value) },
        body: Array(body.readableBytesView))
    } catch let error as CancellationError {
      throw error
    } catch {
      throw Self.failure(error, limits)
    }
  }

  /// Ends all connections.
  package func close() async {
    for client in [direct] + proxied.values {
      // The process ends next: what could not be closed ends with it.
      try? await client.shutdown()
    }
  }

  private static func failure(_ error: any Error, _ limits: Limits) -> TransportFailure {
    switch error {
    case let error as HTTPClientError:
      switch error {
      case .readTimeout, .writeTimeout, .connectTimeout, .deadlineExceeded, .tlsHandshakeTimeout,
        .getConnectionFromPoolTimeout:
        .timedOut
      case .remoteConnectionClosed, .uncleanShutdown, .bodyLengthMismatch: .cut
      case .proxyAuthenticationRequired: .proxy(reason: "it asks for a name and a password")
      case .invalidProxyResponse: .proxy(reason: "it refused the connection")
      case .httpProxyHandshakeTimeout: .proxy(reason: "it did not answer in time")
      default: .other(reason: "\(error)")
      }
    case let error as NIOConnectionError:
      error.connectionErrors.isEmpty ? .hostNotFound : .refused
    case is NIOTooManyBytesError, NIOHTTPDecompression.DecompressionError.limit:
      .tooLarge(limit: limits.body)
    case is NIOHTTPDecompression.DecompressionError: .cut
    case let error as NIOSSLError:
      switch error {
      case .handshakeFailed(let reason): .untrusted(reason: sentence(of: reason))
      case .uncleanShutdown: .cut
      default: .untrusted(reason: "\(error)")
      }
    case is NIOSSLExtraError: .untrusted(reason: "it is for another host")
    case is HTTPParserError, is ChannelError: .cut
    case let error as IOError:
      [ECONNRESET, EPIPE].contains(error.errnoCode) ? .cut : .refused
    default: .other(reason: "\(error)")
    }
  }

  private static func sentence(of error: BoringSSLError) -> String {
    let text = "\(error)"
    return text.contains("CERTIFICATE_VERIFY_FAILED")
      ? "its issuer is not known here, or it has expired" : text
  }
}

extension TimeAmount {
  fileprivate static func seconds(_ seconds: Double) -> TimeAmount {
    .milliseconds(Int64(seconds * 1000))
  }
}
