import Git
import TestSupport
import Testing

@Suite struct ConfigurationTests {
  @Test func `nearer files win, and the environment wins over all`() throws {
    let fixture = try TestRepository()
    let home = fixture.beside("home")
    func write(_ value: String, to path: String) throws {
      try TestFile("[init]\n\tdefaultBranch = \(value)\n").write(to: path)
    }
    func value(_ variables: [String: String] = [:]) throws -> String? {
      var environment = Command.closedWorld.merging(["HOME": home]) { $1 }
      environment["GIT_CONFIG_GLOBAL"] = nil
      environment["GIT_CONFIG_NOSYSTEM"] = nil
      environment["GIT_CONFIG_SYSTEM"] = fixture.beside("system")
      environment.merge(variables) { $1 }
      var git = fixture.command("git", arguments: ["config", "--get", "init.defaultBranch"])
      git.environment = environment
      let byGit = try git.run().lines.first
      let ours = try Repository(folder: fixture.path, environment: environment)
        .configuration("init.defaultbranch")
      #expect(ours == byGit)
      return ours
    }
    #expect(try value() == nil)
    try write("system", to: fixture.beside("system"))
    #expect(try value() == "system")
    #expect(try value(["GIT_CONFIG_NOSYSTEM": "1"]) == nil)
    try write("xdg", to: home + "/.config/git/config")
    #expect(try value() == "xdg")
    try write("home", to: home + "/.gitconfig")
    #expect(try value() == "home")
    try write("named", to: fixture.beside("named"))
    #expect(try value(["GIT_CONFIG_GLOBAL": fixture.beside("named")]) == "named")
    try fixture.git("config", "init.defaultBranch", "local")
    #expect(try value() == "local")
    let counted = [
      "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "init.defaultBranch",
      "GIT_CONFIG_VALUE_0": "counted",
    ]
    #expect(try value(counted) == "counted")
    let both = counted.merging(["GIT_CONFIG_PARAMETERS": "'init.defaultbranch'='given'"]) { $1 }
    #expect(try value(both) == "given")
    #expect(try value(["GIT_CONFIG_PARAMETERS": "'init.defaultbranch'='a'\\''b'"]) == "a'b")
    #expect(try value(["GIT_CONFIG_PARAMETERS": "'init.defaultbranch=a=b'"]) == "a=b")
  }

  @Test(arguments: [nil, "mine", "/absolute/hooks", "~/hooks"])
  func `the folder of the hooks is git's`(setting: String?) throws {
    let fixture = try TestRepository()
    if let setting { try fixture.git("config", "core.hooksPath", setting) }
    let byGit = try fixture.git("rev-parse", "--path-format=absolute", "--git-path", "hooks")
    #expect(try fixture.open().hooksDirectory == byGit)
  }
}
