/// The style of the page. No picture, no font, nothing from elsewhere; nothing moves, so that there is
/// no motion to reduce.
enum PageStyle {
  /// The SHA-256 digest of `text`, for the page's policy; a test compares them.
  static let digest: HTMLText = "sha256-X1w/BiPWQuOacC9lklZTGtn3uh0SFat9tHAo0hHyOJ0="

  static let text: HTMLText = "\(colours)\(page)\(timeline)\(incidents)\(media)"

  private static let colours: HTMLText = """

    :root {
      color-scheme: light dark;
      --paper: #fcfbf9; --raised: #ffffff; --ink: #1e2124; --soft: #555b62; --line: #ddd8cf;
      --faint: #efece6; --link: #1f5382; --error: #a8221c; --warning: #8a5a00; --note: #2d5f8b;
      --good: #2c6a3d; --damage: #a8221c2b; --identity: #4a5560;
    }
    @media (prefers-color-scheme: dark) {
      :root {
        --paper: #16181a; --raised: #1d2023; --ink: #e7e4de; --soft: #a9adb2; --line: #383c41;
        --faint: #25282c; --link: #93c1ec; --error: #ff8a80; --warning: #e6b455; --note: #8dbbe6;
        --good: #8bcb9c; --damage: #ff8a8030; --identity: #aab2ba;
      }
    }

    """

  private static let page: HTMLText = """
    * { box-sizing: border-box; }
    [hidden] { display: none !important; }
    html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
    body {
      margin: 0 auto; padding: 3rem 1.5rem 4rem; max-width: 64rem; background: var(--paper);
      color: var(--ink); font: 1rem/1.5 system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
      font-variant-numeric: tabular-nums; overflow-wrap: anywhere;
    }
    h1, h2, h3, h4 { line-height: 1.25; text-wrap: balance; }
    h1, h2 { font-family: Charter, "Bitstream Charter", "Sitka Text", Cambria, Georgia, serif; font-weight: 600; }
    h1 { margin: 0; font-size: clamp(1.7rem, 5vw, 2.4rem); letter-spacing: -0.01em; }
    h2 { margin: 3.5rem 0 1rem; padding-top: 0.6rem; border-top: 2px solid var(--ink); font-size: 1.4rem; }
    h3, h4 { margin: 0; font-weight: 600; }
    p { margin: 0.4rem 0; }
    ul, ol { margin: 0; padding-left: 1.2rem; }
    dl, dd, figure { margin: 0; }
    a { color: var(--link); text-underline-offset: 0.15em; }
    a:focus-visible, summary:focus-visible, select:focus-visible, button:focus-visible, input:focus-visible {
      outline: 3px solid var(--link); outline-offset: 2px; border-radius: 2px;
    }
    code { font: 0.86em/1.4 ui-monospace, "Cascadia Mono", Consolas, Menlo, "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; }
    q { quotes: "\\201c" "\\201d"; }
    .repository { margin: 0 0 0.3rem; color: var(--soft); font-weight: 600; }
    .scope { color: var(--soft); }
    .scope span { display: inline-block; max-width: 100%; }
    .notice { padding: 0.5rem 0.8rem; border-left: 4px solid var(--warning); background: var(--faint); }
    .numbers { display: flex; flex-wrap: wrap; gap: 1rem 2.75rem; margin-top: 1.75rem; }
    .numbers div { display: flex; flex-direction: column-reverse; }
    .numbers dd { font: 600 2.1rem/1.1 Charter, "Bitstream Charter", "Sitka Text", Cambria, Georgia, serif; }
    .numbers dt { color: var(--soft); font-size: 0.9rem; }
    .numbers .broken dd { color: var(--error); }
    .numbers .fixed dd { color: var(--good); }
    .numbers .none dd { color: var(--soft); }
    nav { display: flex; flex-wrap: wrap; gap: 0.2rem 1.4rem; margin-top: 1.5rem; font-size: 0.95rem; }
    .empty { margin-top: 3rem; font-size: 1.15rem; }
    .sign { display: inline-block; vertical-align: -0.15em; overflow: visible; }
    .day { white-space: nowrap; color: var(--soft); }
    .table { overflow-x: auto; }
    .table:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
    table { width: 100%; border-collapse: collapse; font-size: 0.94rem; overflow-wrap: break-word; }
    td code, th code { overflow-wrap: break-word; }
    .state { white-space: nowrap; }
    pre { margin: 0.5rem 0; padding: 0.6rem 0.8rem; white-space: pre-wrap; background: var(--faint); font-size: 0.9em; }
    .state.error { color: var(--error); }
    .state.warning { color: var(--warning); }
    .state.fine { color: var(--good); }
    th { text-align: left; color: var(--soft); font-weight: 600; font-size: 0.85rem; }
    th, td { padding: 0.5rem 1rem 0.5rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
    .overview td { min-width: 7rem; }
    td li + li { margin-top: 0.2rem; }
    td ul { padding: 0; list-style: none; }
    td .sign { margin-right: 0.5rem; }
    footer { margin-top: 4rem; color: var(--soft); font-size: 0.85rem; }
    .run { display: grid; gap: 0.1rem; }
    .run div { display: flex; gap: 0.8rem; }
    .run dt { flex: 0 0 6rem; }
    .run dd { margin: 0; min-width: 0; overflow-wrap: anywhere; }

    """

