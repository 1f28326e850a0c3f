/// Why a page cannot be cleaned as it was asked for.
public enum CleaningError: Error, Equatable, Sendable {
  /// The model has no label or category of the name.
  case unknownLabel(String)
  /// The threshold is not from 0 to 1.
  case thresholdOutOfRange(Double)
}

extension CleaningError: CustomStringConvertible {
  /// The reason in words.
  public var description: String {
    switch self {
    case .unknownLabel(let name): "the model has no label \"\(name)\""
    case .thresholdOutOfRange(let threshold): "the threshold \(threshold) is not from 0 to 1"
    }
  }
}
