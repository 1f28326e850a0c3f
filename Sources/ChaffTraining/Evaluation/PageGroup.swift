import Chaff

/// What pages belong together: those of one site, where pages name it, or several texts of one page.
///
/// Pages of a site share their menus and nags, so they must not stand on both sides of a fold, nor count as independent
/// when a figure's spread is worked out.
package enum PageGroup {
  /// The name of the group that a page says it belongs to; nil if it says none, and is a group of its own.
  ///
  /// A page's site (`site`, or the host of `url`, in JSON Lines) says it; or its name (the comment before it, or `page` in
  /// JSON Lines) with `site NAME`, or an address, whose host it is; or, at the name's beginning, `page NAME`.
  package static func name(of page: LabelledPage) -> String? {
    if let site = page.site, !site.isEmpty { return "site \(site)" }
    let words = page.name.split(separator: " ")
    for (word, next) in zip(words, words.dropFirst()) where word == "site" || word == "site:" { return "site \(next)" }
    for word in words {
      if let host = host(word) { return "site \(host)" }
    }
    guard words.count > 1, words[0] == "page" else { return nil }
    return "page \(words[1])"
  }

  /// The host of an address, without `www.`, the port and a user's name; nil if it is none of the web.
  static func host(_ address: Substring) -> String? {
    let parts = address.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
    guard parts.count > 2, ["http:", "https:"].contains(parts[0].lowercased()), parts[1].isEmpty else { return nil }
    let authority = parts[2].prefix { !"?#".contains($0) }
    let host = authority[(authority.lastIndex(of: "@").map { authority.index(after: $0) } ?? authority.startIndex)...]
      .prefix { $0 != ":" }.lowercased()
    let short = host.hasPrefix("www.") ? String(host.dropFirst(4)) : host
    return short.isEmpty ? nil : short
  }

  /// The number of each page's group, in the order in which groups are met.
  package static func numbers(_ pages: [LabelledPage]) -> [Int] {
    var known: [String: Int] = [:]
    var count = 0
    return pages.map { page in
      let name = name(of: page)
      if let name, let number = known[name] { return number }
      if let name { known[name] = count }
      count += 1
      return count - 1
    }
  }
}
