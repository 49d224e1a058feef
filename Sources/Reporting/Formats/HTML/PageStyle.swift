/// The style of the page, from `Page/page.css`. No picture, no font, nothing from elsewhere; nothing
/// moves, so that there is no motion to reduce.
enum PageStyle {
  /// The SHA-256 digest of `text`, for the page's policy; a test compares them.
  static let digest: HTMLText = "sha256-X1w/BiPWQuOacC9lklZTGtn3uh0SFat9tHAo0hHyOJ0="

  static let text = HTMLText(ownFile: PackageResources.page_css)
}

/// The script of the page, from `Page/page.js`. It reads attributes and hides elements; it writes no
/// markup.
enum PageScript {
  /// As that of the style.
  static let digest: HTMLText = "sha256-bcs1VZ8viR0rXMA4YRThn/7gi2wS5+44EJB6vwz6H3I="

  static let text = HTMLText(ownFile: PackageResources.page_js)
}

extension HTMLText {
  /// A file that is part of this program: nothing of a repository is in it.
  fileprivate init(ownFile bytes: [UInt8]) {
    self.init(stringLiteral: String(decoding: bytes, as: UTF8.self))
  }
}
