import Chaff

/// The rows of a text file, with the byte-order mark and the line ends taken off.
struct RowSource {
  let file: String
  private let bytes: [UInt8]
  private var next = 0
  private var end: Int
  private(set) var lineNumber = 0

  static let byteOrderMark: [UInt8] = [0xef, 0xbb, 0xbf]

  init(_ bytes: [UInt8], file: String) throws(CorpusError) {
    self.file = file
    self.bytes = bytes
    end = bytes.count
    if bytes.starts(with: [0xff, 0xfe]) || bytes.starts(with: [0xfe, 0xff]) {
      throw CorpusError(file: file, line: 1, fault: .utf16)
    }
    if bytes.starts(with: Self.byteOrderMark) { next = 3 }
  }

  /// The next row, or nil at the end.
  mutating func row() throws(CorpusError) -> ArraySlice<UInt8>? {
    guard next < end else { return nil }
    lineNumber += 1
    let row = rawRow()
    guard Self.isUTF8(row) else { throw error(.invalidUTF8) }
    return row
  }

  /// The next row, whatever its bytes are.
  private mutating func rawRow() -> ArraySlice<UInt8> {
    let feed = bytes.withUnsafeBufferPointer { LineSplitter.nextLineFeed($0, from: next) } ?? bytes.count
    var row = bytes[next..<feed]
    next = feed + 1
    if row.last == 0x0d { row.removeLast() }
    return row
  }

  /// Splits what is unread where a blank row follows one that `isRow`, which may be told of rows that are not UTF-8: behind
  /// the blank row.
  /// - Returns: sources of about the same length, at most so many, in order.
  func pieces(atMost count: Int, after isRow: (ArraySlice<UInt8>) -> Bool) -> [RowSource] {
    var pieces: [RowSource] = []
    var rest = self
    for part in 1..<max(1, count) {
      var search = rest
      search.next = max(rest.next, next + (end - next) * part / count)
      // From the beginning of a row on.
      if search.next > rest.next { _ = search.rawRow() }
      var isBehindRow = false
      while search.next < end {
        let row = search.rawRow()
        if row.isBlank && isBehindRow { break }
        isBehindRow = !row.isBlank && isRow(row)
      }
      guard search.next < end else { break }
      var piece = rest
      piece.end = search.next
      pieces.append(piece)
      rest.lineNumber += bytes[rest.next..<search.next].reduce(0) { $0 + ($1 == 0x0a ? 1 : 0) }
      rest.next = search.next
    }
    return pieces + [rest]
  }

  func error(_ fault: CorpusError.Fault) -> CorpusError {
    CorpusError(file: file, line: lineNumber, fault: fault)
  }

  /// ASCII is told by its bytes; only the rest is decoded.
  private static func isUTF8(_ row: ArraySlice<UInt8>) -> Bool {
    row.isASCII || String(validating: row, as: UTF8.self) != nil
  }
}

extension ArraySlice<UInt8> {
  /// Whether all bytes are, eight at a time.
  fileprivate var isASCII: Bool {
    withUnsafeBytes { bytes in
      var all: UInt64 = 0
      for word in 0..<bytes.count / 8 { all |= bytes.loadUnaligned(fromByteOffset: word &* 8, as: UInt64.self) }
      for byte in bytes.count / 8 * 8..<bytes.count { all |= UInt64(bytes[byte]) }
      return all & 0x8080_8080_8080_8080 == 0
    }
  }

  var text: String { String(decoding: self, as: UTF8.self) }

  /// Whether there is nothing but white space.
  var isBlank: Bool { allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0d } }

  /// The first byte that is neither white space nor a line end.
  var firstVisible: UInt8? { first { $0 != 0x20 && $0 != 0x09 && $0 != 0x0d && $0 != 0x0a } }
}
