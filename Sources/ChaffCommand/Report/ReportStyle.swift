/// The report's style sheet: light and dark, wide and narrow, on screens and on paper.
enum ReportStyle {
  static func sheet(_ colours: ReportColours) -> String {
    """
    :root{color-scheme:light;--page:#fff;--panel:#f5f6f8;--ink:#1b1f24;--soft:#535c68;--rule:#c9ced6;--grid:#dfe3e8;\
    --accent:#1f5fbf;--wrong:#b42318;--heat:31 95 191;--fault:180 35 24;\(colours.variables(isDark: false))}
    @media screen and (prefers-color-scheme:dark){:root{color-scheme:dark;--page:#14171c;--panel:#1d2229;--ink:#e8ebef;\
    --soft:#a9b2bd;--rule:#454d58;--grid:#2e353e;--accent:#7fb4ff;--wrong:#ff9a8f;--heat:70 130 230;--fault:200 70 60;\
    \(colours.variables(isDark: true))}}
    \(layout)\(tables)\(charts)\(pages)\(colours.rules)\(heat)\(print)
    """
  }

  private static let layout = """
    *{box-sizing:border-box}
    html{scroll-behavior:smooth;scroll-padding-top:1rem}
    @media(prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
    body{margin:0;background:var(--page);color:var(--ink);font:1rem/1.5 system-ui,sans-serif}
    main,header,nav.top{max-width:72rem;margin:0 auto;padding:0 1.2rem}
    h1{font-size:1.6rem;line-height:1.25;margin:1.4rem 0 .3rem;overflow-wrap:anywhere}
    h2{font-size:1.25rem;margin:2.4rem 0 .6rem;padding-top:.6rem;border-top:1px solid var(--rule)}
    h3{font-size:1rem;margin:1.4rem 0 .4rem}
    p{margin:.4rem 0;max-width:46rem}
    a{color:var(--accent)}
    .soft,figcaption,small{color:var(--soft)}
    .skip{position:absolute;left:-99rem}.skip:focus{left:.6rem;top:.6rem;background:var(--page);padding:.4rem .8rem}
    :focus-visible{outline:3px solid var(--accent);outline-offset:2px;border-radius:2px}
    nav.top ul{display:flex;flex-wrap:wrap;gap:.2rem 1.1rem;list-style:none;padding:0;margin:.6rem 0}
    .cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(11rem,1fr));gap:.8rem;margin:1rem 0;padding:0}
    .cards div{background:var(--panel);border:1px solid var(--rule);border-radius:.5rem;padding:.7rem .9rem}
    .cards dt{color:var(--soft);font-size:.875rem}
    .cards dd{margin:0;font-size:1.5rem;font-variant-numeric:tabular-nums}
    .cards dd small{display:block;font-size:.8125rem}

    """

  private static let tables = """
    .scroll{overflow-x:auto}
    table{border-collapse:collapse;font-variant-numeric:tabular-nums;font-size:.9375rem}
    th,td{padding:.25rem .7rem;text-align:right;border-bottom:1px solid var(--grid);vertical-align:top}
    thead th{border-bottom-color:var(--rule);font-weight:600}
    th:first-child,.text{text-align:left}
    tbody th{font-weight:500}
    td small{display:block;font-size:.8125rem;white-space:nowrap}
    caption{text-align:left;color:var(--soft);padding:.2rem 0}
    .matrix td{padding:0;text-align:center;min-width:5.5rem}
    .matrix td>*{display:block;padding:.45rem .6rem;color:inherit}.matrix small{color:inherit}

    """

  private static let charts = """
    .charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,20rem),1fr));gap:1rem 2rem}
    figure{margin:.4rem 0}
    figure svg{display:block;width:100%;height:auto;max-width:40rem}
    svg text{fill:var(--ink);font:12px system-ui,sans-serif}
    svg .grid{stroke:var(--grid);stroke-width:1}
    svg .axis{stroke:var(--soft);stroke-width:1}
    svg .ideal{stroke:var(--soft);stroke-width:1;stroke-dasharray:3 4}
    svg .line{fill:none;stroke-width:2.25;stroke-linejoin:round}
    svg .bar{fill:var(--soft);opacity:.35}
    svg .whisker{stroke:var(--ink);stroke-width:1}
    svg .ring{fill:var(--page);stroke:var(--ink);stroke-width:2}
    .legend{display:flex;flex-wrap:wrap;gap:.2rem 1.2rem;list-style:none;padding:0;margin:.4rem 0;font-size:.9375rem}
    figure .legend svg,.legend svg{display:inline-block;width:2.2rem;height:.8rem;vertical-align:middle;margin-right:.4rem}
    summary{cursor:pointer}
    details.figures{font-size:.9375rem;margin:.3rem 0}

    """

  private static let pages = """
    .errors{list-style:none;padding:0;margin:.4rem 0}
    .errors li{border-left:.35rem solid;padding:.2rem 0 .2rem .8rem;margin:.7rem 0}
    .errors p{margin:.1rem 0;max-width:none;overflow-wrap:anywhere}
    .reasons{display:flex;flex-wrap:wrap;gap:.3rem;margin:.2rem 0}
    .reasons span{background:var(--panel);border:1px solid var(--rule);border-radius:.3rem;padding:0 .4rem;font-size:.875rem;overflow-wrap:anywhere}
    details.page{border-bottom:1px solid var(--grid);padding:.25rem 0;content-visibility:auto;contain-intrinsic-size:auto 3.4rem}
    details.page summary{display:grid;grid-template-columns:.8rem minmax(9rem,2fr) 8rem minmax(8rem,5fr);gap:.2rem 1rem;align-items:center;overflow-wrap:anywhere}
    details.page summary::before{content:"▸"}details.page[open] summary::before{content:"▾"}
    details.page summary svg{width:100%;height:1.5rem;display:block;background:var(--panel)}
    details.page svg .fault{fill:var(--wrong)}
    details.page svg .unscored{fill:var(--grid)}
    details.page td:first-child{white-space:nowrap}
    details.page td.text{min-width:16rem;overflow-wrap:anywhere}
    tr.wrong td:first-child{color:var(--wrong);font-weight:700}
    @media(max-width:40rem){details.page summary{grid-template-columns:.8rem 1fr}details.page summary>*{grid-column:2}}

    """

  /// Shades of the confusion matrix: weak enough that the ink stays readable on all of them.
  private static let heat =
    (1...10).map {
      ".h\($0){background:rgb(var(--heat)/\(DecimalText.fixed(Double($0) * 0.038, decimals: 3)))}"
        + ".w\($0){background:rgb(var(--fault)/\(DecimalText.fixed(Double($0) * 0.036, decimals: 3)))}"
    }.joined(separator: "\n") + "\n"

  private static let print = """
    @media print{nav.top,.skip,figure details.figures:not([open]){display:none}body{font-size:10pt}main,header{max-width:none;padding:0}
    table{font-size:8pt}th,td{padding:.15rem .35rem}td small{font-size:7pt}.scroll{overflow:visible}
    figure,table,.errors li,details.page,.cards div{break-inside:avoid}h2,h3{break-after:avoid}
    *{print-color-adjust:exact;-webkit-print-color-adjust:exact}.charts{grid-template-columns:1fr 1fr}
    details.page{content-visibility:visible}}

    """
}
