/// The second line of a script that connref wrote, by which the installer knows its own text.
struct HookMarker: Equatable {
  let hook: HookName
  let version: Int

  init(hook: HookName, version: Int) {
    self.hook = hook
    self.version = version
  }

  /// Nil for a text that connref did not write.
  init?(text: String) {
    let lines = text.split(separator: "\n", maxSplits: 2, omittingEmptySubsequences: false)
    guard lines.count > 1, lines[0] == "#!/bin/sh" else { return nil }
    let words = lines[1].split(separator: " ", omittingEmptySubsequences: false)
    guard words.count == 4, words[0] == "#", words[1] == "connref-hook",
      let hook = HookName(rawValue: String(words[2])), let version = Int(words[3]), version >= 0
    else { return nil }
    self.init(hook: hook, version: version)
  }

  var line: String { "# connref-hook \(hook.rawValue) \(version)" }
}
