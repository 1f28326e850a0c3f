/// Lines that are hard to read 64 bytes at a time, for what must be found of lines at once as it is of each.
///
/// What is known of a line is carried from block to block: whether a stop stands behind its last word, whether there is
/// anything to see, and whether words are joined. So these lines have it at any place of a block, at its borders, and far
/// from where it is asked for; and lines that are next to each other differ in it.
enum HostileLines {
  /// Pieces that a mask of 64 bytes is made of, or fails at.
  static let pieces: [[UInt8]] =
    ([
      "a", "A", "aB", "Ab", "HomeNews", "HomeNewsSport", "BBCnews", "iPhone", "1", "2024", "9am", "the", "The", " ",
      " ", "\t", "\r", "\u{b}", "\n", "\n", "\n\n", "\r\n", ".", ".", "!", "?", "...", ".\"", ".)", ".”", ")", "]",
      "\"", "'", "-", "|", "\0", "“", "”", "’", "»", "…", "。", "？", "\u{a0}", "\u{3000}", "\u{85}", "\u{feff}", "é",
      "aÉ", "中", "\u{ad}", "É", "été", "ÉTÉ", "Été", "ßa", "ẞ", "Жизнь", "жизнь", "ЖЗЛ", "σς", "Σ", "한국", "عرب", "İ",
      "ı",
      "ª", "×", "\u{301}", "ᏸ", "Ⴀ", "K", "étéÉté", "𐐀", "𐐨",
    ] as [String]).map { Array($0.utf8) }
    + [[0xff], [0xe2, 0x80]]
    + [63, 64, 65, 130].flatMap { count in
      ([0x20, 0x2d, 0x2e, 0x61, 0x0a] as [UInt8]).map { [UInt8](repeating: $0, count: count) }
    }

  /// Short lines, each of which shows something at whatever place of a block it begins.
  static let short: [String] = [
    // Blank, and what only seems to be.
    "", " ", "\t", "\r", " \t \r", "\u{b}\u{c}", "\u{a0}", "\u{3000}", "\u{3000}\u{3000} \u{a0}\t", "\u{85}",
    "\u{feff}", "\u{ad}", "\0", ".", "|", "”", "\u{fffd}",
    // Stops before, behind and between words, and what may stand behind them.
    "a", "a.", ".a", "a. ", "a .", "a.b", "a. b.", "a. b", "? a", "a?!", "a...", "a…", "…a", "a… b", "a。", "a.\"",
    "(a.)", "a.”", "a.’»", "a. ”\u{3000}", "“a”.", "a.-", "a.|", "a. 1", "1.", "1.5", "a.\0", "a.\r", "a\r",
    // Joined words in the first place, the last, in several; and what only looks like them.
    "aB", "HomeNews", "HomeNews Sport", "Home NewsSport", "Home NewsSport 24", "HomeNewsSport", "aBcDeF", "aB cD eF",
    "A aB.", "iPhone", "BBCnews", "AB", "Ab", "a B", "a1B", "aB1", "1aB", "a-B", "aB-cD", "aB”", "“aB", "a\u{a0}B",
    // What is read byte by byte, before and behind what is not.
    "éB.", "aÉ", "aÉ b", "中。", "aB 中", "é", "a\u{ad}B", "a.\u{301}", "a.\u{ad}",
    // Letters beyond ASCII: where words begin and end, small, large, both; longer than eight bytes; joined; digits beside.
    "É", "ÉB", "Éb", "bÉ", "été", "Été", "ÉTÉ", "ÉTé", "d’été.", "é. É", "été.", "“É”", "désintéressé", "DÉSINTÉRESSÉE",
    "Désintéressée", "Жизнь идёт.", "ЖЗЛ", "жизньИдёт", "ΣΊΣΥΦΟΣ Σίσυφος", "1é", "é1", "1É2", "AÉ", "aé", "Aé", "éa",
    "HomeÉté", "étéHome", "été HomeNews", "The é the", "ẞ ß", "İ ı i I", "한국 뉴스.", "عرب 12", "1º ª × ÷", "e\u{301}",
    "K", "𐐀𐐨 𐐨𐐀",
  ]

