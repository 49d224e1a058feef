/// The variables that git hands to hooks, or that a user sets, as far as reading needs them.
struct GitEnvironment {
  let gitDirectory: String?
  let workTree: String?
  let commonDirectory: String?
  let indexFile: String?
  let objectDirectory: String?
  let alternates: [String]
  let shallowFile: String?
  /// Where the search for a repository ends, going up.
  let ceilings: [String]
  let crossesFileSystems: Bool
  /// False when git itself runs us for a bare repository.
  let hasImplicitWorkTree: Bool
  let home: String?
  /// `SUDO_UID`: who owns what root may read.
  let sudoUser: UInt32?
  let settings: ConfigurationSources

  /// Paths count from `folder`. With `onlyConfiguration`, what names a repository is left out: a
  /// path that the user gave wins over it.
  init(_ variables: [String: String], folder: String, onlyConfiguration: Bool) {
    func path(_ name: String) -> String? {
      guard !onlyConfiguration, let value = variables[name], !value.isEmpty else { return nil }
      return value
    }
    func isTrue(_ name: String) -> Bool? { variables[name].map(Self.isTrue) }

    gitDirectory = path("GIT_DIR").map { Path.absolute($0, from: folder) }
    workTree = path("GIT_WORK_TREE").map { Path.absolute($0, from: folder) }
    commonDirectory = path("GIT_COMMON_DIR").map { Path.absolute($0, from: folder) }
    indexFile = path("GIT_INDEX_FILE")
    objectDirectory = path("GIT_OBJECT_DIRECTORY").map { Path.absolute($0, from: folder) }
    alternates = Self.pathList(path("GIT_ALTERNATE_OBJECT_DIRECTORIES") ?? "")
      .map { Path.absolute($0, from: folder) }
    shallowFile = path("GIT_SHALLOW_FILE").map { Path.absolute($0, from: folder) }
    ceilings = (path("GIT_CEILING_DIRECTORIES") ?? "").split(separator: ":").map(String.init)
      .filter { $0.hasPrefix("/") }
    crossesFileSystems = isTrue("GIT_DISCOVERY_ACROSS_FILESYSTEM") ?? false
    hasImplicitWorkTree = isTrue("GIT_IMPLICIT_WORK_TREE") ?? true
    home = variables["HOME"]
    sudoUser = variables["SUDO_UID"].flatMap { UInt32($0) }
    settings = ConfigurationSources(variables)
  }

  /// As git reads a boolean in its environment.
  static func isTrue(_ text: String) -> Bool {
    ["true", "yes", "on"].contains(text.lowercased()) || (Int(text) ?? 0) != 0
  }

  /// Paths with `:` between them; one in double quotes may hold a `:`, and backslash escapes.
  static func pathList(_ text: String) -> [String] {
    var paths: [String] = []
    var current = ""
    var isQuoted = false
    var isEscaped = false
    for character in text {
      if isEscaped {
        current.append(character)
        isEscaped = false
      } else if isQuoted && character == "\\" {
        isEscaped = true
      } else if character == "\"" && (isQuoted || current.isEmpty) {
        isQuoted.toggle()
      } else if character == ":" && !isQuoted {
        paths.append(current)
        current = ""
      } else {
        current.append(character)
      }
    }
    return (paths + [current]).filter { !$0.isEmpty }
  }
}
