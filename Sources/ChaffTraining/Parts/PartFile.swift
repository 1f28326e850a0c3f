import Chaff

/// The part file, byte by byte (format version 2; all numbers little-endian).
///
/// | offset | bytes | what |
/// |---|---|---|
/// | 0 | 8 | `CHAFFPRT` |
/// | 8 | 4 | format version: 2 |
/// | 12 | 4 | normalisation version: ``Normalization/version`` |
/// | 16 | 4 | blocks of features |
/// | 20 | 4 | length classes |
/// | 24 | 8 | length of the file |
/// | 32 | 8 | ``Checksum`` of all bytes from 40 on |
/// | 40 | … | the pages: see `PartCoding` |
enum PartFile {
  static let magic: [UInt8] = Array("CHAFFPRT".utf8)
  private static let version: UInt32 = 2
  private static let headerSize = 40
  /// A file of more bytes is none.
  private static let sizeLimit = 1 << 38

  /// Whether a file that begins with these bytes can be a part file of more bytes.
  static func mayGoOn(_ beginning: [UInt8]) -> Bool {
    FileBeginning.mayGoOn(beginning, magic: magic, lengthOffset: 24, limit: sizeLimit)
  }

  /// What must be the same in the program that wrote a file and the one that reads it.
  private static var versions: [UInt32] {
    [version, Normalization.version, UInt32(FeatureBlock.count), UInt32(LengthClass.count)]
  }

  static func bytes(_ corpus: IndexedCorpus) -> [UInt8] {
    let body = PartCoding.write(corpus)
    var file = ByteWriter()
    file.append(contentsOf: magic)
    for version in versions { file.append(version) }
    file.append(UInt64(headerSize + body.count))
    file.append(body.withUnsafeBytes { Checksum.of($0) })
    file.append(contentsOf: body)
    return file.bytes
  }

  static func read(_ bytes: [UInt8]) throws(PartError) -> IndexedCorpus {
    guard bytes.starts(with: magic) else { throw .notAPart }
    guard bytes.count >= headerSize else { throw .wrongLength(found: bytes.count, stated: UInt64(headerSize)) }
    func number<T: FixedWidthInteger>(_ offset: Int, _ type: T.Type) -> T {
      bytes.withUnsafeBytes { T(littleEndian: $0.loadUnaligned(fromByteOffset: offset, as: T.self)) }
    }
    for (place, version) in versions.enumerated() {
      guard number(8 + 4 * place, UInt32.self) == version else { throw .unsupportedVersion }
    }
    let stated = number(24, UInt64.self)
    guard stated == UInt64(bytes.count) else { throw .wrongLength(found: bytes.count, stated: stated) }
    return try bytes.withUnsafeBufferPointer { bytes throws(PartError) in
      let body = UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(bytes)[headerSize...])
      guard Checksum.of(body) == number(32, UInt64.self) else { throw .wrongChecksum }
      return try PartCoding.read(body)
    }
  }
}
