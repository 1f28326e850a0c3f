/// Reads a file of ours into memory.
enum WholeFile {
  private static let blockSize = 1 << 20

  /// The bytes of a file.
  ///
  /// It is read whole before anything is done with it: a file that is replaced meanwhile is the old one or the new one,
  /// and one that is overwritten in place fails its checksum.
  /// - Parameter mayGoOn: whether a file of the kind can begin with these bytes and have more, so that a device without
  ///   end is left alone after its first block.
  static func read(_ path: String, while mayGoOn: ([UInt8]) -> Bool) throws(CommandError) -> [UInt8] {
    guard let descriptor = System.open(path) else { throw CommandError(.noInput, "\(path): \(System.reason)") }
    defer { System.close(descriptor) }
    var bytes: [UInt8] = []
    while mayGoOn(bytes) {
      let size = bytes.count
      bytes.append(contentsOf: repeatElement(0, count: blockSize))
      let count = bytes.withUnsafeMutableBytes { buffer in
        System.read(descriptor, into: UnsafeMutableRawBufferPointer(rebasing: buffer[size...]))
      }
      guard let count else { throw CommandError(.noInput, "\(path): \(System.reason)") }
      bytes.removeLast(blockSize - count)
      if count == 0 { break }
    }
    return bytes
  }
}
