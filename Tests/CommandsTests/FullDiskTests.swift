import Foundation
import TestSupport
import Testing

/// What is written when there is no room: said with its reason, and nothing is left half written.
@Suite struct FullDiskTests {
  private let noSpace = "no space left on device"

  /// A link to the device that is always full: a tool that put a file in its place would only hit the
  /// link.
  private func fixtureWithFullDevice() throws -> TestRepository {
    let fixture = try TestRepository.withRecreation()
    try FileManager.default.createSymbolicLink(
      atPath: "\(fixture.path)/full", withDestinationPath: "/dev/full")
    return fixture
  }

  @Test(.enabled(if: hasFullDevice))
  func `a report that standard output cannot take is no pass`() throws {
    let fixture = try fixtureWithFullDevice()
    let outcome = try Command(
      "/bin/sh", "-c", "\"$0\" list --quiet >full", "\(Tool.folder)/connref", in: fixture.path
    ).run()
    #expect(outcome.status == 2)
    #expect(outcome.stderr == "error: could not write to standard output: \(noSpace)\n")
  }

  @Test(.enabled(if: hasFullDevice))
  func `findings that standard output cannot take still stop`() throws {
    let fixture = try fixtureWithFullDevice()
    let outcome = try Command(
      "/bin/sh", "-c", "\"$0\" check >full", "\(Tool.folder)/connref", in: fixture.path
    ).run()
    #expect(outcome.status == 1)
    #expect(outcome.stderr.contains("could not write to standard output: \(noSpace)"))
  }

  @Test(.enabled(if: hasFullDevice))
  func `findings are reported where standard error cannot take its part`() throws {
    let fixture = try fixtureWithFullDevice()
    let outcome = try Command(
      "/bin/sh", "-c", "\"$0\" check 2>full", "\(Tool.folder)/connref", in: fixture.path
    ).run()
    #expect(outcome.status == 1)
    #expect(outcome.stdout.hasPrefix("error[reference-recreated] "))
  }

  @Test func `a reader that went away ends the run, and not by a crash`() throws {
    let fixture = try TestRepository.withRecreation()
    // As under a service manager, which ignores the signal. The reader has ended before it begins.
    let outcome = try Command(
      "/bin/bash", "-c",
      "trap '' PIPE; exec 3> >(exec true); wait $!; \"$0\" list --quiet >&3",
      "\(Tool.folder)/connref", in: fixture.path
    ).run()
    #expect(outcome.status == 2)
    #expect(outcome.stderr == "error: could not write to standard output: broken pipe\n")
  }

  @Test(.enabled(if: hasFullDevice))
  func `a device takes what it can, and is no file afterwards`() throws {
    let fixture = try fixtureWithFullDevice()
    let outcome = try fixture.connref("list", "--output", "/dev/full")
    #expect(outcome.status == 2)
    #expect(outcome.stderr == "error: could not write '/dev/full': \(noSpace)\n")
    #expect(try fixture.connref("list", "--output", "full").status == 2)
    let link = try FileManager.default.destinationOfSymbolicLink(atPath: "\(fixture.path)/full")
    #expect(link == "/dev/full")
  }

