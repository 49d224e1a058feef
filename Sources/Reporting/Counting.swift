/// `1 flow`, `2 flows`.
func counted(_ number: Int, _ noun: PrintableText) -> PrintableText {
  number == 1 ? "1 \(noun)" : "\(number) \(noun)s"
}
