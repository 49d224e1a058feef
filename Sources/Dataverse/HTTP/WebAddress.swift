/// An address of the web: `https://contoso.crm4.dynamics.com/api/data/v9.2/workflows?$select=name`.
package struct WebAddress: Hashable, Sendable, CustomStringConvertible {
  /// Where a token may go: scheme, host and port, all in lower case.
  package struct Origin: Hashable, Sendable, CustomStringConvertible {
    package let scheme: String
    package let host: String
    /// The scheme's own where the address names none.
    package let port: Int

    /// Without the port where it is the scheme's own.
    package var description: String {
      port == Self.port(of: scheme) ? "\(scheme)://\(host)" : "\(scheme)://\(host):\(port)"
    }

    /// This machine: nothing leaves it.
    package var isLoopback: Bool {
      host == "localhost" || host == "[::1]"
        || (host.hasPrefix("127.") && host.allSatisfy { $0.isNumber || $0 == "." })
    }

    fileprivate static func port(of scheme: String) -> Int { scheme == "http" ? 80 : 443 }
  }

  package let origin: Origin
  /// Path and query; begins with a slash.
  package let target: String

  package var description: String { origin.description + target }

  package init(_ origin: Origin, _ target: String) {
    self.origin = origin
    self.target = target.hasPrefix("/") ? target : "/" + target
  }

  /// Nil where it is no absolute address with http or https, or names a user, or holds spaces or
  /// control characters.
  package init?(_ text: String) {
    guard let separator = text.firstRange(of: "://"),
      !text.utf8.contains(where: { $0 <= 0x20 || $0 == 0x7F })
    else { return nil }
    let scheme = text[..<separator.lowerBound].lowercased()
    guard scheme == "https" || scheme == "http" else { return nil }
    let rest = text[separator.upperBound...]
    let end = rest.firstIndex { "/?#\\".contains($0) } ?? rest.endIndex
    let authority = rest[..<end].lowercased()
    guard !authority.isEmpty, !authority.contains("@") else { return nil }
    var host = authority[...]
    var port = Origin.port(of: scheme)
    let bracket = authority.lastIndex(of: "]") ?? authority.startIndex
    if let colon = authority[bracket...].lastIndex(of: ":") {
      guard let number = Int(authority[authority.index(after: colon)...]),
        (1...65_535).contains(number)
      else { return nil }
      port = number
      host = authority[..<colon]
    }
    let isName = host.allSatisfy {
      $0.isASCII && ($0.isLetter || $0.isNumber || "-._".contains($0))
    }
    let isV6 =
      host.hasPrefix("[") && host.hasSuffix("]")
      && host.dropFirst().dropLast().allSatisfy { $0.isHexDigit || ":.".contains($0) }
    guard !host.isEmpty, isName || isV6 else { return nil }
    origin = Origin(scheme: scheme, host: String(host), port: port)
    let fragment = rest.firstIndex(of: "#") ?? rest.endIndex
    let target = String(rest[end..<max(end, fragment)])
    self.target = target.hasPrefix("/") ? target : "/" + target
  }

  /// An address in an answer to a request for this one, which may be a path alone.
  package func resolving(_ link: String) -> WebAddress? {
    if link.hasPrefix("/"), !link.hasPrefix("//") {
      return link.utf8.contains { $0 <= 0x20 } ? nil : WebAddress(origin, link)
    }
    return WebAddress(link)
  }
}
