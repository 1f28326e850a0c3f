import Chaff

/// What pages belong together: those of one site, where pages name it, or several texts of one page.
///
/// Pages of a site share their menus and nags, so they must not stand on both sides of a fold, nor count as independent
/// when a figure's spread is worked out.
package enum PageGroup {
  /// The name of the group that a page says it belongs to; nil if it says none, and is a group of its own.
  ///
  /// A page's name (the comment before it, or `page` in JSON Lines) says it with `site NAME`, or an address, whose host
  /// it is; or, at its beginning, `page NAME`.
  package static func name(of page: LabelledPage) -> String? {
    let words = page.name.split(separator: " ")
    for (word, next) in zip(words, words.dropFirst()) where word == "site" || word == "site:" { return "site \(next)" }
    for word in words {
      if let host = host(word) { return "site \(host)" }
    }
    guard words.count > 1, words[0] == "page" else { return nil }
    return "page \(words[1])"
  }

  private static func host(_ word: Substring) -> String? {
    let parts = word.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count > 2, parts[0] == "https:" || parts[0] == "http:", parts[1].isEmpty, !parts[2].isEmpty else {
      return nil
    }
    let host = parts[2].lowercased()
    return host.hasPrefix("www.") ? String(host.dropFirst(4)) : host
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
