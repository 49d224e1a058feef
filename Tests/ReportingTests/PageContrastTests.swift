import Foundation
import Testing

/// Whether people with low vision can read a page: the contrasts that WCAG 2.2 asks for, level AA.
struct PageContrastTests {
  /// The custom properties of one `:root` block: of the light page, the dark one, or paper.
  typealias Colours = [String: String]

  private static let themes: [Colours] = HistoryPageTests.page.matches(
    of: /:root \{(.*?)\}/.dotMatchesNewlines()
  ).map { block in
    Dictionary(
      block.output.1.matches(of: /--([a-z]+): (#[0-9a-f]+);/).map {
        (String($0.output.1), String($0.output.2))
      },
      uniquingKeysWith: { $1 })
  }

  @Test func `a page has colours for light, for dark and for paper`() {
    #expect(Self.themes.count == 3)
    #expect(Set(Self.themes.map { Set($0.keys) }).count == 1)
  }

  @Test(arguments: themes)
  func `text and its ground differ by 4,5 to 1`(theme: Colours) throws {
    for ground in ["paper", "raised", "faint"] {
      for ink in ["ink", "soft", "link", "error", "warning", "note", "good"] {
        #expect(try contrast(ink, ground, theme) >= 4.5, "\(ink) on \(ground)")
      }
    }
  }

  @Test(arguments: themes)
  func `marks, lines of a picture and borders of fields differ by 3 to 1`(theme: Colours) throws {
    for mark in ["error", "warning", "note", "good", "identity", "soft"] {
      #expect(try contrast(mark, "paper", theme) >= 3, "\(mark)")
    }
  }

  /// As WCAG defines it, from 1 to 21.
  private func contrast(
    _ left: String, _ right: String, _ theme: Colours
  ) throws -> Double {
    let (left, right) = (
      try luminance(#require(theme[left])), try luminance(#require(theme[right]))
    )
    return (max(left, right) + 0.05) / (min(left, right) + 0.05)
  }

  private func luminance(_ colour: String) throws -> Double {
    let digits = colour.dropFirst()
    let whole = digits.count == 3 ? digits.map { "\($0)\($0)" }.joined() : String(digits)
    let number = try #require(Int(whole.prefix(6), radix: 16))
    let parts = [16, 8, 0].map { shift -> Double in
      let part = Double(number >> shift & 0xff) / 255
      return part <= 0.03928 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
  }
}
