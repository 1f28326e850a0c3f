import Chaff

/// A model file taken apart and put together again as ``ModelFormat`` describes it, so that tests can break one rule
/// at a time and keep the others.
struct SectionedModel {
  var sections: [(name: String, bytes: [UInt8])] = []

  /// Takes a sound file apart.
  init(_ file: [UInt8]) {
    var offset = 128
    for entry in stride(from: 32, to: 112, by: 16) {
      let name = String(decoding: file[entry..<entry + 4], as: UTF8.self)
      let length = Int(Self.number(file, at: entry + 8))
      sections.append((name, Array(file[offset..<offset + length])))
      offset += (length + 63) / 64 * 64
    }
  }

  /// The file.
  var file: [UInt8] {
    var writer = ByteWriter()
    writer.append(contentsOf: Array("CHAFFMDL".utf8))
    writer.append(UInt32(6))
    writer.append(UInt32(1))
    writer.append(UInt64(0))
    writer.append(UInt64(0))
    for (name, bytes) in sections {
      writer.append(contentsOf: Array(name.utf8))
      writer.append(UInt32(0))
      writer.append(UInt64(bytes.count))
    }
    writer.align(128)
    for (_, bytes) in sections {
      writer.append(contentsOf: bytes)
      writer.align(64)
    }
    return Self.sealed(writer.bytes)
  }

  /// The bytes of a section.
  subscript(name: String) -> [UInt8] {
    get { sections.first { $0.name == name }?.bytes ?? [] }
    set { for index in sections.indices where sections[index].name == name { sections[index].bytes = newValue } }
  }

  /// A file with the length and the checksum that its bytes want.
  static func sealed(_ file: [UInt8]) -> [UInt8] {
    let sum = file[32...].withUnsafeBytes { Checksum.of($0) }
    var writer = ByteWriter()
    writer.append(contentsOf: file[..<16])
    writer.append(UInt64(file.count))
    writer.append(sum)
    writer.append(contentsOf: file[32...])
    return writer.bytes
  }

  /// Eight bytes as a number.
  static func number(_ bytes: [UInt8], at offset: Int) -> UInt64 {
    bytes[offset..<offset + 8].reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }
}
