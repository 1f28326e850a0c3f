import Chaff
import ChaffTraining
import Testing

struct ByteWriterTests {
  @Test func `Numbers are little-endian`() {
    var writer = ByteWriter()
    writer.append(UInt32(0x0102_0304))
    writer.append(UInt16(0xfffe))
    writer.append(1.0)
    writer.append(Float(1))
    #expect(
      writer.bytes == [4, 3, 2, 1, 0xfe, 0xff] + [0, 0, 0, 0, 0, 0, 0xf0, 0x3f] + [0, 0, 0x80, 0x3f])
  }

  @Test(
    arguments: [
      (0, [0]), (1, [1]), (127, [0x7f]), (128, [0x80, 1]), (300, [0xac, 2]), (16_384, [0x80, 0x80, 1]),
    ] as [(Int, [UInt8])])
  func `Variable numbers have seven bits a byte`(_ value: Int, _ bytes: [UInt8]) {
    var writer = ByteWriter()
    writer.appendVariable(value)
    #expect(writer.bytes == bytes)
  }

  @Test func `Text has its length before it`() {
    var writer = ByteWriter()
    writer.append(text: "é!")
    #expect(writer.bytes == [3, 0xc3, 0xa9, 0x21])
  }

  @Test func `Zeros fill up to a multiple`() {
    var writer = ByteWriter()
    writer.align(8)
    #expect(writer.bytes == [])
    writer.append(UInt8(1))
    writer.align(4)
    #expect(writer.bytes == [1, 0, 0, 0])
    writer.align(4)
    #expect(writer.bytes.count == 4)
  }
}
