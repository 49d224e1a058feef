import Platform
import Testing

@Suite struct ChildProcessTests {
  private func shell(
    _ script: String, folder: String? = nil, environment: [String: String] = [:],
    input: String = "", limit: Double = 60
  ) throws -> ChildProcess.Outcome {
    try ChildProcess(
      executable: "/bin/sh", arguments: ["-c", script], folder: folder, environment: environment,
      input: Array(input.utf8), limit: limit
    ).run()
  }

  @Test func `both streams are one text, in the order written`() throws {
    #expect(try shell("echo a; echo b >&2; echo c").output == "a\nb\nc\n")
  }

  @Test func `the status is that of the program`() throws {
    #expect(try shell("exit 7").status == 7)
  }

  @Test func `a signal that ended it is 128 and more`() throws {
    #expect(try shell("kill -TERM $$").status == 128 + 15)
  }

  @Test func `it has the variables given, and no others`() throws {
    let outcome = try shell("echo $A-$HOME", environment: ["A": "b c=d"])
    #expect(outcome.output == "b c=d-\n")
  }

  @Test func `it reads the input given`() throws {
    #expect(try shell("cat", environment: ["PATH": "/usr/bin:/bin"], input: "ä\n").output == "ä\n")
  }

  @Test func `it runs in the folder given`() throws {
    #expect(try shell("pwd -P", folder: "/").output == "/\n")
  }

  @Test func `a name is looked for on the path that it is given`() throws {
    let outcome = try ChildProcess(
      executable: "sh", arguments: ["-c", "echo found"], environment: ["PATH": "/nowhere:/bin"],
      limit: 60
    ).run()
    #expect(outcome.output == "found\n")
  }

  @Test func `a program that is missing is called so`() throws {
    let process = ChildProcess(
      executable: "no-such-program", arguments: [], environment: ["PATH": "/bin"], limit: 60)
    let failure = #expect(throws: ChildProcess.StartFailure.self) { try process.run() }
    #expect(failure?.isMissing == true)
    #expect(failure?.description == "there is no program 'no-such-program'")
  }

  @Test func `one that is overdue is killed, with what it has started`() throws {
    let start = ContinuousClock.now
    let outcome = try shell(
      "sleep 600 & sleep 600; echo never", environment: ["PATH": "/usr/bin:/bin"], limit: 0.2)
    #expect(outcome.isOverdue)
    #expect(outcome.output.isEmpty)
    #expect(ContinuousClock.now - start < .seconds(300))
  }

  @Test func `what it leaves running holds nothing up`() throws {
    let start = ContinuousClock.now
    let outcome = try shell(
      "sleep 300 & echo $!", environment: ["PATH": "/usr/bin:/bin"])
    #expect(!outcome.isOverdue)
    #expect(ContinuousClock.now - start < .seconds(290))
    if let id = Int32(outcome.output.dropLast()) { kill(id, SIGKILL) }
  }
}
