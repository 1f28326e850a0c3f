/// What the first bytes of a file of ours tell before the rest is read.
package enum FileBeginning {
  /// Whether a file that begins with these bytes can have more: what a reader asks before it reads on, so that it needs
  /// no more memory than the file's own header asks for.
  ///
  /// - Parameters:
  ///   - bytes: what has been read so far.
  ///   - magic: the first bytes of every file of the kind.
  ///   - lengthOffset: where the file's length stands, in eight bytes.
  ///   - limit: the most bytes that a file of the kind has.
  package static func mayGoOn(_ bytes: [UInt8], magic: [UInt8], lengthOffset: Int, limit: Int) -> Bool {
    guard bytes.starts(with: magic.prefix(bytes.count)) else { return false }
    guard bytes.count >= lengthOffset + 8 else { return true }
    let stated = bytes[lengthOffset..<lengthOffset + 8].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    // One byte more than is stated shows that the length is wrong.
    return stated <= UInt64(limit) && UInt64(bytes.count) <= stated
  }
}
