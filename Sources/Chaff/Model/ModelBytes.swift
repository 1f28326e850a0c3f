import CStandardModel

/// The memory that a model's tables lie in: read only, shared by all copies of the model.
package final class ModelBytes: @unchecked Sendable {
  // Sendable: the memory is never written after `init`.
  package let bytes: UnsafeRawBufferPointer
  private let owned: UnsafeMutableRawPointer?

  /// Copies bytes to memory of its own, aligned for the tables.
  package init(copying source: some Collection<UInt8>) {
    let memory = UnsafeMutableRawPointer.allocate(byteCount: max(source.count, 1), alignment: 64)
    let buffer = UnsafeMutableRawBufferPointer(start: memory, count: source.count)
    buffer.copyBytes(from: source)
    bytes = UnsafeRawBufferPointer(buffer)
    owned = memory
  }

  /// The bytes of the model that is embedded in this program.
  package init(standard: Void) {
    bytes = UnsafeRawBufferPointer(start: chaff_standard_model(), count: chaff_standard_model_size())
    owned = nil
  }

  deinit { owned?.deallocate() }
}
