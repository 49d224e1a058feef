import Detection

extension Finding {
  /// A sentence of the rule, with overlong display names in it shortened.
  func prose(_ sentence: String) -> PrintableText {
    var sentence = sentence
    let names =
      (before + after).compactMap(\.displayName) + consumers.map(\.name) + [solution]
    for name in names {
      let short = name.shortened()
      if short != name { sentence = sentence.replacing(name, with: short) }
    }
    // It may hold a name in another form, trimmed or folded: a bound for the whole.
    return "\(sentence.shortened(to: 1000))"
  }
}
