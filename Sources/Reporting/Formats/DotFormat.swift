/// A picture of what uses what as a graph for Graphviz: `connref list --format dot | dot -Tsvg`.
struct DotFormat {
  let picture: ListingPicture

  /// The whole graph, with a line end.
  var document: String {
    var lines = [
      "digraph connref {",
      "  rankdir=LR; ranksep=1.6; nodesep=0.15; fontname=\"Helvetica\";",
      "  node [shape=box, style=\"filled,rounded\", fontname=\"Helvetica\", fontsize=10];",
      "  edge [color=\"#777777\", arrowsize=0.6, fontname=\"Helvetica\", fontsize=9];",
    ]
    for frame in picture.consumers + picture.connectors {
      lines.append("  subgraph cluster_\(frame.id) {")
      lines.append("    label=\(Self.quoted([frame.title])); color=\"#bbbbbb\"; fontsize=11;")
      for box in frame.boxes {
        lines.append("    \(box.id) [label=\(Self.quoted(box.lines)), \(Self.style(box.kind))];")
      }
      lines.append("  }")
    }
    for line in picture.lines {
      let count = line.count.map { " [label=\"\($0)\"]" } ?? ""
      lines.append("  \(line.from) -> \(line.to)\(count);")
    }
    lines.append("}")
    return lines.joined(separator: "\n") + "\n"
  }

  private static func style(_ kind: ListingPicture.Box.Kind) -> String {
    switch kind {
    case .reference: "fillcolor=\"#e6f1fb\", color=\"#2f6fab\""
    case .unbound: "fillcolor=\"#fff4d6\", color=\"#a06a00\""
    case .stub: "fillcolor=\"#f4f4f4\", color=\"#777777\", style=\"filled,dashed\""
    case .missing: "fillcolor=\"#fde7e7\", color=\"#b3261e\""
    case .consumers: "fillcolor=\"#ffffff\", color=\"#777777\""
    }
  }

  /// In a quoted label a backslash begins an escape and `&` an entity.
  private static func quoted(_ lines: [PrintableText]) -> String {
    let text = lines.map { line in
      line.description.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        .replacing("&", with: "&amp;")
    }.joined(separator: "\\n")
    return "\"\(text)\""
  }
}
