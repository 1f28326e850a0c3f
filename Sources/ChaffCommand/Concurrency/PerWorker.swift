/// An object for each thread, made when the thread first wants it.
///
/// Each thread asks with its own number, so none waits for another.
final class PerWorker<Value: AnyObject> {
  private let make: () -> Value
  private let count: Int
  private let values: UnsafeMutablePointer<Value?>

  init(count: Int, _ make: @escaping () -> Value) {
    self.make = make
    self.count = count
    values = .allocate(capacity: count)
    values.initialize(repeating: nil, count: count)
  }

  deinit {
    values.deinitialize(count: count)
    values.deallocate()
  }

  subscript(worker: Int) -> Value {
    if let value = values[worker] { return value }
    let value = make()
    values[worker] = value
    return value
  }
}
