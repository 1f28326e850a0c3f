/// The model file, byte by byte (format version 6; all numbers little-endian).
///
/// | offset | bytes | what |
/// |---|---|---|
/// | 0 | 8 | `CHAFFMDL` |
/// | 8 | 4 | format version: 6 |
/// | 12 | 4 | normalisation version: ``Normalization/version`` |
/// | 16 | 8 | length of the file |
/// | 24 | 8 | ``Checksum`` of all bytes from 32 on |
/// | 32 | 5 × 16 | sections, in the order below: name (4 bytes), zero (4), length in bytes (8) |
/// | 112 | 16 | section `OWNR` like those above, or zero if there is none |
/// | 128 | … | the sections' bytes, each followed by zeros up to a multiple of 64 |
///
/// | section | what |
/// |---|---|
/// | `LABL` | how many labels (LEB128), then each label's path with its length before it, ascending |
/// | `PARA` | ``ModelParameters``: see ``ParameterCoding`` |
/// | `CHAI` | ``ChainCounts``, of the ``PagePhases`` that section `PARA` says: first, last, lines (LEB128); the pairs that are not 0, as how many and then, for each, its distance from the one before and its count (LEB128) |
/// | `TABL` | ``FeatureTable`` |
/// | `VOCA` | ``Vocabulary``: see `VocabularyCoding` |
/// | `OWNR` | optional: the model that was taught rows of one's own, and those rows; nothing that classifying reads |
package enum ModelFormat {
  package static let magic: [UInt8] = Array("CHAFFMDL".utf8)
  package static let version: UInt32 = 6
  static let sections = ["LABL", "PARA", "CHAI", "TABL", "VOCA"]
  /// A section that may follow them.
  static let optionalSection = "OWNR"
  package static let headerSize = 128
  package static let checkedFrom = 32
  static let alignment = 64
  /// A file of more bytes is none.
  package static let sizeLimit = 1 << 30

  /// Whether a file that begins with these bytes can be a model of more bytes.
  package static func mayGoOn(_ beginning: [UInt8]) -> Bool {
    FileBeginning.mayGoOn(beginning, magic: magic, lengthOffset: 16, limit: sizeLimit)
  }
}
