import Foundation
import Review
import Testing

/// The scripts as `/bin/sh` runs them, with a stand-in for connref that says what it was given.
struct HookScriptsTests {
  @Test(arguments: HookName.allCases)
  func `the file under hooks is what connref install writes`(_ hook: HookName) throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let file = root.appending(path: "hooks").appending(path: hook.rawValue)
    #expect(try Data(contentsOf: file) == Data(HookScripts.text(for: hook).utf8))
    #expect(FileManager.default.isExecutableFile(atPath: file.path(percentEncoded: false)))
  }

  @Test(arguments: HookName.allCases)
  func `a hook hands its name, its arguments and its status on`(_ hook: HookName) throws {
    let run = try HookRun(hook, arguments: ["origin", "a b"], toolStatus: 7)
    #expect(run.log == "connref [hook] [\(hook.rawValue)] [origin] [a b]\n")
    #expect(run.status == 7)
  }

  @Test(arguments: HookName.allCases)
  func `an earlier hook runs first, with the same arguments`(_ hook: HookName) throws {
    let run = try HookRun(hook, arguments: ["origin", "a b"], earlierStatus: 0)
    #expect(
      run.log == """
        earlier [origin] [a b]
        connref [hook] [\(hook.rawValue)] [origin] [a b]

        """)
    #expect(run.status == 0)
  }

  @Test(arguments: HookName.allCases)
  func `an earlier hook that fails ends it with its own status`(_ hook: HookName) throws {
    let run = try HookRun(hook, input: "x\n", earlierStatus: 3)
    #expect(run.log == "earlier\n")
    #expect(run.status == 3)
  }

  @Test(arguments: ["", "\n", "a b c d\n", "one\ntwo\n\n\n", "no newline", "-n \\n %s $HOME\n"])
  func `both hooks of a push get the same standard input`(_ input: String) throws {
    let run = try HookRun(.prePush, input: input, earlierStatus: 0)
    #expect(run.inputOfEarlier == input)
    #expect(run.inputOfTool == input)
  }

  @Test func `a push of many branches reaches both hooks whole`() throws {
    let input = String(repeating: "refs/heads/main 1 refs/heads/main 2\n", count: 20_000)
    let run = try HookRun(.prePush, input: input, earlierStatus: 0)
    #expect(run.inputOfEarlier == input)
    #expect(run.inputOfTool == input)
  }

  @Test func `an earlier hook that reads nothing takes nothing away`() throws {
    let run = try HookRun(.prePush, input: "line\n", earlierStatus: 0, earlierReads: false)
    #expect(run.inputOfTool == "line\n")
  }

  @Test func `the standard input of a push leaves no file behind`() throws {
    #expect(try HookRun(.prePush, input: "line\n", earlierStatus: 0).temporaryFiles == [])
  }

  @Test func `an earlier hook that git would skip is skipped`() throws {
    let run = try HookRun(.preCommit, earlierStatus: 3, earlierMode: 0o644)
    #expect(run.log == "connref [hook] [pre-commit]\n")
  }

  @Test func `the user's own programs are searched last`() throws {
    let run = try HookRun(.preCommit, tool: .inHome)
    #expect(run.log == "connref [hook] [pre-commit]\n")
  }

  @Test(arguments: [(nil, 0), ("pass", 0), ("block", 1), ("blok", 1)] as [(String?, Int32)])
  func `without connref a setting says whether git goes on`(
    _ setting: String?, _ status: Int32
  ) throws {
    let run = try HookRun(.preCommit, tool: .missing, whenMissing: setting)
    #expect(
      run.errors == """
        warning: could not find connref: connection references were not checked
        hint: get it with './install.sh' in a clone of connref

        """)
    #expect(run.status == status)
  }

  @Test func `without connref the earlier hook still runs`() throws {
    let run = try HookRun(.prePush, input: "line\n", earlierStatus: 0, tool: .missing)
    #expect(run.inputOfEarlier == "line\n")
    #expect(run.log == "earlier\n")
  }

  @Test(arguments: HookName.allCases)
  func `a hook for Windows calls the connref of WSL`(_ hook: HookName) throws {
    let run = try HookRun(
      hook, arguments: ["origin", "a b"], tool: .inWSL, toolStatus: 7, caller: .gitForWindows)
    #expect(
      run.log == """
        wsl --exec\u{20}
        connref [hook] [\(hook.rawValue)] [origin] [a b]

        """)
    #expect(run.status == 7)
  }

  @Test func `WSL is given what git says, and translates the paths of Windows`() throws {
    let run = try HookRun(
      .preMergeCommit, tool: .inWSL, caller: .gitForWindows,
      environment: [
        "GIT_DIR": "C:/work/sales/.git", "GIT_INDEX_FILE": ".git/index",
        "GITHEAD_1f2e3d": "feature", "WSLENV": "MINE",
      ])
    #expect(
      run.log.hasPrefix(
        "wsl --exec MINE:GIT_DIR/up:GIT_INDEX_FILE/u:GITHEAD_1f2e3d/u\nconnref [hook]"))
  }

  @Test func `a hook for Windows prefers a connref that it finds itself`() throws {
    let run = try HookRun(.preCommit, caller: .gitForWindows)
    #expect(run.log == "connref [hook] [pre-commit]\n")
  }

  @Test func `a push of many branches reaches the connref of WSL whole`() throws {
    let input = String(repeating: "refs/heads/main 1 refs/heads/main 2\n", count: 20_000)
    let run = try HookRun(
      .prePush, input: input, earlierStatus: 0, tool: .inWSL, caller: .gitForWindows)
    #expect(run.inputOfTool == input)
  }

  @Test func `without WSL a hook for Windows warns as any other`() throws {
    let run = try HookRun(.preCommit, tool: .missing, caller: .gitForWindows)
    #expect(run.errors.hasPrefix("warning: could not find connref"))
    #expect(run.status == 0)
  }

  @Test func `a script of ours kept by mistake does not call itself for ever`() throws {
    let folder = try HooksFolder()
    try folder.write("pre-commit", "#!/bin/sh\n# mine\n" + HookScripts.text(for: .preCommit))
    // once from the kept copy, once from the hook itself
    let run = try HookRun(.preCommit, in: folder)
    #expect(run.log == "connref [hook] [pre-commit]\nconnref [hook] [pre-commit]\n")
  }
}
