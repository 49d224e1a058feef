import Platform
import Review

/// A git repository with the history of an invented solution.
struct DemoRepository {
  let path: String
  let environment: [String: String]

  /// Makes the folder; throws where there is something in it already.
  init(at folder: String?, in context: RunContext) throws {
    if let folder {
      path = context.path(folder)
    } else {
      path =
        FileManager.default.temporaryDirectory
        .appending(path: "connref-demo-\(UUID().uuidString.prefix(8).lowercased())").path
    }
    // A missing folder cannot be listed: it counts as empty.
    let present = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    guard present.isEmpty else {
      throw Failure(
        message: "'\(path)' is not empty", hint: "name a folder that does not exist yet")
    }
    do {
      try FileManager.default.createDirectory(
        atPath: path, withIntermediateDirectories: true)
    } catch {
      throw Failure(message: "could not make the folder '\(path)': \(error.systemReason)")
    }
    // The user's own configuration may sign commits or call hooks, and a hook's environment may name
    // another repository: the example knows nothing of either.
    var closed = context.environment.filter { !$0.key.hasPrefix("GIT_") }
    closed["GIT_CONFIG_NOSYSTEM"] = "1"
    closed["GIT_CONFIG_GLOBAL"] = "/dev/null"
    if let folder = context.programFolder {
      closed["PATH"] = "\(folder):\(closed["PATH"] ?? "/usr/bin:/bin")"
    }
    environment = closed
  }

  /// Every commit up to the one that is about to go wrong.
  func writeHistory() throws {
    _ = try git("init", "--quiet", "--initial-branch=main")
    _ = try git("config", "user.name", "You")
    _ = try git("config", "user.email", "you@example.com")
    for chapter in DemoStory.chapters {
      try write(chapter.files)
      _ = try git("add", "--all")
      _ = try git(
        "commit", "--quiet", "--message", chapter.message,
        as: [
          "GIT_AUTHOR_NAME": chapter.author, "GIT_AUTHOR_EMAIL": "\(chapter.author)@example.com",
          "GIT_AUTHOR_DATE": chapter.date, "GIT_COMMITTER_DATE": chapter.date,
        ])
    }
  }

  /// The export in which the reference was re-created, staged and not committed.
  func stageRecreation() throws {
    try write(DemoStory.recreation)
    _ = try git("add", "--all")
  }

  /// Commits with the hooks installed.
  func commitWithHooks(_ message: String) throws -> (status: Int32, output: String) {
    _ = HookInstaller(folder: URL(filePath: "\(path)/.git/hooks")).install()
    return try run(["commit", "--message", message])
  }

  /// The output of git; throws when it fails.
  func git(_ arguments: String..., as identity: [String: String] = [:]) throws -> String {
    let (status, output) = try run(arguments, as: identity)
    guard status == 0 else {
      throw Failure(message: "git \(arguments.first ?? "") failed in the example: \(output)")
    }
    return output
  }

  private func run(
    _ arguments: [String], as identity: [String: String] = [:]
  ) throws -> (status: Int32, output: String) {
    do {
      let outcome = try ChildProcess(
        executable: "git", arguments: arguments, folder: path,
        environment: environment.merging(identity) { _, new in new }, limit: 60
      ).run()
      return (outcome.status, outcome.output)
    } catch let failure as ChildProcess.StartFailure {
      throw Failure(
        message: "could not run git: \(failure)",
        hint: failure.isMissing ? "install git, for example apt-get install git" : nil)
    }
  }

  private func write(_ files: [String: String]) throws {
    for (name, text) in files {
      let file = URL(filePath: "\(path)/\(name)")
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
  }
}
