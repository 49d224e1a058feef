/// A request, as the protocol wants it.
package struct WebRequest: Sendable {
  package let method: String
  package let address: WebAddress
  package let headers: [(name: String, value: String)]
  package var body: [UInt8] = []
}

/// An answer, read to its end.
package struct WebResponse: Sendable {
  package let status: Int
  private let headers: [(name: String, value: String)]
  package let body: [UInt8]

  package init(status: Int, headers: [(name: String, value: String)], body: [UInt8]) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  /// The first header of this name, in any letter case.
  package func header(_ name: String) -> String? {
    let name = name.lowercased()
    return headers.first { $0.name.lowercased() == name }?.value
  }
}

/// Sends requests. It follows no redirect, repeats nothing, and verifies certificates.
package protocol WebTransport: Sendable {
  /// Throws a `TransportFailure` without a complete answer.
  func answer(to request: WebRequest) async throws -> WebResponse
}

/// The reason for an incomplete or missing answer.
package enum TransportFailure: Error, Hashable, Sendable {
  /// Nothing was received for too long, or the whole took too long.
  case timedOut
  /// The connection ended before the answer did.
  case cut
  case hostNotFound
  case refused
  case untrusted(reason: String)
  /// In bytes.
  case tooLarge(limit: Int)
  case proxy(reason: String)
  case other(reason: String)

  /// True where the same request may succeed a moment later.
  package var isPassing: Bool {
    switch self {
    case .timedOut, .cut, .refused, .hostNotFound, .other: true
    case .untrusted, .tooLarge, .proxy: false
    }
  }

  /// Follows the name of a host: `contoso.crm4.dynamics.com ended the connection`.
  package var words: String {
    switch self {
    case .timedOut: "did not answer in time"
    case .cut: "ended the connection before its answer was whole"
    case .hostNotFound: "could not be found: no such host, or no name resolution"
    case .refused: "refused the connection, or cannot be reached"
    case .untrusted(let reason): "has a certificate that is not trusted: \(reason)"
    case .tooLarge(let limit): "sent an answer larger than the limit of \(limit >> 20) MB"
    case .proxy(let reason): "could not be reached through the proxy: \(reason)"
    case .other(let reason): "could not be reached: \(reason)"
    }
  }
}
