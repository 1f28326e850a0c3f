import Chaff
import ChaffChecks
import ChaffTraining
import Testing

struct FeatureHashTests {
  /// The hashes are part of the model format: these must never change while its version stays.
  @Test func `The mixer is the one of the format`() {
    #expect(FeatureHash.mix(0) == 0)
    var x: UInt64 = 0x2301
    x = (x ^ (x >> 32)) &* 0xbf58_476d_1ce4_e5b9
    x = (x ^ (x >> 29)) &* 0x94d0_49bb_1331_11eb
    #expect(FeatureHash.number(digits: 1) == x ^ (x >> 32))
  }

  @Test func `The mixer keeps what differs apart`() {
    var seen: Set<UInt64> = []
    for bit in 0..<64 { seen.insert(FeatureHash.mix(1 << UInt64(bit))) }
    for value in UInt64(0)..<1000 { seen.insert(FeatureHash.mix(value * 3)) }
    // 3 × n is a power of two only for n that is none: all are different.
    #expect(seen.count == 1064)
  }

  @Test func `Words of up to 40 bytes that differ have different hashes`() {
    var seen: Set<UInt64> = []
    for count in 0...40 {
      let word = [UInt8](repeating: 0x61, count: count)
      #expect(seen.insert(WordHasher.hash(of: word)).inserted, "\(count)")
      for index in word.indices {
        var other = word
        other[index] = 0x62
        #expect(seen.insert(WordHasher.hash(of: other)).inserted, "\(count), \(index)")
      }
    }
  }

  @Test func `Adding byte by byte is hashing at once`() {
    var hasher = WordHasher()
    var text: [UInt8] = []
    for byte in Array("newsletters".utf8) {
      hasher.add(byte)
      text.append(byte)
      #expect(hasher.value == WordHasher.hash(of: text))
      #expect(hasher.count == text.count)
    }
  }

  @Test func `The order of a bigram matters`() {
    let (sign, up) = (WordHasher.hash(of: "sign".utf8), WordHasher.hash(of: "up".utf8))
    #expect(FeatureHash.bigram(sign, up) != FeatureHash.bigram(up, sign))
    #expect(FeatureHash.bigram(sign, sign) != FeatureHash.bigram(up, up))
  }

  @Test func `Names lead to the hashes that the scanner makes`() {
    let line = RecordingSink.scan(Array("Up 12 2024".utf8)).sink
    let words = ["up", "##", "#year"].map { FeatureHash.named(Array($0.utf8), in: .words) }
    #expect(line.words == words)
    let bigrams = ["^ up", "up ##", "## #year", "#year $"].map { FeatureHash.named(Array($0.utf8), in: .bigrams) }
    #expect(line.bigrams == bigrams)
  }

  @Test func `Names that are none have hash 0`() {
    #expect(FeatureHash.named(Array("one".utf8), in: .bigrams) == 0)
    for name in ["", "one", "one two", "one two three four"] {
      #expect(FeatureHash.named(Array(name.utf8), in: .patterns) == 0)
    }
  }

  @Test func `Numbers of five digits and more are one`() {
    let hashes = (1...8).map { FeatureHash.number(digits: $0) }
    #expect(Set(hashes).count == 5)
    #expect(hashes[4...].allSatisfy { $0 == hashes[4] })
    #expect(!hashes.contains(FeatureHash.year))
  }
}
