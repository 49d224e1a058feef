import Platform

/// The web pages of a repository, where its remote is one of GitHub, Azure DevOps or GitLab.
package struct Forge: Hashable, Sendable {
  private enum Kind { case gitHub, azure, gitLab }

  private let kind: Kind
  /// The page of the repository, without a slash at its end: `https://github.com/contoso/sales`.
  let address: String

  /// - Parameter remote: The address of a remote as git has it. A name or a password in it is dropped.
  package init?(remote: String) {
    guard let place = Self.place(of: remote) else { return nil }
    let host = place.host.lowercased()
    var parts = place.path.split(separator: "/").map(String.init)
    if let last = parts.last, last.hasSuffix(".git") {
      parts[parts.count - 1] = String(last.dropLast(".git".count))
    }
    // What is encoded already stays so.
    parts = parts.map { $0.percentEncoded(keeping: "%") }.filter { !$0.isEmpty }
    if host == "ssh.dev.azure.com", parts.count == 4 {
      // v3/organisation/project/repository
      kind = .azure
      address = "https://dev.azure.com/\(parts[1])/\(parts[2])/_git/\(parts[3])"
    } else if host == "dev.azure.com" || host.hasSuffix(".visualstudio.com"),
      parts.dropLast().last == "_git"
    {
      kind = .azure
      address = "https://\(host)/\(parts.joined(separator: "/"))"
    } else if host == "github.com" || host.hasPrefix("github."), parts.count == 2 {
      kind = .gitHub
      address = "https://\(host)/\(parts.joined(separator: "/"))"
    } else if host == "gitlab.com" || host.hasPrefix("gitlab."), parts.count > 1 {
      kind = .gitLab
      address = "https://\(host)/\(parts.joined(separator: "/"))"
    } else {
      return nil
    }
  }

  /// The page of a commit.
  func commit(_ id: String) -> String {
    switch kind {
    case .gitHub, .azure: "\(address)/commit/\(id)"
    case .gitLab: "\(address)/-/commit/\(id)"
    }
  }

  /// The page of a file as a commit has it.
  func file(_ path: String, line: Int?, at commit: String) -> String {
    let encoded = path.split(separator: "/").joined(separator: "/").percentEncoded(keeping: "/")
    switch kind {
    case .gitHub:
      return "\(address)/blob/\(commit)/\(encoded)" + (line.map { "#L\($0)" } ?? "")
    case .gitLab:
      return "\(address)/-/blob/\(commit)/\(encoded)" + (line.map { "#L\($0)" } ?? "")
    case .azure:
      let lines =
        line.map { "&line=\($0)&lineEnd=\($0 + 1)&lineStartColumn=1&lineEndColumn=1" } ?? ""
      return "\(address)?path=/\(encoded)&version=GC\(commit)\(lines)"
    }
  }

  /// Of `https://user@host:443/path`, `ssh://git@host/path` and `git@host:path`.
  private static func place(of remote: String) -> (host: String, path: String)? {
    for scheme in ["https://", "http://", "ssh://"] where remote.hasPrefix(scheme) {
      let rest = remote.dropFirst(scheme.count)
      guard let slash = rest.firstIndex(of: "/") else { return nil }
      let authority = rest[..<slash].split(separator: "@").last ?? ""
      let host = authority.prefix { $0 != ":" }
      return isHost(host) ? (String(host), String(rest[slash...])) : nil
    }
    guard !remote.contains("://"), let colon = remote.firstIndex(of: ":") else { return nil }
    let host = remote[..<colon].split(separator: "@").last ?? ""
    return isHost(host) && host.contains(".")
      ? (String(host), String(remote[remote.index(after: colon)...])) : nil
  }

  private static func isHost(_ text: Substring) -> Bool {
    !text.isEmpty
      && text.utf8.allSatisfy { byte in
        byte.isUnreserved && byte != UInt8(ascii: "_") && byte != UInt8(ascii: "~")
      }
  }
}
