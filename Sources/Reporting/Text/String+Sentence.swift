extension String {
  /// With a full stop, and a capital unless it begins with a name or a path.
  var sentence: String {
    guard let last else { return self }
    let word = prefix { $0 != " " && $0 != "," && $0 != ":" }
    let isPlain = word.utf8.allSatisfy { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }
    let text = isPlain ? prefix(1).uppercased() + dropFirst() : self
    return last == "." ? text : text + "."
  }
}
