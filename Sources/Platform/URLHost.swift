/// The host of an address.
package enum URLHost {
  /// `https://contoso.crm4.dynamics.com/api/…`: the host alone, in lower case.
  package static func host(of url: String) -> String? {
    guard url.contains("://") else { return nil }
    let parts = url.split(separator: "/", maxSplits: 2)
    return parts.count > 1 ? parts[1].lowercased() : nil
  }
}
