import Dataverse
import Foundation

/// The proxies that the usual variables name: `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY`, `NO_PROXY`, in
/// capitals or not.
///
/// `HTTP_PROXY` in capitals is not read: where a web server runs programs, a request can set it.
struct ProxySettings: Sendable {
  struct Proxy: Hashable, Sendable {
    let host: String
    let port: Int
    /// `name:password` in base64.
    let login: String?

    var key: String { "\(host):\(port)" }
  }

  private let secure: Proxy?
  private let plain: Proxy?
  private let exceptions: [String]

  init(_ variables: [String: String]) throws(FetchFailure) {
    func value(_ names: String...) -> (name: String, text: String)? {
      names.lazy.compactMap { name in
        variables[name].flatMap { $0.isEmpty ? nil : (name, $0) }
      }.first
    }
    secure = try value("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY").map(Self.proxy)
    plain = try value("http_proxy", "all_proxy", "ALL_PROXY").map(Self.proxy)
    exceptions = (value("no_proxy", "NO_PROXY")?.text ?? "").split { ", ".contains($0) }
      .map { $0.lowercased() }
  }

  var all: [Proxy] { [secure, plain].compactMap(\.self) }

  func proxy(for address: WebAddress) -> Proxy? {
    let host = address.origin.host
    let isException = exceptions.contains { exception in
      let name = exception.hasPrefix(".") ? String(exception.dropFirst()) : exception
      return exception == "*" || host == name || host.hasSuffix(".\(name)")
        || "\(host):\(address.origin.port)" == name
    }
    if isException { return nil }
    return address.origin.scheme == "https" ? secure : plain
  }

  /// `http://name:password@proxy.example:8080`, with or without its parts but the host.
  private static func proxy(_ variable: (name: String, text: String)) throws(FetchFailure) -> Proxy
  {
    let text = variable.text.contains("://") ? variable.text : "http://\(variable.text)"
    // The text may hold a password: it is not repeated.
    guard let parts = URLComponents(string: text), let host = parts.host, !host.isEmpty else {
      throw FetchFailure("\(variable.name) is not the address of a proxy")
    }
    guard parts.scheme == "http" else {
      throw FetchFailure(
        "\(variable.name) names a proxy whose address does not begin with http://, which is not supported"
      )
    }
    let login = parts.user.map { user in
      Data("\(user):\(parts.password ?? "")".utf8).base64EncodedString()
    }
    return Proxy(host: host, port: parts.port ?? 8080, login: login)
  }
}