  private static let timeline: HTMLText = """
    .legend { display: flex; flex-wrap: wrap; gap: 0.3rem 1.4rem; padding: 0; list-style: none; color: var(--soft); font-size: 0.88rem; }
    .legend .sign { margin-right: 0.2rem; }
    figure { padding: 1.1rem 0 0.7rem; border-bottom: 1px solid var(--line); }
    figcaption { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 0.8rem; margin-bottom: 0.3rem; }
    figcaption h3, figcaption span { min-width: 0; }
    figcaption h3 { font-size: 1.05rem; }
    figcaption span { color: var(--soft); font-size: 0.9rem; }
    figcaption strong { color: var(--error); font-weight: 600; }
    .timeline { display: block; overflow: visible; }
    .timeline text { fill: var(--soft); font-size: 11px; }
    .timeline .lane { font-size: 12px; }
    .timeline .axis { text-anchor: middle; }
    .timeline .name { font-family: ui-monospace, "Cascadia Mono", Consolas, Menlo, "DejaVu Sans Mono", monospace; font-size: 10.5px; }
    .tick { stroke: var(--line); stroke-width: 1; }
    .identity { stroke: var(--identity); stroke-width: 2.5; stroke-linecap: round; }
    .link { stroke: var(--identity); stroke-width: 1.5; stroke-dasharray: 2 3; }
    .stairs { fill: none; stroke: var(--identity); stroke-width: 2.5; }
    .damage { fill: var(--damage); }
    .touch { fill: transparent; }
    .mark { stroke-width: 2; fill: var(--paper); stroke-linejoin: round; }
    .mark.error { stroke: var(--error); }
    .mark.warning { stroke: var(--warning); }
    .mark.note { stroke: var(--note); }
    .mark.error.broken { fill: var(--error); }
    .mark.warning.broken { fill: var(--warning); }
    .mark.note.broken { fill: var(--note); }
    .fix { fill: var(--good); stroke: var(--paper); stroke-width: 1.5; }
    .spot:hover .mark, .spot:focus-visible .mark { stroke-width: 3.5; }
    .spot:focus-visible { outline: none; }
    .spot:focus-visible .touch { stroke: var(--link); stroke-width: 2; }
    .spot.out { opacity: 0.18; }
    .words { margin-top: 0.4rem; font-size: 0.9rem; }
    .chain { padding-left: 1.6rem; }

    """

