import ChaffTraining
import Testing

// `ByteReader` is internal: the model reader wraps it.
@testable import Chaff

struct ByteReaderTests {
  private func read<Value>(_ bytes: [UInt8], _ body: (inout ByteReader) throws -> Value) throws -> Value {
    try bytes.withUnsafeBytes { buffer in
      var reader = ByteReader(buffer, section: "TEST")
      return try body(&reader)
    }
  }

  private let tooShort = ModelError.wrongSectionLength(name: "TEST")
  private let invalid = ModelError.invalidValue(section: "TEST", what: "x")

  @Test func `Random numbers come back`() throws {
    var generator = SplitMix64(seed: 110)
    for _ in 0..<500 {
      let value = Int(generator.next() >> UInt64.random(in: 8...63, using: &generator))
      var writer = ByteWriter()
      writer.appendVariable(value)
      writer.append(Double(value))
      writer.append(text: "t\(value)")
      try read(writer.bytes) { reader in
        #expect(try reader.readVariable("x", limit: .max) == value)
        #expect(try reader.readDouble("x") == Double(value))
        #expect(try reader.readText("x", limit: 100) == "t\(value)")
        try reader.end()
      }
    }
  }

  @Test func `Nothing is read past the end`() {
    #expect(throws: tooShort) { try read([1, 2, 3]) { try $0.read(UInt32.self) } }
    #expect(throws: tooShort) { try read([]) { try $0.read(UInt8.self) } }
    #expect(throws: tooShort) { try read([0x80]) { try $0.readVariable("x", limit: 9) } }
    #expect(throws: tooShort) { try read([5, 0x61]) { try $0.readText("x", limit: 9) } }
    #expect(throws: tooShort) { try read([1]) { try $0.readBytes(2).count } }
    #expect(throws: tooShort) { try read([1]) { try $0.readBytes(-1).count } }
  }

  @Test func `What is left over is an error`() {
    #expect(throws: tooShort) { try read([1]) { try $0.end() } }
  }

  @Test(
    arguments: [
      [10], [0x80, 0x00], [0x89, 0x80, 0x00], [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01],
    ] as [[UInt8]])
  func `Variable numbers above the limit or longer than need be are refused`(_ bytes: [UInt8]) {
    #expect(throws: invalid) { try read(bytes) { try $0.readVariable("x", limit: 9) } }
  }

  @Test func `Numbers that are not finite are refused`() {
    for value in [Double.nan, .infinity, -.infinity] {
      var writer = ByteWriter()
      writer.append(value)
      #expect(throws: invalid) { try read(writer.bytes) { try $0.readDouble("x") } }
      writer = ByteWriter()
      writer.append(Float(value))
      #expect(throws: invalid) { try read(writer.bytes) { try $0.readFloat("x") } }
    }
  }

  @Test func `Text that is not UTF-8 is refused`() {
    #expect(throws: invalid) { try read([1, 0xff]) { try $0.readText("x", limit: 9) } }
  }
}
