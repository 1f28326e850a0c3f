import Chaff
import Testing

struct FileBeginningTests {
  private func mayGoOn(_ bytes: [UInt8]) -> Bool {
    FileBeginning.mayGoOn(bytes, magic: Array("MAGIC".utf8), lengthOffset: 8, limit: 1 << 20)
  }

  private func header(length: UInt64, count: Int) -> [UInt8] {
    var writer = ByteWriter()
    writer.append(contentsOf: Array("MAGIC123".utf8))
    writer.append(length)
    writer.append(contentsOf: [UInt8](repeating: 7, count: count - 16))
    return writer.bytes
  }

  @Test func `A beginning that is not the file's own ends the reading`() {
    for text in ["", "M", "MAG", "MAGIC", "MAGIC and no length"] {
      let isCut = text.utf8.count < 16
      #expect(mayGoOn(Array(text.utf8)) == isCut, "\(text)")
    }
    for text in ["m", "MAGIX", "AMAGIC", "\0\0\0\0\0\0\0\0\0\0"] { #expect(!mayGoOn(Array(text.utf8)), "\(text)") }
  }

  @Test func `No more is read than the header states, and a byte to tell`() {
    #expect(mayGoOn(header(length: 20, count: 16)))
    #expect(mayGoOn(header(length: 20, count: 20)))
    #expect(!mayGoOn(header(length: 20, count: 21)))
    #expect(mayGoOn(header(length: 1 << 20, count: 16)))
    #expect(!mayGoOn(header(length: 1 << 20 + 1, count: 16)))
    #expect(!mayGoOn(header(length: .max, count: 16)))
    #expect(!mayGoOn(header(length: 0, count: 16)))
  }
}