  @Test func `what a link leads to is not written, and the link stays`() throws {
    let fixture = try TestRepository { Commit("base", Sales.base.files()) }
    try fixture.write(TestFile("mine\n"), to: "report.txt")
    try FileManager.default.createSymbolicLink(
      atPath: "\(fixture.path)/link", withDestinationPath: "report.txt")
    let outcome = try fixture.connref("list", "--output", "link")
    #expect(outcome.status == 2)
    #expect(
      outcome.stderr == "error: could not write 'link': is a symbolic link, which is not followed\n"
    )
    #expect(try String(contentsOfFile: "\(fixture.path)/report.txt", encoding: .utf8) == "mine\n")
    #expect(
      try FileManager.default.destinationOfSymbolicLink(atPath: "\(fixture.path)/link")
        == "report.txt")
  }

  @Test func `the mode of a file stays, and remains of a killed run are removed`() throws {
    let fixture = try TestRepository { Commit("base", Sales.base.files()) }
    let script = """
      echo old >report.txt && chmod 640 report.txt && : >.report.txt.connref-999999999 \
      && : >.other.txt.connref-999999999
      """
    try fixture.command("sh", arguments: ["-c", script]).succeed()
    #expect(try fixture.connref("list", "--output", "report.txt").status == 0)
    let mode = try fixture.command("stat", arguments: ["-c", "%a", "report.txt"]).succeed().lines
    #expect(mode == ["640"])
    let files = try FileManager.default.contentsOfDirectory(atPath: fixture.path).sorted()
    #expect(files == [".git", ".other.txt.connref-999999999", "report.txt", "solutions"])
  }

  @Test func `a pipe that has a name takes the report`() throws {
    let fixture = try TestRepository.withRecreation()
    let outcome = try Command(
      "/bin/sh", "-c",
      "mkfifo pipe && { cat pipe & } && \"$0\" list --output pipe; status=$?; wait; test -p pipe && exit $status",
      "\(Tool.folder)/connref", in: fixture.path
    ).run()
    #expect(outcome.status == 0)
    #expect(outcome.stdout == (try fixture.connref("list").stdout))
  }

  @Test(.enabled(if: mayMount))
  func `a report stays as it was where there is no room for the new one`() throws {
    let outcome = try onFullDisk(
      before: "echo old >report.txt",
      """
      connref list --output report.txt; echo "status $?"
      connref list --output other.txt; echo "status $?"
      cat report.txt; ls -A
      """)
    #expect(
      outcome.stderr == """
        error: could not write 'report.txt': \(noSpace)
        error: could not write 'other.txt': \(noSpace)

        """)
    #expect(
      outcome.lines == [
        "status 2", "status 2", "old", ".git", "ballast", "report.txt", "solutions",
      ])
  }

  @Test(.enabled(if: mayMount))
  func `a watcher says that it cannot remember, and remembers when there is room`() throws {
    let outcome = try onFullDisk(
      """
      connref watch --once --state watch.json --html page.html . >/dev/null; echo "status $?"
      ls -A | tr '\\n' ' '; echo
      rm ballast
      connref watch --once --state watch.json --html page.html . >/dev/null; echo "status $?"
      ls -A | tr '\\n' ' '; echo
      """)
    let messages = outcome.stderr.split(separator: "\n")
    #expect(messages.count == 2)
    #expect(messages.first?.hasSuffix("/watch.json': \(noSpace)") == true)
    #expect(messages.last == "error: could not write 'page.html': \(noSpace)")
    #expect(
      outcome.lines == [
        "status 2", ".git ballast solutions ", "status 0",
        ".git page.html solutions watch.json ",
      ])
  }

  @Test(.enabled(if: mayMount))
  func `a flag that cannot be written leaves the repository whole, and is written later`() throws {
    let outcome = try onFullDisk(
      before:
        "git checkout -q -b topic; rm -r solutions; cp -r ../after/solutions .; git add -A; git commit -qm broken",
      """
      find .git -type f | sort >../../before
      connref hook post-commit >/dev/null 2>../../said; grep '^warning' ../../said
      find .git -type f | sort | cmp - ../../before && echo 'nothing left'
      rm ballast
      git fsck 2>&1
      connref hook post-commit >/dev/null 2>&1
      git notes --ref=connref list | wc -l
      """)
    #expect(
      outcome.lines.map { $0.trimmingCharacters(in: .whitespaces) } == [
        "warning: could not write notes into 'refs/notes/connref': "
          + "failed to write out file: No space left on device",
        "nothing left", "1",
      ])
  }

  @Test(.enabled(if: mayMount))
  func `hooks that cannot be installed leave those that were there`() throws {
    let outcome = try onFullDisk(
      before:
        "mkdir -p .git/hooks; echo 'exit 0' >.git/hooks/pre-commit; chmod +x .git/hooks/pre-commit",
      """
      find .git | sort >../../before
      connref install --hook pre-commit --hook pre-push; echo "status $?"
      find .git | sort | cmp - ../../before && echo 'nothing left'
      cat .git/hooks/pre-commit
      """)
    #expect(outcome.lines == ["status 2", "nothing left", "exit 0"])
    let messages = outcome.stderr.split(separator: "\n")
    #expect(messages.count == 2)
    #expect(messages.allSatisfy { $0.hasSuffix("': \(noSpace)") })
  }

  @Test(.enabled(if: mayMount))
  func `an approval that cannot be written is said, and the approvals stay as they were`() throws {
    let outcome = try onFullDisk(
      before:
        "rm -r solutions; cp -r ../after/solutions .; git add -A; echo '# ours' >.connref-accepted.yml",
      """
      connref accept 1470f93ee416 --reason agreed; echo "status $?"
      cat .connref-accepted.yml; ls -A | tr '\\n' ' '; echo
      """)
    #expect(
      outcome.lines == ["status 2", "# ours", ".connref-accepted.yml .git ballast solutions "])
    #expect(outcome.stderr.contains("'.connref-accepted.yml': \(noSpace)\n"))
  }

  private static let hasFullDevice = FileManager.default.fileExists(atPath: "/dev/full")

  /// A file system of one's own needs Linux, and root or a user namespace.
  private static let mayMount: Bool = {
    let command = Command("unshare", "--mount", "mount", "-t", "tmpfs", "tmpfs", "/mnt")
    return (try? command.run().status) == 0
  }()

  /// Runs `script` in a repository on a file system of 2 MB, which no other process sees, and which a
  /// file called `ballast` fills after `preparation`.
  private func onFullDisk(before preparation: String = "", _ script: String) throws -> RunOutcome {
    let base = try TestRepository { Commit("base", Sales.base.files()) }
    let after = try TestRepository { Commit("base", Sales.recreated.files()) }
    try after.command("git", arguments: ["checkout", "-q", "--", "."]).succeed()
    let whole = """
      mkdir disk && mount -t tmpfs -o size=2m tmpfs disk && cp -r "$1" after && \
      git clone -q "$PWD" disk/r && cd disk/r || exit 99
      ln -s "$PWD/../../after" ../after
      \(preparation)
      cat /dev/zero >ballast 2>/dev/null
      \(script)
      """
    return try Command(
      "unshare", "--mount", "/bin/sh", "-c", whole, "sh", after.path, in: base.path
    ).setting(["PATH": Tool.path, "LC_ALL": "C.UTF-8"]).run()
  }
}