  private static let incidents: HTMLText = """
    summary { width: fit-content; color: var(--link); cursor: pointer; }
    form { display: flex; flex-wrap: wrap; align-items: end; gap: 0.7rem 1rem; margin: 1.5rem 0; padding: 0.9rem 1rem; border-radius: 6px; background: var(--faint); }
    label { display: grid; grid-template-columns: minmax(0, 1fr); flex: 1 1 9rem; min-width: 0; gap: 0.15rem; color: var(--soft); font-size: 0.85rem; }
    select, button, input { min-height: 2.4rem; max-width: 100%; padding: 0.3rem 0.6rem; border: 1px solid var(--soft); border-radius: 4px; background: var(--raised); color: var(--ink); font: inherit; font-size: 0.95rem; }
    output { margin-left: auto; align-self: center; color: var(--soft); }
    section > h3 { margin: 1.5rem 0 0.4rem; font-size: 1.15rem; }
    .year > h3 { margin: 2rem 0 0.4rem; color: var(--soft); font-size: 1.05rem; }
    article { content-visibility: auto; contain-intrinsic-size: auto 14rem; margin: 0 -1rem; padding: 1.2rem 1rem; border-top: 1px solid var(--line); scroll-margin-top: 1rem; }
    article:target { box-shadow: inset 4px 0 var(--link); background: var(--faint); }
    article h3, article h4 { margin: 0.2rem 0 0.6rem; font-size: 1.1rem; }
    .over { display: flex; flex-wrap: wrap; gap: 0.1rem 1.1rem; margin: 0; font-size: 0.9rem; color: var(--soft); }
    .over time { color: var(--ink); font-weight: 600; }
    .over .solution { color: var(--ink); }
    .over .permalink { margin-left: auto; font-family: ui-monospace, Consolas, Menlo, "DejaVu Sans Mono", monospace; font-size: 0.85em; }
    .error .kind { color: var(--error); }
    .warning .kind { color: var(--warning); }
    .note .kind { color: var(--note); }
    .names { margin: 0.5rem 0; }
    .names div, .facts div { display: grid; grid-template-columns: 4.5rem minmax(0, 1fr); gap: 0 0.8rem; }
    .names .was code { color: var(--soft); }
    dt { color: var(--soft); font-size: 0.9rem; }
    .commit { font-size: 0.94rem; }
    .fate { padding-left: 0.8rem; border-left: 3px solid var(--line); font-size: 0.97rem; }
    .empty::first-letter, .fate::first-letter { text-transform: uppercase; }
    .fate.broken { border-color: var(--error); }
    .fate.broken strong { color: var(--error); }
    .fate.fixed { border-color: var(--good); }
    .fate.fixed strong { color: var(--good); }
    article details { margin-top: 0.6rem; font-size: 0.94rem; }
    .facts { margin-top: 0.5rem; }
    .facts div { grid-template-columns: 6.5rem minmax(0, 1fr); padding: 0.25rem 0; }
    .facts ul { padding: 0; list-style: none; }
    .facts li + li { margin-top: 0.3rem; }
    .group { padding-left: 1.2rem; }
    .place { display: block; color: var(--soft); font-size: 0.94em; }

    """

  private static let media: HTMLText = """
    @media (max-width: 40rem) {
      body { padding: 1.5rem 1rem 3rem; }
      h2 { margin-top: 2.5rem; }
      .timeline .minor { display: none; }
      .numbers { display: grid; grid-template-columns: 1fr 1fr; gap: 1rem; }
      .facts div { grid-template-columns: minmax(0, 1fr); }
      label { flex: 1 1 40%; }
      output { margin-left: 0; }
      thead { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; }
      tr { display: block; padding: 0.6rem 0; border-bottom: 1px solid var(--line); }
      td { display: block; padding: 0.05rem 0; border: 0; }
      td:empty { display: none; }
      td[data-label]::before { content: attr(data-label) ": "; color: var(--soft); font-size: 0.9em; }
      td code { overflow-wrap: anywhere; }
    }
    @media print {
      :root {
        color-scheme: light;
        --paper: #fff; --raised: #fff; --ink: #000; --soft: #444; --line: #bbb; --faint: #fff;
        --link: #000; --error: #a8221c; --warning: #7a4f00; --note: #2d5f8b; --good: #2c6a3d;
        --damage: #a8221c24; --identity: #444;
      }
      @page { margin: 16mm; }
      html { font-size: 8.5pt; }
      body { max-width: none; padding: 0; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
      form, nav, summary { display: none !important; }
      details::details-content { display: block; content-visibility: visible; block-size: auto; }
      .timeline, .facts > div, .words ol, tr { break-inside: avoid; }
      h2, h3, h4, figcaption, .over, .names, .commit, .words p { break-after: avoid; }
      article { content-visibility: visible; margin: 0; padding: 1.2rem 0; }
      .table { overflow: visible; }
      article:target { box-shadow: none; background: none; }
      a { text-decoration: none; }
    }

    """
}
