/// A picture of what uses what as a Mermaid flowchart, which GitHub, GitLab and Azure DevOps draw.
struct MermaidFormat {
  let picture: ListingPicture

  /// The whole chart, with a line end.
  var document: String {
    var lines = ["flowchart LR"]
    for frame in picture.consumers + picture.connectors {
      lines.append("  subgraph \(frame.id)[\"\(Self.escaped(frame.title))\"]")
      for box in frame.boxes {
        let label = box.lines.map(Self.escaped).joined(separator: "<br/>")
        lines.append("    \(box.id)[\"\(label)\"]:::\(box.kind.rawValue)")
      }
      lines.append("  end")
    }
    for line in picture.lines {
      let count = line.count.map { "|\($0)|" } ?? ""
      lines.append("  \(line.from) -->\(count) \(line.to)")
    }
    lines += [
      "  classDef reference fill:#e6f1fb,stroke:#2f6fab,color:#10283d",
      "  classDef unbound fill:#fff4d6,stroke:#a06a00,color:#3d2a00",
      "  classDef stub fill:#f4f4f4,stroke:#777,color:#222,stroke-dasharray:4 3",
      "  classDef missing fill:#fde7e7,stroke:#b3261e,color:#410e0b",
      "  classDef consumers fill:#ffffff,stroke:#777,color:#222",
    ]
    return lines.joined(separator: "\n") + "\n"
  }

  /// Mermaid's own entities, `#35;` for `#`: within quotes nothing else keeps a label from being
  /// taken for markup, an icon (`fa:fa-…`) or a word of its own.
  private static func escaped(_ text: PrintableText) -> String {
    text.description.unicodeScalars.map { scalar in
      let isPlain =
        scalar.properties.isAlphabetic || scalar.properties.numericType != nil
        || " _-.,()'".unicodeScalars.contains(scalar)
      return isPlain ? String(scalar) : "#\(scalar.value);"
    }.joined()
  }
}
