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
  /// Bytes that are written at once, at least, but for the last.
  static let blockSize = 1 << 16
  /// Memory for ``write(upTo:_:)``.
  private var block = UnsafeMutableBufferPointer<UInt8>(start: nil, count: 0)

  package init(descriptor: Int32) {
    self.descriptor = descriptor
    buffer.reserveCapacity(2 * Self.blockSize)
  }

  deinit { block.deallocate() }

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
    defer { buffer.removeAll(keepingCapacity: true) }
    let outcome = buffer.withUnsafeBytes { System.write(descriptor, $0) }
    try check(outcome)
  }

  /// Writes bytes behind those that are pending: at once, without a copy, if they are a block or more.
  func write(_ bytes: [UInt8]) throws(Failure) {
    guard bytes.count >= Self.blockSize else {
      buffer.append(contentsOf: bytes)
      return try flushIfFull()
    }
    try flush()
    let outcome = bytes.withUnsafeBytes { System.write(descriptor, $0) }
    try check(outcome)
  }

  private func write(_ bytes: UnsafeRawBufferPointer) throws(Failure) {
    try check(System.write(descriptor, bytes))
  }

  private func check(_ outcome: System.WriteOutcome) throws(Failure) {
    switch outcome {
    case .done: return
    case .brokenPipe: throw .brokenPipe
    case .failed: throw .failed(System.reason)
    }
  }

  /// Writes what is pending, and then what `body` writes to memory: for many rows at once, each of which would else be
  /// appended to an array.
  /// - Parameters:
  ///   - limit: how many bytes there must be room for.
  ///   - body: returns how many it wrote.
  func write(upTo limit: Int, _ body: (UnsafeMutablePointer<UInt8>) -> Int) throws(Failure) {
    if block.count < limit {
      block.deallocate()
      block = .allocate(capacity: limit + limit / 2)
    }
    guard let memory = block.baseAddress else { return }
    let count = body(memory)
    try flush()
    try write(UnsafeRawBufferPointer(start: memory, count: count))
  }

  package func write(_ text: String) throws(Failure) {
    buffer.append(contentsOf: text.utf8)
    try flushIfFull()
  }
}
