import ChaffChecks
import Testing

@testable import Chaff

struct SymbolKindTests {
  /// All scalars beyond ASCII.
  private static let scalars = (0x80...0x10ffff as ClosedRange<UInt32>).compactMap(Unicode.Scalar.init)

  /// Unicode's white space, and what else shows as nothing: control codes, variation selectors, and the byte-order mark,
  /// which once was a space without width.
  @Test func `Spaces are those of Unicode, and what shows as nothing`() {
    let invisible: [ClosedRange<UInt32>] = [0x80...0x9f, 0xfe00...0xfe0f, 0xfeff...0xfeff]
    for scalar in Self.scalars {
      let isSpace = scalar.properties.isWhitespace || invisible.contains { $0.contains(scalar.value) }
      let isFound = SymbolKind(symbol: scalar.value) == .space
      if isFound != isSpace { Issue.record("U+\(String(scalar.value, radix: 16))") }
    }
  }

  /// Swift does not know Unicode's sentence terminals; their names say what they are.
  @Test func `Stops are full stops, question and exclamation marks and the ellipsis of common scripts`() {
    let stops = Self.scalars.filter { SymbolKind(symbol: $0.value) == .stop }
    #expect(stops.map(\.value) == [0xa1, 0xbf, 0x37e, 0x61f, 0x6d4, 0x964, 0x2026, 0x3002, 0xff01, 0xff0e, 0xff1f])
    for scalar in stops {
      let properties = scalar.properties
      #expect(properties.generalCategory == .otherPunctuation)
      let name = properties.name ?? ""
      let kinds = ["FULL STOP", "QUESTION MARK", "EXCLAMATION MARK", "ELLIPSIS", "DANDA"]
      #expect(kinds.contains { name.hasSuffix($0) }, "\(name)")
    }
  }

  @Test func `In ASCII a stop, a question mark and an exclamation mark are stops`() {
    for byte in UInt8(0)..<0x80 {
      let isStop = ".!?".utf8.contains(byte)
      #expect(SymbolKind(punctuation: byte) == (isStop ? .stop : .mark), "\(byte)")
    }
  }

  /// What a symbol is shows in the line behind whose word it stands.
  @Test func `A stop of any kind ends the sentence, and no other symbol does`() {
    for scalar in Self.scalars.prefix(0x10000) {
      guard case .symbol = Normalization.classify(scalar.value) else { continue }
      let look = RecordingSink.look("Go\(Character(scalar))")
      let isStop = SymbolKind(symbol: scalar.value) == .stop
      if look.wordCount != 1 || look.endsSentence != isStop { Issue.record("U+\(String(scalar.value, radix: 16))") }
    }
  }
}
