/// Text in the columns of a terminal.
enum TerminalText {
  /// How many columns a scalar takes: none for marks that combine, two for wide ones of East Asia and pictures (W and F
  /// of Unicode Standard Annex 11).
  static func width(_ scalar: Unicode.Scalar) -> Int {
    if scalar.value < 0x300 { return 1 }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: break
    }
    switch scalar.value {
    case 0x1100...0x115f, 0x2329...0x232a, 0x2e80...0x303e, 0x3041...0x4dbf, 0x4e00...0xa4cf, 0xa960...0xa97c,
      0xac00...0xd7a3, 0xf900...0xfaff, 0xfe10...0xfe19, 0xfe30...0xfe6f, 0xff01...0xff60, 0xffe0...0xffe6,
      0x16fe0...0x18d08, 0x1aff0...0x1b2ff, 0x1f200...0x1f265, 0x20000...0x3fffd:
      return 2
    default: return scalar.properties.isEmojiPresentation ? 2 : 1
    }
  }

  /// How many columns a text takes.
  static func width(_ text: some StringProtocol) -> Int { text.unicodeScalars.reduce(0) { $0 + width($1) } }

  /// The longest beginning of whole characters that takes at most so many columns.
  static func prefix(_ text: String, _ columns: Int) -> Substring {
    // No character takes more columns than bytes.
    guard text.utf8.count > columns else { return text[...] }
    var used = 0
    var end = text.startIndex
    while end < text.endIndex {
      let next = text.index(after: end)
      used += width(text[end..<next])
      if used > columns { break }
      end = next
    }
    return text[..<end]
  }

  /// The beginning of a text that takes at most so many columns, filled up with spaces; what is cut ends with "~".
  static func fitted(_ text: String, _ columns: Int) -> String {
    let lines = wrapped(text, columns, lines: 1)
    guard let line = lines.first else { return String(repeating: " ", count: columns) }
    return line
  }

  /// A text over some lines of so many columns, each filled up; what is cut at the end ends with "~".
  static func wrapped(_ text: String, _ columns: Int, lines count: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    var used = 0
    var rest = text.unicodeScalars[...]
    while let scalar = rest.first {
      let width = width(scalar)
      if used + width > columns {
        if lines.count == count - 1 {
          lines.append(cut(line, columns))
          return lines
        }
        lines.append(line + String(repeating: " ", count: columns - used))
        (line, used) = ("", 0)
      }
      line.unicodeScalars.append(scalar)
      used += width
      rest = rest.dropFirst()
    }
    lines.append(line + String(repeating: " ", count: columns - used))
    while lines.count < count { lines.append(String(repeating: " ", count: columns)) }
    return lines
  }

  private static func cut(_ line: String, _ columns: Int) -> String {
    var scalars = line.unicodeScalars
    var used = scalars.reduce(0) { $0 + width($1) }
    while used > columns - 1, let last = scalars.popLast() { used -= width(last) }
    return String(scalars) + "~" + String(repeating: " ", count: max(0, columns - 1 - used))
  }
}
