import Detection

/// The manual in the mdoc language, which man-db, groff and mandoc read.
package struct MdocPage {
  private let page: ManualPage

  package init(_ page: ManualPage) {
    self.page = page
  }

  /// The whole document, with a line end. The sections are in the order of mdoc(7).
  package var text: String {
    let lines = [
      head, synopsis, description, commands, rules, environment, files, exitStatus, examples,
    ]
    return lines.joined().map { $0.description + "\n" }.joined()
  }

  private var head: [MdocText] {
    let abstract = page.tool.abstract
    let summary = abstract.prefix(1).lowercased() + abstract.dropFirst().prefix { $0 != "." }
    return [
      ".Dd \(day)", ".Dt \(page.tool.name.uppercased()) 1", ".Os",
      ".Sh NAME", ".Nm \(page.tool.name)", ".Nd \(summary)",
    ]
  }

  /// `May 20, 2026`, as mdoc(7) asks for it.
  private var day: String {
    let months = [
      "January", "February", "March", "April", "May", "June", "July", "August", "September",
      "October", "November", "December",
    ]
    let date = CivilDate(page.time)
    return "\(months[date.month - 1]) \(date.day), \(date.year)"
  }

  private var synopsis: [MdocText] {
    var lines: [MdocText] = [".Sh SYNOPSIS"]
    for command in page.commands {
      lines += [".Nm", ".Cm \(command.name)", ".Op Ar options"]
      lines += command.arguments.filter(\.spellings.isEmpty).map { argument in
        argument.isOptional ? ".Op \(placeholder(argument))" : ".\(placeholder(argument))"
      }
    }
    return lines
  }

  private var description: [MdocText] {
    [".Sh DESCRIPTION"]
      + paragraphs(Passage.passages(of: page.tool.discussion).filter(\.isProse), isFirst: true)
  }

  private var commands: [MdocText] {
    let common = page.commonArguments
    var lines: [MdocText] = [".Sh COMMANDS"]
    for command in page.commands {
      lines.append(".Ss \(page.tool.name) \(command.name)")
      lines += MdocText.prose(command.abstract)
      lines += paragraphs(Passage.passages(of: command.discussion), isFirst: false)
      lines += list(command.arguments.filter { !common.contains($0) })
    }
    return lines + [".Sh OPTIONS", "Most commands take:"] + list(common)
  }

  private var rules: [MdocText] {
    let entries = page.rules.map { rule in
      let documentation = rule.documentation
      return ManualPage.Entry(
        rule.id.rawValue,
        "\(documentation.title.sentence) \(documentation.whatItDoes) Severity: \(documentation.severities.words)."
      )
    }
    return [".Sh RULES", ".Nm Cm explain Ar rule", "describes each."]
      + list(entries, macro: "Ic")
  }

  private var environment: [MdocText] {
    [".Sh ENVIRONMENT"] + list(page.environment, macro: "Ev")
  }

  private var files: [MdocText] { [".Sh FILES"] + list(page.files, macro: "Pa") }

  private var exitStatus: [MdocText] { [".Sh EXIT STATUS"] + list(page.exitStatus, macro: "Li") }

  private var examples: [MdocText] {
    let first = Passage.passages(of: page.tool.discussion).filter { !$0.isProse }
    var lines: [MdocText] = [".Sh EXAMPLES"] + paragraphs(first, isFirst: true)
    for example in page.examples {
      lines += [".Pp"] + MdocText.prose(example.term)
      lines += literal(example.text.split(separator: "\n").map(String.init))
    }
    return lines
  }

  private func paragraphs(_ passages: [Passage], isFirst: Bool) -> [MdocText] {
    passages.enumerated().flatMap { number, passage -> [MdocText] in
      switch passage {
      case .prose(let text): (isFirst && number == 0 ? [] : [".Pp"]) + MdocText.prose(text)
      case .literal(let lines): literal(lines)
      }
    }
  }

  private func literal(_ lines: [String]) -> [MdocText] {
    [".Bd -literal -offset indent"] + lines.map { "\($0)" } + [".Ed"]
  }

  private func list(_ arguments: [ManualPage.Argument]) -> [MdocText] {
    guard !arguments.isEmpty else { return [] }
    return [".Bl -tag -width Ds"]
      + arguments.flatMap { argument -> [MdocText] in
        // The macro writes the first hyphen.
        let flags = argument.spellings.map { MdocText("Fl \(String($0.dropFirst()))") }
        let value = argument.value == nil ? [] : [placeholder(argument)]
        let head = flags.isEmpty ? value : [.init(joining: flags, separator: " , ")] + value
        return [".It \(MdocText(joining: head, separator: " "))"]
          + MdocText.prose(argument.sentences)
      } + [".El"]
  }

  private func list(_ entries: [ManualPage.Entry], macro: MdocText) -> [MdocText] {
    [".Bl -tag -width Ds"]
      + entries.flatMap { entry in
        [".It \(macro) \(MdocText.argument(entry.term))"] + MdocText.prose(entry.text)
      } + [".El"]
  }

  private func placeholder(_ argument: ManualPage.Argument) -> MdocText {
    let value = MdocText.argument(argument.value ?? "")
    let repeats = argument.isRepeating && argument.spellings.isEmpty
    return repeats ? "Ar \(value) ..." : "Ar \(value)"
  }
}

extension ManualPage.Argument {
  /// Its meaning, its values where not listed already, and its default.
  fileprivate var sentences: String {
    var text = abstract
    if !values.allSatisfy(abstract.contains) {
      text += " It takes \(values.joined(separator: ", "))."
    }
    if let defaultValue { text += " Unless given, it is \(defaultValue)." }
    return text
  }
}
