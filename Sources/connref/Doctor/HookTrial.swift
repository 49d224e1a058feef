import Platform
import Review

/// Tries hooks out: copies of the installed scripts in a scratch repository, in which git does
/// everything that makes a hook fire.
///
/// An earlier hook that a script would run first is left out: it may do anything.
struct HookTrial {
  /// Those whose script ran and reached connref.
  let reached: Set<HookName>
  /// The output of git and the hooks.
  let said: String

  /// Where `connref hook` writes that it was called; the check still runs.
  private static let variable = "CONNREF_DOCTOR_LOG"

  /// Called by each hook; does nothing unless a trial is under way.
  static func record(_ hook: HookName, in context: RunContext) {
    guard let path = context.environment[variable] else { return }
    // Where this fails, the trial finds that the hook did not fire, and says so.
    try? append("\(hook.rawValue)\n".utf8, toFile: path)
  }

  /// - Parameter folder: where the installed scripts are.
  init(of hooks: [HookName], in folder: URL, context: RunContext) throws {
    let scratch = FileManager.default.temporaryDirectory
      .appending(path: "connref-doctor-\(UUID().uuidString)")
    // A file that stays in the system's temporary folder does no harm.
    defer { try? FileManager.default.removeItem(at: scratch) }
    let copies = scratch.appending(path: "hooks")
    try FileManager.default.createDirectory(at: copies, withIntermediateDirectories: true)
    for hook in hooks {
      try FileManager.default.copyItem(
        at: folder.appending(path: hook.rawValue), to: copies.appending(path: hook.rawValue))
    }
    let log = scratch.appending(path: "log")
    try Data().write(to: log)
    var environment = context.outsideOfRepository
    environment[Self.variable] = log.path(percentEncoded: false)
    // Nothing of the user's own set-up, such as signing, and no other hooks.
    environment["GIT_CONFIG_GLOBAL"] = "/dev/null"
    environment["GIT_CONFIG_NOSYSTEM"] = "1"
    for role in ["AUTHOR", "COMMITTER"] {
      environment["GIT_\(role)_NAME"] = "connref doctor"
      environment["GIT_\(role)_EMAIL"] = "connref@localhost"
    }
    environment["GIT_EDITOR"] = "true"
    let outcome = try ChildProcess(
      executable: "/bin/sh", arguments: ["-c", Self.script],
      folder: scratch.path(percentEncoded: false), environment: environment, limit: 60
    ).run()
    said = outcome.output
    reached = Set(
      String(decoding: try Data(contentsOf: log), as: UTF8.self).split(separator: "\n")
        .compactMap { HookName(rawValue: String($0)) })
  }

  /// A step that fails does not keep the next from being tried.
  private static let script = """
    git init -q -b main clone 2>&1
    git init -q --bare -b main server.git
    cp -p hooks/* server.git/hooks/ 2>/dev/null
    cp -p hooks/* clone/.git/hooks/ 2>/dev/null
    cd clone || exit
    git remote add origin ../server.git
    commit() { echo "$1" >"$1"; git add "$1"; git commit -q -m "$1"; }
    commit base
    git checkout -q -b side
    commit side
    git format-patch -q -1 --output=../patch
    git checkout -q main
    commit main
    git merge -q --no-edit side
    git checkout -q -b topic main~1
    commit topic
    git rebase -q main
    git checkout -q -b patched main~1
    git am -q ../patch
    git push -q origin main
    """
}
