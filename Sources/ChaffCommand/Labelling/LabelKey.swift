/// A key of a terminal.
enum LabelKey: Equatable {
  case up, down, left, right, pageUp, pageDown, home, end, enter, tab, escape, backspace, redraw, interrupt
  case character(Character)
}

/// Makes keys of the bytes that a terminal sends.
struct LabelKeyDecoder {
  private var pending: [UInt8] = []

  /// Whether an escape byte waits for what may follow it: over a slow line an arrow key's bytes come apart.
  var isWaiting: Bool { !pending.isEmpty }

  /// Takes bytes, and gives the keys that are complete.
  mutating func keys(_ bytes: [UInt8]) -> [LabelKey] {
    pending.append(contentsOf: bytes)
    var keys: [LabelKey] = []
    while let length = next(&keys) { pending.removeFirst(length) }
    return keys
  }

  /// Nothing followed: an escape byte by itself is the key, anything else is noise.
  mutating func timeOut() -> [LabelKey] {
    defer { pending.removeAll() }
    return pending == [0x1b] ? [.escape] : []
  }

  /// Reads one key; nil if there is none, or not all of it.
  private func next(_ keys: inout [LabelKey]) -> Int? {
    guard let first = pending.first else { return nil }
    switch first {
    case 0x1b: return escape(&keys)
    case 0x0d, 0x0a: keys.append(.enter)
    case 0x09: keys.append(.tab)
    case 0x7f, 0x08: keys.append(.backspace)
    case 0x03: keys.append(.interrupt)
    case 0x0c: keys.append(.redraw)
    case 0..<0x20: break
    case 0x20..<0x7f: keys.append(.character(Character(Unicode.Scalar(first))))
    default: return scalar(&keys)
    }
    return 1
  }

  /// A scalar beyond ASCII.
  private func scalar(_ keys: inout [LabelKey]) -> Int? {
    let length = pending[0] >= 0xf0 ? 4 : pending[0] >= 0xe0 ? 3 : pending[0] >= 0xc0 ? 2 : 1
    guard pending.count >= length else { return nil }
    if let text = String(validating: pending[..<length], as: UTF8.self), let character = text.first {
      keys.append(.character(character))
      return length
    }
    return 1
  }

  private static let finals: [UInt8: LabelKey] = [
    UInt8(ascii: "A"): .up, UInt8(ascii: "B"): .down, UInt8(ascii: "C"): .right, UInt8(ascii: "D"): .left,
    UInt8(ascii: "H"): .home, UInt8(ascii: "F"): .end,
  ]
  private static let numbered: [[UInt8]: LabelKey] = [
    [0x31]: .home, [0x37]: .home, [0x34]: .end, [0x38]: .end, [0x35]: .pageUp, [0x36]: .pageDown, [0x33]: .backspace,
  ]

  /// A control sequence: `ESC [` parameters final, or `ESC O` final. Those that mean nothing here are swallowed.
  private func escape(_ keys: inout [LabelKey]) -> Int? {
    guard pending.count > 1 else { return nil }
    guard pending[1] == UInt8(ascii: "[") || pending[1] == UInt8(ascii: "O") else {
      keys.append(.escape)
      return 1
    }
    guard let end = pending[2...].firstIndex(where: { (0x40...0x7e).contains($0) }) else {
      return pending.count > 16 ? pending.count : nil
    }
    let parameter = Array(pending[2..<end].prefix { $0 != UInt8(ascii: ";") })
    let key = pending[end] == UInt8(ascii: "~") ? Self.numbered[parameter] : Self.finals[pending[end]]
    if let key { keys.append(key) }
    return end + 1
  }
}
