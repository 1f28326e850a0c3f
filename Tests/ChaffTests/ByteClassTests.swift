import Chaff
import Testing

struct ByteClassTests {
  @Test func `Every byte has the class of its character`() {
    for byte in UInt8.min...UInt8.max {
      let expected =
        switch byte {
        case 0x09...0x0d, 0x20: ByteClass.space
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): ByteClass.upper
        case UInt8(ascii: "a")...UInt8(ascii: "z"): ByteClass.lower
        case UInt8(ascii: "0")...UInt8(ascii: "9"): ByteClass.digit
        case 0x80...0xff: ByteClass.wide
        default: ByteClass.other
        }
      #expect(ByteClass.of(byte) == expected, "byte \(byte)")
    }
  }
}