  /// Lines in which as much as a block or two lies between what is to be found and the line's end.
  static let long: [String] = [63, 64, 65, 127, 128, 129, 200].flatMap { count in
    runs.map { $0.before + String(repeating: $0.piece, count: count) + $0.after }
  }

  private static let runs: [(before: String, piece: String, after: String)] = [
    // Nothing to see, but perhaps at an end.
    ("", " ", ""), ("", "\t", ""), ("", " ", "\r"), ("", "\u{3000}", ""), ("a", " ", ""), ("", " ", "a."),
    ("", " ", "."), (".", " ", "a"), ("", " ", "é"), ("a", "\u{3000}", ""),
    // No word, and perhaps a stop.
    ("", "-", ""), ("", ".", ""), ("", "”", ""), ("", "| ", ""), ("a", " ", "."), ("a.", " ", ""), ("a.", " ", "b"),
    ("a.", "-", ""), ("a.", ")", "b"), ("a.", "\u{3000}", ""), ("a…", "”", ""), ("a", "”", "…"), ("é.", " ", ""),
    // Words, joined or not.
    ("", "a", ""), ("", "A", ""), ("", "1", ""), ("", "x", "B"), ("", "X", "b"), ("", "x", "B y"), ("aB ", "x", ""),
    ("aB", " ", ""), ("aB", " ", "cD"), ("aB", "-", "."), ("", " ", "aB"), ("", "-", "aB."), ("", "aB", ""),
    ("", "a.", ""), ("", "a. ", ""), ("aB.", " ", "é"),
    // The same beyond ASCII.
    ("", "é", ""), ("", "É", ""), ("x", "é", "b."), ("X", "é", "B"), ("", "é ", "."), ("", "É b ", ""), ("", "ж", "И"),
    ("é", " ", "aB"), ("aB", " ", "é."), ("", "한", "."), ("é.", "-", ""), ("", "éÉ", ""),
  ]

  /// What stands before each line, so that it begins where it should.
  enum Filler: CaseIterable {
    /// A line of one word.
    case word
    /// Empty lines.
    case feeds
    /// A line that is all that a line can be: sentences, with joined words.
    case sentences
    /// White space of the line's own.
    case spaces

    fileprivate func fill(_ count: Int) -> [UInt8] {
      switch self {
      case .word: count == 0 ? [] : [UInt8](repeating: 0x78, count: count - 1) + [0x0a]
      case .feeds: [UInt8](repeating: 0x0a, count: count)
      case .sentences: count == 0 ? [] : (0..<count - 1).map { Array("aB.".utf8)[$0 % 3] } + [0x0a]
      case .spaces: [UInt8](repeating: 0x20, count: count)
      }
    }
  }

  /// Places of a block where lines begin: at a border, and so near to the next that it lies in the line, or behind it.
  static let offsets = Array(0...2) + [31] + Array(48...63)

  /// All lines, each at the same place of a block, behind its filler.
  static func text(beginningAt offset: Int, after filler: Filler) -> [UInt8] {
    var text: [UInt8] = []
    for line in short + long {
      text += filler.fill((offset - text.count % 64 + 64) % 64)
      text += Array(line.utf8) + [0x0a]
    }
    return text
  }

  /// How many bytes a text has that ends near the border of a block.
  static let sizes = [1, 2, 3, 62, 63, 64, 65, 66, 127, 128, 129, 192, 193]

  /// Texts of so many bytes, the last of which is a line feed.
  static func texts(ofBytes count: Int) -> [[UInt8]] {
    let wholes = [
      "\n", " ", "a", "A", "1", ".", "-", "aB", "a.", ". ", "a ", "a\n", "aB\n", " \n", ".\n", "é", "”", "中",
    ]
    let ends = ["", "a", ".", "a.", "aB", "aB.", " ", "\r", "\n", "\n\n", "…", "”", "é", "a\u{a0}"]
    return wholes.flatMap { whole in
      ends.map { end in
        let end = Array((Array(end.utf8) + [0x0a]).suffix(count))
        let room = max(0, count - end.count)
        let beginning = Array(String(repeating: whole, count: room).utf8).prefix(room)
        return beginning + end
      }
    }
  }
}
