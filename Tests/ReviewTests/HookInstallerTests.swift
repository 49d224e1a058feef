import Foundation
import Review
import Testing

struct HookInstallerTests {
  @Test func `what a killed run left is removed by the next one`() throws {
    let folder = try HooksFolder()
    _ = folder.installer.install([.preCommit])
    for name in ["pre-commit", "pre-push"] {
      try folder.write(".\(name).connref-2147483600", "half")
    }
    _ = folder.installer.install([.preCommit, .prePush])
    #expect(try folder.names() == ["pre-commit", "pre-push"])
  }

  @Test func `a hook for Windows replaces the usual one, and is removed like it`() throws {
    let folder = try HooksFolder()
    _ = folder.installer.install([.preCommit])
    let windows = HookInstaller(folder: folder.url, caller: .gitForWindows)
    #expect(windows.install([.preCommit])[0].1 == .updated)
    #expect(
      try folder.text("pre-commit") == HookScripts.text(for: .preCommit, caller: .gitForWindows))
    #expect(windows.install([.preCommit])[0].1 == .alreadyInstalled)
    #expect(folder.installer.state(of: .preCommit) == .installed)
    #expect(folder.installer.uninstall([.preCommit])[0].1 == .removed)
  }

  @Test func `installs every hook, executable, and nothing else`() throws {
    let folder = try HooksFolder()
    #expect(Set(install(folder)) == ["installed"])
    #expect(try folder.names() == HookName.ofClones.map(\.rawValue).sorted())
    #expect(try folder.text("pre-push") == HookScripts.text(for: .prePush))
    #expect(try folder.mode("pre-push") == 0o755)
  }

  @Test func `makes a hooks folder that is missing`() throws {
    let folder = try HooksFolder()
    let missing = folder.beside("missing/hooks")
    let outcome = HookInstaller(folder: missing).install([.preCommit])[0].1
    #expect(outcome == .installed)
    let text = try String(contentsOf: missing.appending(path: "pre-commit"), encoding: .utf8)
    #expect(text == HookScripts.text(for: .preCommit))
  }

  @Test func `a second install changes nothing`() throws {
    let folder = try HooksFolder()
    try folder.write("pre-push", "echo mine\n")
    _ = install(folder)
    let names = try folder.names()
    #expect(folder.installer.install().allSatisfy { $0.1 == .alreadyInstalled })
    #expect(try folder.names() == names)
  }

  @Test func `brings an earlier text of its own up to date`() throws {
    let folder = try HooksFolder()
    try folder.write("pre-commit", earlierText, mode: 0o644)
    #expect(folder.installer.install([.preCommit])[0].1 == .updated)
    #expect(try folder.text("pre-commit") == HookScripts.text(for: .preCommit))
    #expect(try folder.mode("pre-commit") == 0o755)
    #expect(try folder.names() == ["pre-commit"])
  }

  @Test func `makes its own script executable again`() throws {
    let folder = try HooksFolder()
    try folder.write("pre-commit", HookScripts.text(for: .preCommit), mode: 0o644)
    #expect(folder.installer.install([.preCommit])[0].1 == .updated)
    #expect(try folder.mode("pre-commit") == 0o755)
  }

  @Test func `keeps a hook that was there, with its mode`() throws {
    let folder = try HooksFolder()
    try folder.write("pre-commit", "#!/bin/sh\nmake lint\n", mode: 0o700)
    let outcome = folder.installer.install([.preCommit])[0].1
    #expect(outcome == .keptExisting(as: "pre-commit.before-connref"))
    #expect(try folder.text("pre-commit.before-connref") == "#!/bin/sh\nmake lint\n")
    #expect(try folder.mode("pre-commit.before-connref") == 0o700)
    #expect(try folder.text("pre-commit") == HookScripts.text(for: .preCommit))
    #expect(try folder.names() == ["pre-commit", "pre-commit.before-connref"])
  }

  @Test func `keeps a hook that is no text`() throws {
    let folder = try HooksFolder()
    let bytes = Data([0x7f, 0x45, 0x4c, 0x46, 0xff, 0x00])
    try bytes.write(to: folder.url.appending(path: "pre-push"))
    _ = folder.installer.install([.prePush])
    #expect(try Data(contentsOf: folder.url.appending(path: "pre-push.before-connref")) == bytes)
  }

  @Test func `an earlier hook never overwrites a kept one`() throws {
    let folder = try HooksFolder()
    try folder.write("pre-commit", "one\n")
    try folder.write("pre-commit.before-connref", "other\n")
    let outcome = folder.installer.install([.preCommit])[0].1
    #expect(outcome == .refused(.keptNameTaken(path: folder.path("pre-commit.before-connref"))))
    #expect(try folder.text("pre-commit") == "one\n")
    #expect(try folder.text("pre-commit.before-connref") == "other\n")
  }

  @Test func `a kept hook with the same content is no obstacle`() throws {
    let folder = try HooksFolder()
    try folder.write("pre-commit", "one\n")
    try folder.write("pre-commit.before-connref", "one\n")
    let outcome = folder.installer.install([.preCommit])[0].1
    #expect(outcome == .keptExisting(as: "pre-commit.before-connref"))
    #expect(try folder.text("pre-commit.before-connref") == "one\n")
  }

  @Test func `refuses a folder in the way and still installs the other hooks`() throws {
    let folder = try HooksFolder()
    try FileManager.default.createDirectory(
      atPath: folder.path("pre-commit"), withIntermediateDirectories: false)
    #expect(install(folder).prefix(2) == ["refused", "installed"])
  }

  @Test func `does not follow a symbolic link`() throws {
    let folder = try HooksFolder()
    let target = folder.beside("script")
    try HooksFolder.write(target, earlierText)
    try FileManager.default.createSymbolicLink(
      at: folder.url.appending(path: "pre-commit"), withDestinationURL: target)
    let outcome = folder.installer.install([.preCommit])[0].1
    #expect(outcome == .refused(.symbolicLink(path: folder.path("pre-commit"))))
    #expect(folder.installer.uninstall([.preCommit])[0].1 == .notInstalled)
    #expect(try String(contentsOf: target, encoding: .utf8) == earlierText)
  }

  @Test func `does not follow a dangling symbolic link`() throws {
    let folder = try HooksFolder()
    let target = folder.beside("nothing")
    try FileManager.default.createSymbolicLink(
      at: folder.url.appending(path: "pre-commit"), withDestinationURL: target)
    #expect(
      folder.installer.install([.preCommit])[0].1
        == .refused(.symbolicLink(path: folder.path("pre-commit"))))
    #expect(!FileManager.default.fileExists(atPath: target.path(percentEncoded: false)))
  }

  @Test(arguments: [
    "#!/usr/bin/env bash\n# File generated by pre-commit: https://pre-commit.com\n",
    "#!/bin/sh\n# File generated by prek: https://github.com/j178/prek\n",
  ])
  func `leaves the hook of a manager that calls connref, and keeps it otherwise`(
    script: String
  ) throws {
    let folder = try HooksFolder()
    try folder.write("pre-commit", script)
    try folder.write("pre-push", script)
    try HooksFolder.write(
      folder.beside(".pre-commit-config.yaml"), "    hooks: [{id: connref-system}]\n")
    let installer = HookInstaller(folder: folder.url, worktree: folder.beside(""))
    let manager = try #require(HookManager(script: script))
    #expect(installer.state(of: .preCommit) == .managed(by: manager))
    #expect(installer.state(of: .prePush) == .foreign)
    let outcomes = installer.install([.preCommit, .prePush]).map(\.1)
    #expect(
      outcomes == [.managed(by: manager), .keptExisting(as: "pre-push.before-connref")])
    #expect(try folder.text("pre-commit") == script)
  }

  @Test func `leaves the hook of lefthook, which would overwrite any other`() throws {
    let folder = try HooksFolder()
    let script = "#!/bin/sh\n\ncall_lefthook()\n{\n}\ncall_lefthook run \"pre-push\" \"$@\"\n"
    try folder.write("pre-push", script)
    let installer = HookInstaller(folder: folder.url, worktree: folder.beside(""))
    let refusal = HookRefusal.managed(
      path: folder.path("pre-push"), hook: .prePush, by: .lefthook)
    #expect(installer.install([.prePush])[0].1 == .refused(refusal))
    #expect(refusal.hint == "add a job to lefthook.yml: connref hook pre-push")
    #expect(try folder.names() == ["pre-push"])
    try HooksFolder.write(folder.beside("lefthook.yml"), "run: connref hook pre-push {1} {2}\n")
    #expect(installer.install([.prePush])[0].1 == .managed(by: .lefthook))
  }

  @Test func `a script that was checked out with Windows line ends is replaced`() throws {
    let folder = try HooksFolder()
    for text in [HookScripts.text(for: .preCommit), earlierText] {
      try folder.write("pre-commit", text.replacing("\n", with: "\r\n"))
      #expect(folder.installer.state(of: .preCommit) == .windowsLineEnds)
      #expect(folder.installer.install([.preCommit])[0].1 == .updated)
      #expect(try folder.text("pre-commit") == HookScripts.text(for: .preCommit))
    }
    try folder.write("pre-commit", earlierText.replacing("\n", with: "\r\n"))
    #expect(folder.installer.uninstall([.preCommit])[0].1 == .removed)
  }

  @Test func `leaves its own script alone once it was edited`() throws {
    let folder = try HooksFolder()
    let edited = HookScripts.text(for: .preCommit) + "echo more\n"
    try folder.write("pre-commit", edited)
    let refusal = HookRefusal.edited(path: folder.path("pre-commit"))
    #expect(folder.installer.install([.preCommit])[0].1 == .refused(refusal))
    #expect(folder.installer.uninstall([.preCommit])[0].1 == .refused(refusal))
    #expect(try folder.text("pre-commit") == edited)
  }

  @Test func `leaves the script of a later connref alone`() throws {
    let folder = try HooksFolder()
    try folder.write("pre-commit", "#!/bin/sh\n# connref-hook pre-commit 999\n")
    #expect(
      folder.installer.install([.preCommit])[0].1
        == .refused(.newer(path: folder.path("pre-commit"), version: 999)))
  }

  @Test func `says why the file system refused`() throws {
    let folder = try HooksFolder()
    try folder.write("file", "")
    let outcome = HookInstaller(folder: folder.url.appending(path: "file")).install([.prePush])[0].1
    #expect(
      outcome.message(for: .prePush)
        == "could not install pre-push: '\(folder.path("file/pre-push"))': not a directory")
  }

  @Test func `uninstall removes its own scripts only`() throws {
    let folder = try HooksFolder()
    _ = install(folder)
    try folder.write("commit-msg", "theirs\n")
    try folder.write("pre-push", "theirs\n")
    let removals = folder.installer.uninstall(HookName.ofClones)
    #expect(removals.allSatisfy { $0.1 == ($0.0 == .prePush ? .notInstalled : .removed) })
    #expect(try folder.names() == ["commit-msg", "pre-push"])
  }

  @Test func `uninstall puts an earlier hook back`() throws {
    let folder = try HooksFolder()
    try folder.write("pre-commit", "mine\n", mode: 0o700)
    _ = folder.installer.install([.preCommit])
    #expect(folder.installer.uninstall([.preCommit])[0].1 == .restored)
    #expect(try folder.names() == ["pre-commit"])
    #expect(try folder.text("pre-commit") == "mine\n")
    #expect(try folder.mode("pre-commit") == 0o700)
  }

  @Test func `uninstall puts an earlier hook back when the script was deleted by hand`() throws {
    let folder = try HooksFolder()
    try folder.write("pre-commit.before-connref", "mine\n")
    #expect(folder.installer.uninstall([.preCommit])[0].1 == .restored)
    #expect(try folder.text("pre-commit") == "mine\n")
  }

  @Test func `uninstall removes an earlier text of its own`() throws {
    let folder = try HooksFolder()
    try folder.write("pre-commit", earlierText)
    #expect(folder.installer.uninstall([.preCommit])[0].1 == .removed)
    #expect(try folder.names() == [])
  }

  private let earlierText = "#!/bin/sh\n# connref-hook pre-commit 0\nexec connref hook\n"

  private func install(_ folder: HooksFolder) -> [String] {
    folder.installer.install().map { _, outcome in
      if case .refused = outcome { "refused" } else { "\(outcome)" }
    }
  }

  @Test(arguments: HookName.allCases)
  func `a script knows the folder of the program that installed it`(_ hook: HookName) throws {
    let folder = try HooksFolder()
    let url = folder.url
    let first = HookInstaller(folder: url, program: "/opt/it's here")
    #expect(first.install([hook]).map(\.1) == [.installed])
    #expect(first.install([hook]).map(\.1) == [.alreadyInstalled])
    let text = try String(contentsOf: url.appending(path: hook.rawValue), encoding: .utf8)
    #expect(text.contains("\nPATH=${PATH:+$PATH:}'/opt/it'\\''s here':$HOME/.local/bin\n"))
    let second = HookInstaller(folder: url, program: "/usr/bin")
    #expect(second.state(of: hook) == .installed)
    #expect(second.install([hook]).map(\.1) == [.updated])
    #expect(HookInstaller(folder: url).install([hook]).map(\.1) == [.updated])
    #expect(first.uninstall([hook]).map(\.1) == [.removed])
  }

  @Test(arguments: ["relative/folder", "/with:colon", "/with\nline"])
  func `a folder that cannot be part of a PATH is left out`(folder: String) {
    #expect(
      HookScripts.text(for: .preCommit, lookingIn: folder) == HookScripts.text(for: .preCommit))
  }
}
