/// Why bytes are not a model: one case for each rule of the format that can be broken.
public enum ModelError: Error, Equatable, Sendable {
  /// The first eight bytes are not those of a Chaff model.
  case notAModel
  /// The format, or the normalisation of words, is of a version that this program does not know.
  case unsupportedVersion(found: UInt32, supported: UInt32)
  /// The bytes end before, or go on after, the length that the header states.
  case wrongLength(found: Int, stated: UInt64)
  /// The checksum over all bytes after it does not fit.
  case wrongChecksum
  /// A section is not there, stands twice or out of order, or not where the one before it ends.
  case wrongSection(name: String)
  /// A section ends too early or goes on too long.
  case wrongSectionLength(name: String)
  /// A value that the format forbids: out of range, not finite, out of order.
  case invalidValue(section: String, what: String)
}

extension ModelError: CustomStringConvertible {
  /// The reason in words.
  public var description: String {
    switch self {
    case .notAModel: "not a Chaff model"
    case .unsupportedVersion(let found, let supported):
      "the model is of version \(found); this program reads version \(supported)"
    case .wrongLength(let found, let stated): "the model is damaged: \(found) bytes, its header states \(stated)"
    case .wrongChecksum: "the model is damaged: its checksum does not fit"
    case .wrongSection(let name): "the model is damaged: section \(name) is missing or misplaced"
    case .wrongSectionLength(let name): "the model is damaged: section \(name) has the wrong length"
    case .invalidValue(let section, let what): "the model is damaged: section \(section): \(what)"
    }
  }
}
