extension Array {
  /// An array of so many elements, all of which `fill` initializes.
  ///
  /// Without elements `fill` is not called. All empty arrays are one, whose count the standard library's initializer would set,
  /// on several threads at once: harmless, since it is 0 before and after, but a race to the thread sanitizer.
  init(count: Int, fill: (UnsafeMutablePointer<Element>) -> Void) {
    guard count > 0 else {
      self = []
      return
    }
    self.init(unsafeUninitializedCapacity: count) { elements, filled in
      if let base = elements.baseAddress { fill(base) }
      filled = count
    }
  }
}
