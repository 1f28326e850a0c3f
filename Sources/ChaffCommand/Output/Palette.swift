/// Colours of categories, in terminals and in HTML.
///
/// The article is plain; the more a category is in a reader's way, the louder its colour. Categories that are not the
/// standard ones take colours in turn.
struct Palette {
  /// A select-graphic-rendition code for terminals, and a hue in degrees for pages; nil is plain.
  typealias Colour = (terminal: String, hue: Int?)

  private static let named: [String: Colour] = [
    "content": ("", nil), "registration": ("35", 300), "donation": ("33", 40), "navigation": ("34", 215),
  ]
  private static let others: [Colour] = [("36", 180), ("32", 120), ("31", 0), ("35", 270), ("33", 60), ("34", 240)]

  private let colours: [Colour]

  init(categories: [String]) {
    colours = categories.enumerated().map { index, name in
      Self.named[name] ?? Self.others[index % Self.others.count]
    }
  }

  subscript(category: Int) -> Colour { colours[category] }
}
