import Chaff

/// Reads a file descriptor in blocks, or line by line.
final class LineInput {
  /// Reading failed; the system's reason.
  struct Failure: Error {
    let reason: String
  }

  private let descriptor: Int32
  private let progress: InputProgress?
  private static let blockSize = 1 << 17
  private var buffer: UnsafeMutableBufferPointer<UInt8>
  private var start = 0
  private var end = 0

  /// - Parameter progress: is told what is read.
  init(descriptor: Int32, progress: InputProgress? = nil) {
    self.descriptor = descriptor
    self.progress = progress
    buffer = .allocate(capacity: Self.blockSize)
  }

  deinit { buffer.deallocate() }

  /// What has been read and not yet been taken; empty at the end of the input only.
  func unread() throws(Failure) -> UnsafeBufferPointer<UInt8> {
    if start == end { _ = try fill() }
    return UnsafeBufferPointer(rebasing: buffer[start..<end])
  }

  /// Takes the first bytes of what is unread.
  func take(_ count: Int) { start += count }

  /// Reads into memory: what is unread, or else from the system.
  /// - Returns: how many bytes were read; 0 at the end of the input only.
  func read(into memory: UnsafeMutableBufferPointer<UInt8>) throws(Failure) -> Int {
    guard start == end else {
      let count = memory.update(fromContentsOf: buffer[start..<min(end, start + memory.count)])
      start += count
      return count
    }
    // What is put back goes before that.
    (start, end) = (buffer.count, buffer.count)
    return try call(into: UnsafeMutableRawBufferPointer(memory))
  }

  /// Makes the last of the bytes that were read into memory unread.
  func putBack(_ bytes: UnsafeBufferPointer<UInt8>) {
    start -= bytes.count
    _ = buffer[start...].update(fromContentsOf: bytes)
  }

  /// Calls `body` with each line: its bytes and its line end, which is empty for a last line without one.
  ///
  /// The bytes are valid during the call only. A line longer than a block is gathered in memory.
  func forEachLine<E: Error>(
    _ body: (_ line: UnsafeBufferPointer<UInt8>, _ lineEnd: Int) throws(E) -> Void
  ) throws(EitherFailure<E>) {
    var searched = 0
    while true {
      let unread = UnsafeBufferPointer(rebasing: buffer[start..<end])
      if let feed = LineSplitter.nextLineFeed(unread, from: searched) {
        let text = LineSplitter.contentEnd(unread, 0, feed)
        try call(body, UnsafeBufferPointer(rebasing: unread[..<text]), feed + 1 - text)
        start += feed + 1
        searched = 0
        continue
      }
      searched = unread.count
      let hasMore: Bool
      do throws(Failure) { hasMore = try fill() } catch { throw .reading(error.reason) }
      guard hasMore else {
        if end > start { try call(body, UnsafeBufferPointer(rebasing: buffer[start..<end]), 0) }
        start = end
        return
      }
    }
  }

  private func call<E: Error>(
    _ body: (UnsafeBufferPointer<UInt8>, Int) throws(E) -> Void, _ line: UnsafeBufferPointer<UInt8>, _ lineEnd: Int
  ) throws(EitherFailure<E>) {
    do throws(E) { try body(line, lineEnd) } catch { throw .body(error) }
  }

  /// Whether the input begins as UTF-16 does: with its byte-order mark, or with a zero in every other byte.
  ///
  /// Waits for ``sniffed`` bytes or the end, so that the answer does not depend on how the bytes arrive.
  func isUTF16() throws(Failure) -> Bool {
    while end - start < Self.sniffed {
      guard try fill(atMost: Self.sniffedAtOnce) else { break }
    }
    let bytes = UnsafeBufferPointer(rebasing: buffer[start..<min(end, start + Self.sniffed)])
    if bytes.count >= 2 {
      let mark = UInt16(bytes[0]) << 8 | UInt16(bytes[1])
      if mark == 0xfffe || mark == 0xfeff { return true }
    }
    guard bytes.count >= Self.fewestSniffed else { return false }
    var (even, odd) = (0, 0)
    for index in 0..<bytes.count where bytes[index] == 0 {
      if index % 2 == 0 { even += 1 } else { odd += 1 }
    }
    return min(even, odd) == 0 && max(even, odd) == bytes.count / 2
  }

  private static let sniffed = 256
  /// A page of memory: most of a text is read to where it is worked on.
  private static let sniffedAtOnce = 4096
  /// Fewer bytes say too little: a short binary line may have zeros.
  private static let fewestSniffed = 16

  /// Reads more behind what is unread; false at the end.
  private func fill(atMost limit: Int = .max) throws(Failure) -> Bool {
    if start > 0 {
      _ = buffer.update(fromContentsOf: buffer[start..<end])
      end -= start
      start = 0
    }
    if buffer.count - end < Self.blockSize / 2 {
      let larger = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: buffer.count * 2)
      _ = larger.update(fromContentsOf: buffer[..<end])
      buffer.deallocate()
      buffer = larger
    }
    let space = UnsafeMutableRawBufferPointer(buffer)[end..<end + min(limit, buffer.count - end)]
    let count = try call(into: UnsafeMutableRawBufferPointer(rebasing: space))
    end += count
    return count > 0
  }

  private func call(into memory: UnsafeMutableRawBufferPointer) throws(Failure) -> Int {
    guard let count = System.read(descriptor, into: memory) else {
      let reason = System.reason
      progress?.clear()
      throw Failure(reason: reason)
    }
    progress?.add(count)
    return count
  }
}
