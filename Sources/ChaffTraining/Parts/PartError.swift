/// Why bytes are not counted pages: one case for each rule of the part format that can be broken.
public enum PartError: Error, Equatable, Sendable {
  /// The first eight bytes are not those of a part file.
  case notAPart
  /// The format, or what lines are made into, is of a version that this program does not know.
  case unsupportedVersion
  /// The bytes end before, or go on after, the length that the header states.
  case wrongLength(found: Int, stated: UInt64)
  /// The checksum over all bytes after it does not fit.
  case wrongChecksum
  /// A value that the format forbids: out of range, out of order, too much or too little.
  case invalid(String)
}

extension PartError: CustomStringConvertible {
  /// The reason in words.
  public var description: String {
    switch self {
    case .notAPart: "not a part file of chaff count"
    case .unsupportedVersion: "the part file was counted by another version of chaff; count its pages again"
    case .wrongLength(let found, let stated): "the part file is damaged: \(found) bytes, its header states \(stated)"
    case .wrongChecksum: "the part file is damaged: its checksum does not fit"
    case .invalid(let what): "the part file is damaged: \(what)"
    }
  }
}
