/// Where a command's data goes: blocks of bytes to a file descriptor.
package final class OutputStream {
  /// Why bytes could not be written.
  package enum Failure: Error, Sendable {
    /// Whoever read has gone: end quietly.
    case brokenPipe
    /// The system's reason.
    case failed(String)
  }

  private let descriptor: Int32
  private var buffer: [UInt8] = []
  private static let blockSize = 1 << 16

  package init(descriptor: Int32) {
    self.descriptor = descriptor
    buffer.reserveCapacity(2 * Self.blockSize)
  }

  /// Bytes to be written, in order. Call ``flushIfFull()`` after adding to it.
  package var pending: [UInt8] {
    _read { yield buffer }
    _modify { yield &buffer }
  }

  /// Calls `body` with the bytes to be written, to add to them. Once for many rows: each access to ``pending`` is
  /// checked for exclusiveness.
  func append(_ body: (inout [UInt8]) -> Void) {
    var bytes: [UInt8] = []
    swap(&bytes, &buffer)
    body(&bytes)
    swap(&bytes, &buffer)
  }

  /// Writes once a block is full.
  package func flushIfFull() throws(Failure) {
    if buffer.count >= Self.blockSize { try flush() }
  }

  /// Writes all that is pending.
  package func flush() throws(Failure) {
    guard !buffer.isEmpty else { return }
    let outcome = buffer.withUnsafeBytes { System.write(descriptor, $0) }
    buffer.removeAll(keepingCapacity: true)
    switch outcome {
    case .done: return
    case .brokenPipe: throw .brokenPipe
    case .failed: throw .failed(System.reason)
    }
  }

  package func write(_ text: String) throws(Failure) {
    buffer.append(contentsOf: text.utf8)
    try flushIfFull()
  }
}
