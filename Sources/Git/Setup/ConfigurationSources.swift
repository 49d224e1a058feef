/// Where git looks for configuration outside of the repository.
struct ConfigurationSources {
  /// Nil when `GIT_CONFIG_NOSYSTEM` says so.
  let system: String?
  /// Least important first.
  let global: [String]
  /// The values that the environment itself sets, as `git -c` does; the last of a key counts.
  let commandLine: [(key: String, value: String)]

  init(_ variables: [String: String]) {
    let home = variables["HOME"].flatMap { $0.isEmpty ? nil : $0 }
    let noSystem = variables["GIT_CONFIG_NOSYSTEM"].map(GitEnvironment.isTrue) ?? false
    system = noSystem ? nil : variables["GIT_CONFIG_SYSTEM"] ?? "/etc/gitconfig"
    if let only = variables["GIT_CONFIG_GLOBAL"] {
      global = only.isEmpty ? [] : [only]
    } else {
      let xdg = variables["XDG_CONFIG_HOME"].flatMap { $0.isEmpty ? nil : $0 }
      let folder = xdg ?? home.map { $0 + "/.config" }
      global = [folder.map { $0 + "/git/config" }, home.map { $0 + "/.gitconfig" }]
        .compactMap { $0 }
    }
    // `git -c` outweighs GIT_CONFIG_COUNT: checked with git 2.39.
    commandLine =
      Self.counted(variables) + Self.parameters(variables["GIT_CONFIG_PARAMETERS"] ?? "")
  }

  /// `GIT_CONFIG_COUNT`, `GIT_CONFIG_KEY_0`, `GIT_CONFIG_VALUE_0`, ….
  private static func counted(_ variables: [String: String]) -> [(key: String, value: String)] {
    let count = variables["GIT_CONFIG_COUNT"].flatMap { Int($0) } ?? 0
    // The count is only text: what it promises and does not give ends the list.
    var found: [(key: String, value: String)] = []
    while found.count < count, let key = variables["GIT_CONFIG_KEY_\(found.count)"] {
      found.append((normalized(key), variables["GIT_CONFIG_VALUE_\(found.count)"] ?? ""))
    }
    return found
  }

  /// `GIT_CONFIG_PARAMETERS`, which `git -c` sets: `'key'='value'` since git 2.31, `'key=value'`
  /// before, in the quotes of the shell.
  private static func parameters(_ text: String) -> [(key: String, value: String)] {
    var words: [String] = [""]
    var isQuoted = false
    var isEscaped = false
    var keyEnds: [Int: String.Index] = [:]
    for character in text {
      if isEscaped {
        words[words.count - 1].append(character)
        isEscaped = false
      } else if character == "'" {
        isQuoted.toggle()
      } else if isQuoted {
        words[words.count - 1].append(character)
      } else if character == "\\" {
        isEscaped = true
      } else if character == " " {
        words.append("")
      } else {
        if character == "=", keyEnds[words.count - 1] == nil {
          keyEnds[words.count - 1] = words[words.count - 1].endIndex
        }
        words[words.count - 1].append(character)
      }
    }
    return words.enumerated().filter { !$0.element.isEmpty }.map { position, word in
      // A setting without a value is a boolean that is true.
      guard let end = keyEnds[position] ?? word.firstIndex(of: "=") else {
        return (normalized(word), "true")
      }
      return (normalized(String(word[..<end])), String(word[end...].dropFirst()))
    }
  }

  /// Section and name without regard to case; the part between them keeps it.
  static func normalized(_ key: String) -> String {
    guard let first = key.firstIndex(of: "."), let last = key.lastIndex(of: ".") else {
      return key.lowercased()
    }
    return key[..<first].lowercased() + key[first..<last] + key[last...].lowercased()
  }
}
