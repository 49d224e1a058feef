import Foundation
import Review

/// One run of an installed hook by `/bin/sh`, in a closed context of its own.
struct HookRun {
  enum Tool { case onPath, inHome, inWSL, missing }

  let status: Int32
  let errors: String
  /// Who was called, in order, with which arguments.
  let log: String
  let inputOfEarlier: String?
  let inputOfTool: String?
  let temporaryFiles: [String]

  /// - Parameter earlierStatus: nil if there was no hook before.
  init(
    _ hook: HookName, in folder: HooksFolder? = nil, arguments: [String] = [], input: String = "",
    earlierStatus: Int? = nil, earlierMode: Int = 0o755, earlierReads: Bool = true,
    tool: Tool = .onPath, toolStatus: Int = 0, whenMissing: String? = nil,
    caller: HookCaller = .git, environment: [String: String] = [:]
  ) throws {
    let folder = try folder ?? HooksFolder()
    let files = FileManager.default
    let programs = folder.beside("programs")
    let home = folder.beside("home")
    let temporary = folder.beside("temporary")
    for made in [programs, home, temporary] {
      try files.createDirectory(at: made, withIntermediateDirectories: true)
    }
    if let earlierStatus {
      try folder.write(
        hook.rawValue,
        Self.standIn("earlier", reads: earlierReads, status: earlierStatus), mode: earlierMode)
    }
    for (_, outcome) in HookInstaller(folder: folder.url, caller: caller).install([hook]) {
      if case .refused(let refusal) = outcome { throw refusal }
    }
    let connref = Self.standIn("connref", reads: true, status: toolStatus)
    switch tool {
    case .onPath: try HooksFolder.write(programs.appending(path: "connref"), connref)
    case .inHome: try HooksFolder.write(home.appending(path: ".local/bin/connref"), connref)
    case .inWSL:
      let inside = folder.beside("inside")
      try HooksFolder.write(inside.appending(path: "connref"), connref)
      try HooksFolder.write(
        programs.appending(path: "wsl"),
        """
        #!/bin/sh
        echo "wsl $1 ${WSLENV-}" >>"$LOG"
        shift
        PATH='\(inside.path(percentEncoded: false))':$PATH exec "$@"

        """)
    case .missing: break
    }
    let setting = whenMissing.map { "echo '\($0)'" } ?? "exit 1"
    try HooksFolder.write(programs.appending(path: "git"), "#!/bin/sh\n\(setting)\n")
    let inputFile = folder.beside("input")
    try HooksFolder.write(inputFile, input, mode: 0o644)
    let errorFile = folder.beside("errors")
    try HooksFolder.write(errorFile, "", mode: 0o644)

    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = [folder.path(hook.rawValue)] + arguments
    process.environment = [
      "PATH": "\(programs.path(percentEncoded: false)):/usr/bin:/bin",
      "HOME": home.path(percentEncoded: false),
      "TMPDIR": temporary.path(percentEncoded: false),
      "LOG": folder.beside("log").path(percentEncoded: false),
    ].merging(environment) { $1 }
    process.standardInput = try FileHandle(forReadingFrom: inputFile)
    process.standardError = try FileHandle(forWritingTo: errorFile)
    try process.run()
    process.waitUntilExit()

    status = process.terminationStatus
    errors = try String(contentsOf: errorFile, encoding: .utf8)
    log = try Self.text(folder.beside("log")) ?? ""
    inputOfEarlier = try Self.text(folder.beside("log.earlier"))
    inputOfTool = try Self.text(folder.beside("log.connref"))
    temporaryFiles = try files.contentsOfDirectory(atPath: temporary.path(percentEncoded: false))
  }

  private static func standIn(_ name: String, reads: Bool, status: Int) -> String {
    """
    #!/bin/sh
    { printf %s '\(name)'; test $# = 0 || printf ' [%s]' "$@"; echo; } >>"$LOG"
    \(reads ? "cat >\"$LOG.\(name)\"" : "")
    exit \(status)

    """
  }

  private static func text(_ file: URL) throws -> String? {
    guard FileManager.default.fileExists(atPath: file.path(percentEncoded: false)) else {
      return nil
    }
    return try String(contentsOf: file, encoding: .utf8)
  }
}
