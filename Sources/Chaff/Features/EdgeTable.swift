import CLanes

/// What bytes are at the edges of a line and among its marks, by tables.
struct EdgeTable {
  /// For each byte, 1 in the lane of its ``LineLook/Mark``; beyond ASCII and for line feeds, nothing.
  private let units: UnsafeMutablePointer<SIMD16<UInt8>>
  /// Whether a mark says more than its kind: ":", "/", "@", and all beyond ASCII.
  private let isSpecial: UnsafeMutablePointer<UInt8>
  /// ``LineLook/first`` for a line that begins with the byte; 255 for white space.
  private let codes: UnsafeMutablePointer<UInt8>

  init() {
    units = .allocate(capacity: 256)
    units.initialize(repeating: SIMD16(repeating: 0), count: 256)
    isSpecial = .allocate(capacity: 256)
    isSpecial.initialize(repeating: 1, count: 256)
    codes = .allocate(capacity: 128)
    for byte in UInt8(0)..<128 {
      let mark = LineLook.Mark(punctuation: byte)
      if byte != 0x0a { units[Int(byte)][Int(mark.rawValue)] = 1 }
      isSpecial[Int(byte)] = byte == 0x3a || byte == 0x2f || byte == 0x40 ? 1 : 0
      let kind = ByteClass.of(byte)
      let code = kind == ByteClass.space ? 255 : kind == ByteClass.other ? 16 + mark.rawValue : kind
      (codes + Int(byte)).initialize(to: code)
    }
  }

  func deallocate() {
    units.deallocate()
    isSpecial.deallocate()
    codes.deallocate()
  }

  /// The tables of marks.
  var marks: chaff_mark_kinds {
    chaff_mark_kinds(units: UnsafeMutableRawPointer(units).assumingMemoryBound(to: UInt8.self), is_special: isSpecial)
  }

  /// Finds the first and the last thing seen on a line whose letters are ASCII.
  @inline(__always)
  func addEdges(of line: UnsafePointer<UInt8>, count: Int, to look: inout LineLook) {
    var index = 0
    while index < count {
      let byte = line[index]
      if byte < 0x80 {
        look.first = codes[Int(byte)]
        index &+= 1
      } else {
        look.isWide = true
        let (code, length) = Self.symbol(line, at: index, end: count)
        look.first = code
        index &+= length
      }
      if look.first != 255 { break }
    }
    guard look.first != 255 else { return }
    var last = count
    while last > 0 && look.last == 255 {
      last &-= 1
      let byte = line[last]
      if byte < 0x80 {
        look.last = codes[Int(byte)]
      } else {
        look.last = Self.lastSymbol(line, &last, end: count)
      }
    }
  }

  @inline(never)
  private static func symbol(_ line: UnsafePointer<UInt8>, at index: Int, end: Int) -> (code: UInt8, length: Int) {
    let (scalar, length) = UTF8Decoding.scalar(line, at: index, end: end)
    return (LineLook.Mark(symbol: scalar ?? 0xfffd).map { 16 + $0.rawValue } ?? 255, length)
  }

  /// The symbol whose last byte stands at `last`, which moves to its first; a byte of no scalar is a symbol by itself.
  @inline(never)
  private static func lastSymbol(_ line: UnsafePointer<UInt8>, _ last: inout Int, end: Int) -> UInt8 {
    for length in 2...4 where last + 1 >= length {
      let start = last + 1 - length
      if UTF8Decoding.scalar(line, at: start, end: end).length == length {
        last = start
        return symbol(line, at: start, end: end).code
      }
    }
    return 16 + LineLook.Mark.other.rawValue
  }
}
