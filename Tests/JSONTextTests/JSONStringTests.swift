import Foundation
import JSONText
import Testing

struct JSONStringTests {
  private func decode(_ bytes: [UInt8]) -> [UInt8] {
    bytes.withUnsafeBufferPointer { JSONString.decode($0) }
  }

  private func encode(_ bytes: some Sequence<UInt8>) -> [UInt8] {
    var output: [UInt8] = []
    JSONString.append(bytes, to: &output)
    return output
  }

  static let decoded: [(String, String)] = [
    (#""""#, ""),
    (#""plain é 😀""#, "plain é 😀"),
    (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{c}\n\r\t"),
    (#""\u0041\u00e9\u20AC\u20ac\u0000""#, "Aé€€\u{0}"),
    (#""a\ud83d\ude00b""#, "a😀b"),
    (#""\ud800\udc00\udbff\udfff""#, "\u{10000}\u{10ffff}"),
    // A surrogate without its partner.
  ]

  @Test(arguments: decoded)
  func decodes(_ json: String, _ text: String) {
    #expect(decode(Array(json.utf8)) == Array(text.utf8))
  }

  /// Each lone surrogate is three bytes, and comes back as it was.
  @Test(arguments: [
    (#""\ud83d""#, "[D83D]"), (#""\ude00x""#, "[DE00]x"), (#""\ud83dx\ude00""#, "[D83D]x[DE00]"),
    (#""\ud83d\n""#, "[D83D]\n"), (#""\ud83dA""#, "[D83D]A"), (#""\ud83d😀""#, "[D83D]😀"),
    (#""\ude00\ud83d""#, "[DE00][D83D]"), (#""\udfff\ud800""#, "[DFFF][D800]"),
  ])
  func keepsLoneSurrogates(_ json: String, _ text: String) {
    let surrogates: [String: [UInt8]] = [
      "D83D": [0xed, 0xa0, 0xbd], "DE00": [0xed, 0xb8, 0x80], "DFFF": [0xed, 0xbf, 0xbf], "D800": [0xed, 0xa0, 0x80],
    ]
    let bytes = text.split(separator: "[").flatMap { piece in
      let parts = piece.split(separator: "]", omittingEmptySubsequences: false)
      return (surrogates[String(parts[0])] ?? []) + Array((parts.count > 1 ? parts[1] : "").utf8)
    }
    #expect(decode(Array(json.utf8)) == bytes)
    #expect(encode(bytes) == Array(json.utf8))
  }

  @Test func encodesWhatMustBeEscaped() {
    let text = "\"\\/\n\r\t\u{0}\u{8}\u{1f}\u{7f} é😀"
    #expect(encode(text.utf8) == Array(#""\"\\/\n\r\t\u0000\u0008\u001f"#.utf8) + Array("\u{7f} é😀\"".utf8))
  }

  @Test func appendsAfterWhatIsThere() {
    var output = Array("x".utf8)
    JSONString.append("y".utf8, to: &output)
    #expect(output == Array(#"x"y""#.utf8))
  }

  @Test func roundTripOfEveryByte() throws {
    let bytes = Array(UInt8.min...UInt8.max)
    #expect(decode(encode(bytes)) == bytes)
  }

  @Test func roundTripOfRandomBytes() throws {
    var generator = SeededGenerator(seed: 4711)
    for _ in 0..<500 {
      let count = Int.random(in: 0..<60, using: &generator)
      let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
      let json = encode(bytes)
      #expect(decode(json) == bytes)
      // What is written is a string that the scanner takes whole.
      #expect(try JSONObject(Array("{\"k\":".utf8) + json + [UInt8(ascii: "}")]).string("k") == bytes)
    }
  }

  @Test func foundationReadsWhatIsWritten() throws {
    var generator = SeededGenerator(seed: 99)
    for _ in 0..<100 {
      let scalars = (0..<20).compactMap { _ in Unicode.Scalar(UInt32.random(in: 0..<0x3000, using: &generator)) }
      let text = String(String.UnicodeScalarView(scalars))
      let read = try JSONDecoder().decode([String].self, from: Data([0x5b] + encode(text.utf8) + [0x5d]))
      #expect(read.first.map { Array($0.utf8) } == Array(text.utf8))
    }
  }
}
