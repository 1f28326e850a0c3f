import Chaff
@testable import ChaffTraining
import Testing

/// One test for each rule of the part format that can be broken.
struct PartFileTests {
  private static let labelled = "nav\tHome\ncontent\tThe café was closed, 3 < 4.\nskip\tx\n\n# part\nnav\tSport\n"

  private static func bytes() throws -> [UInt8] { CountedPages(try Toy.pages(labelled)).bytes }

  private func error(_ bytes: [UInt8]) -> PartError? {
    do throws(PartError) {
      _ = try CountedPages(bytes: bytes)
      return nil
    } catch { return error }
  }

  /// Changes the body and makes the header fit it again.
  private func mended(_ bytes: [UInt8], _ change: (inout [UInt8]) -> Void) -> [UInt8] {
    var body = Array(bytes[40...])
    change(&body)
    var writer = ByteWriter()
    writer.append(contentsOf: bytes[..<24])
    writer.append(UInt64(body.count + 40))
    writer.append(body.withUnsafeBytes { Checksum.of($0) })
    writer.append(contentsOf: body)
    return writer.bytes
  }

  @Test func roundTrip() throws {
    let bytes = try Self.bytes()
    let read = try CountedPages(bytes: bytes)
    #expect(read.bytes == bytes)
    let corpus = CountedPages.merging([CountedPages(try Toy.pages(Self.labelled))]).corpus
    #expect(read.corpus.lines == corpus.lines)
    #expect(read.corpus.pages == corpus.pages)
    #expect(read.corpus.features == corpus.features)
    #expect(read.corpus.index.names == corpus.index.names)
    #expect(read.corpus.labels == corpus.labels)
  }

  @Test func header() throws {
    let bytes = try Self.bytes()
    #expect(error([]) == .notAPart)
    #expect(error(Array("CHAFFMDL".utf8) + bytes.dropFirst(8)) == .notAPart)
    #expect(error(Array(bytes[..<20])) == .wrongLength(found: 20, stated: 40))
    for offset in [8, 12, 16, 20] {
      var other = bytes
      other[offset] ^= 0x40
      #expect(error(other) == .unsupportedVersion)
    }
    #expect(error(bytes + [0]) == .wrongLength(found: bytes.count + 1, stated: UInt64(bytes.count)))
    #expect(error(Array(bytes.dropLast())) == .wrongLength(found: bytes.count - 1, stated: UInt64(bytes.count)))
    var damaged = bytes
    damaged[60] ^= 1
    #expect(error(damaged) == .wrongChecksum)
  }

  @Test func everyCutIsFound() throws {
    let bytes = try Self.bytes()
    for count in 0..<bytes.count - 40 {
      #expect(error(mended(bytes) { $0.removeLast($0.count - count) }) != nil)
    }
    #expect(error(mended(bytes) { $0.append(0) }) == .invalid("bytes after the last page"))
  }

  @Test func wrongValues() throws {
    let bytes = try Self.bytes()
    let body = Array(bytes[40...])
    // Two labels, "content" and "nav": out of order, not a label, not UTF-8.
    #expect(Array(body[..<2]) == [2, 7])
    #expect(error(mended(bytes) { $0[2] = UInt8(ascii: "z") }) == .invalid("labels out of order"))
    #expect(error(mended(bytes) { $0[2] = UInt8(ascii: " ") }) == .invalid("label"))
    #expect(error(mended(bytes) { $0[2] = 0xff }) == .invalid("label"))
    // A count in more bytes than it needs, or of more things than there are bytes.
    #expect(error(mended(bytes) { $0.replaceSubrange(0..<1, with: [0x82, 0]) }) == .invalid("labels"))
    #expect(error(mended(bytes) { $0.replaceSubrange(0..<1, with: [0xff, 0x7f]) }) == .invalid("labels"))
    // The first feature's block.
    let feature = 2 + 7 + 1 + 3 + 1
    #expect(error(mended(bytes) { $0[feature] = UInt8(FeatureBlock.count) }) == .invalid("block"))
    #expect(error(mended(bytes) { $0[feature] = 99 }) == .invalid("block"))
  }

  /// Neither may be crafted: a hash that is not its name's, to crowd the index; a feature twice in a line, to overflow
  /// counts.
  @Test func wrongFeatures() throws {
    let bytes = try Self.bytes()
    let feature = 2 + 7 + 1 + 3 + 1
    #expect(error(mended(bytes) { $0[feature + 1] ^= 1 }) == .invalid("hash of a feature"))
    let corpus = CountedPages(try Toy.pages("nav\tHome Sport\n")).corpus.named()
    #expect(corpus.features == [0, 1, 2, 3, 4, 5, 6])
    let sound = CountedPages(corpus: corpus).bytes
    let features = try #require(sound.indices.last { Array(sound[$0...].prefix(8)) == [7, 0, 1, 2, 3, 4, 5, 6] })
    for place in 1...6 {
      let crafted = mended(sound) { $0[features - 40 + place + 1] = UInt8(place - 1) }
      #expect(error(crafted) == .invalid("feature twice in a line"))
    }
  }

  /// Whatever is changed, reading ends with an error or with pages that can be written; training on them does not trap.
  @Test func randomDamageNeverTraps() throws {
    let bytes = try Self.bytes()
    var generator = SplitMix64(seed: 2026)
    var survivors = 0
    for _ in 0..<2_000 {
      let changed = mended(bytes) { body in
        for _ in 0..<Int.random(in: 1...3, using: &generator) {
          body[Int.random(in: body.indices, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
        }
      }
      guard let counted = try? CountedPages(bytes: changed) else { continue }
      survivors += 1
      #expect(counted.bytes.count > 40)
      if survivors % 50 == 0 { _ = try? Trainer.train(CountedPages.merging([counted]), options: Toy.fast) }
    }
    #expect(survivors > 0)
  }

  @Test func reasonsInWords() {
    #expect(PartError.notAPart.description == "not a part file of chaff count")
    #expect(PartError.wrongChecksum.description.contains("checksum"))
    #expect(PartError.invalid("label").description == "the part file is damaged: label")
    #expect(PartError.wrongLength(found: 3, stated: 40).description.contains("3 bytes, its header states 40"))
    #expect(PartError.unsupportedVersion.description.contains("another version"))
  }
}
