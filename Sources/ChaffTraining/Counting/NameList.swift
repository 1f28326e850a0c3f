/// The names of features, one after the other: none has memory of its own.
struct NameList: Sendable, Equatable, RandomAccessCollection {
  private var bytes: [UInt8] = []
  /// Where each name ends; the first begins at 0.
  private var ends: [Int] = [0]

  var startIndex: Int { 0 }
  var endIndex: Int { ends.count - 1 }

  subscript(feature: Int) -> ArraySlice<UInt8> { bytes[ends[feature]..<ends[feature + 1]] }

  /// How many bytes a name has.
  func length(_ feature: Int) -> Int { ends[feature + 1] - ends[feature] }

  /// Adds a name.
  /// - Parameter write: appends its bytes to those of the names before.
  @inline(__always)
  mutating func append(_ write: (inout [UInt8]) -> Void) {
    write(&bytes)
    ends.append(bytes.count)
  }

  /// Appends the bytes of a name.
  func append(_ feature: Int, to names: inout [UInt8]) {
    bytes.withUnsafeBufferPointer { names.append(contentsOf: $0[ends[feature]..<ends[feature + 1]]) }
  }
}
