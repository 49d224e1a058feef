import Solution

/// The word in the path of a settings file by which environments are called: `config/prod.json`,
/// `Sales-UAT.json`, `settings/test/deploymentSettings.json`.
struct EnvironmentWord: Hashable, Sendable {
  /// One word for all spellings of it: `production` and `prod` are `prod`.
  let word: String

  /// The file's own name counts before its folders, the nearest first; nil where none has such a word,
  /// or a name has several.
  init?(path: String) {
    let parts = path.split(separator: "/").map(String.init)
    for part in parts.reversed() {
      let words = Set(Self.words(in: part).compactMap { Self.known[$0] })
      guard let word = words.first else { continue }
      guard words.count == 1 else { return nil }
      self.word = word
      return
    }
    return nil
  }

  /// True where the file's own name calls it a model for those of environments: `template.json`,
  /// `settings.sample.json`, `base.deploymentsettings.json`.
  static func namesTemplate(_ path: String) -> Bool {
    let words = words(in: path.split(separator: "/").last.map(String.init) ?? "")
    return words.contains(where: templates.contains) && !words.contains { known[$0] != nil }
  }

  private static let templates: Set<String> = [
    "template", "sample", "example", "base", "blank", "skeleton",
  ]

  /// Split at signs and where capitals begin a word.
  private static func words(in name: String) -> [String] {
    var words: [String] = []
    var word = ""
    var previous: Character?
    for character in name {
      let begins = character.isUppercase && previous?.isLowercase == true
      if !(character.isLetter || character.isNumber) || begins {
        words.append(word)
        word = ""
      }
      if character.isLetter || character.isNumber { word.append(character) }
      previous = character
    }
    return (words + [word]).map { $0.lowercased() }
  }

  private static let known: [String: String] = [
    "dev": "dev", "development": "dev", "test": "test", "tst": "test", "qa": "qa", "uat": "uat",
    "sit": "sit", "stage": "stage", "staging": "stage", "stg": "stage", "preprod": "preprod",
    "prod": "prod", "prd": "prod", "production": "prod", "sandbox": "sandbox", "sbx": "sandbox",
    "train": "train", "training": "train", "validation": "validation", "acc": "acceptance",
    "acceptance": "acceptance", "demo": "demo",
  ]
}
