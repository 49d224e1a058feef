/// The name of an entry as text. APPNOTE.TXT 6.3.10, appendix D: UTF-8 where a flag says so, otherwise
/// code page 437; but many tools write UTF-8 without the flag.
enum EntryName {
  /// `/` between the parts; some Windows tools write `\`. Without the `./` that some put first.
  static func text(of bytes: some Collection<UInt8>) -> String {
    let text = String(validating: bytes, as: UTF8.self) ?? codePage437(bytes)
    let slashed = text.contains("\\") ? text.replacing("\\", with: "/") : text
    return slashed.hasPrefix("./") ? String(slashed.dropFirst(2)) : slashed
  }

  private static func codePage437(_ bytes: some Collection<UInt8>) -> String {
    var text = ""
    for byte in bytes {
      text.append(
        byte < 0x80 ? Character(Unicode.Scalar(byte)) : upperHalf[Int(byte) - 0x80])
    }
    return text
  }

  private static let upperHalf = Array(
    "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐"
      + "└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{A0}")
}
