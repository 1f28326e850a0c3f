import CLanes

/// What bytes are at the edges of a line and among its marks, by tables.
struct EdgeTable {
  /// For each byte, 1 in the lane of its ``LineLook/Mark``; beyond ASCII and for line feeds, nothing.
  private let units: UnsafeMutablePointer<SIMD16<UInt8>>
  /// Whether a mark says more than its kind: ":", "/", "@", and all beyond ASCII.
  private let isSpecial: UnsafeMutablePointer<UInt8>
  /// What a line begins or ends with, as ``ShapeFeatures/edge(_:)`` has it, by the byte; 0 for white space, and
  /// `CHAFF_UNKNOWN_EDGE` beyond ASCII.
  let edges: UnsafeMutablePointer<UInt8>

  init() {
    units = .allocate(capacity: 256)
    units.initialize(repeating: SIMD16(repeating: 0), count: 256)
    isSpecial = .allocate(capacity: 256)
    isSpecial.initialize(repeating: 1, count: 256)
    edges = .allocate(capacity: 256)
    edges.initialize(repeating: UInt8(CHAFF_UNKNOWN_EDGE), count: 256)
    for byte in UInt8(0)..<128 {
      let mark = LineLook.Mark(punctuation: byte)
      if byte != 0x0a { units[Int(byte)][Int(mark.rawValue)] = 1 }
      isSpecial[Int(byte)] = byte == 0x3a || byte == 0x2f || byte == 0x40 ? 1 : 0
      edges[Int(byte)] = UInt8(ShapeFeatures.edge(Self.code(byte)))
    }
  }

  func deallocate() {
    units.deallocate()
    isSpecial.deallocate()
    edges.deallocate()
  }

  /// The tables of marks.
  var marks: chaff_mark_kinds {
    chaff_mark_kinds(units: UnsafeMutableRawPointer(units).assumingMemoryBound(to: UInt8.self), is_special: isSpecial)
  }

  /// ``LineLook/first`` for a line that begins with a byte of ASCII; 255 for white space.
  private static func code(_ byte: UInt8) -> UInt8 {
    let kind = ByteClass.of(byte)
    return kind == ByteClass.space
      ? 255 : kind == ByteClass.other ? 16 + LineLook.Mark(punctuation: byte).rawValue : kind
  }

  /// Finds the first and the last thing seen on a line whose letters are ASCII, and whether there is a byte beyond ASCII
  /// before the first.
  static func edges(of line: UnsafePointer<UInt8>, count: Int) -> (first: UInt8, last: UInt8, isWide: Bool) {
    var (first, last, isWide) = (UInt8(255), UInt8(255), false)
    var index = 0
    while index < count && first == 255 {
      var length = 1
      if line[index] < 0x80 {
        first = code(line[index])
      } else {
        isWide = true
        (first, length) = symbol(line, at: index, end: count)
      }
      index += length
    }
    guard first != 255 else { return (first, last, isWide) }
    var end = count
    while end > 0 && last == 255 {
      end -= 1
      last = line[end] < 0x80 ? code(line[end]) : lastSymbol(line, &end, end: count)
    }
    return (first, last, isWide)
  }

  private static func symbol(_ line: UnsafePointer<UInt8>, at index: Int, end: Int) -> (code: UInt8, length: Int) {
    let (scalar, length) = UTF8Decoding.scalar(line, at: index, end: end)
    guard let scalar else { return (16 + LineLook.Mark.other.rawValue, length) }
    return (LineLook.Mark(symbol: scalar).map { 16 + $0.rawValue } ?? 255, length)
  }

  /// The symbol whose last byte stands at `last`, which moves to its first; a byte of no scalar is a symbol by itself.
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
