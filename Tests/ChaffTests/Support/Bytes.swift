/// Calls `body` with the bytes as the scanner wants them.
func withBuffer<Result>(_ bytes: [UInt8], _ body: (UnsafeBufferPointer<UInt8>) throws -> Result) rethrows -> Result {
  try bytes.withUnsafeBufferPointer(body)
}

extension SIMD {
  /// The lanes in order.
  var array: [Scalar] { indices.map { self[$0] } }
}
