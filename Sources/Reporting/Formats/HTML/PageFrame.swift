/// The frame that every page shares: a document that fetches nothing, and in which only our own
/// style and, where it has one, our own script count.
enum PageFrame {
  /// The whole document, with a line end.
  ///
  /// - Parameter body: The content of the body element.
  static func document(
    title: PrintableText, hasScript: Bool = false, _ body: HTMLText
  ) -> String {
    let policy: HTMLText = hasScript ? " script-src '\(PageScript.digest)';" : ""
    let script: HTMLText = hasScript ? "\n<script>\(PageScript.text)</script>" : ""
    let html: HTMLText = """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; \
      style-src '\(PageStyle.digest)';\(policy) base-uri 'none'; form-action 'none'">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <meta name="generator" content="connref">
      <title>\(title)</title>
      <style>\(PageStyle.text)</style>
      </head>
      <body>
      \(body)\(script)
      </body>
      </html>

      """
    return html.description
  }
}
