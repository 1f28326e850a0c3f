/// Numbers as text, the same in every locale.
enum DecimalText {
  /// Appends a probability with four decimals: "0.9731".
  static func append(probability: Float, to output: inout [UInt8]) {
    let start = output.count
    output.append(contentsOf: repeatElement(0, count: 6))
    output.withUnsafeMutableBufferPointer {
      if let base = $0.baseAddress { write(probability: probability, to: base + start) }
    }
  }

  /// Writes a probability with four decimals, six bytes, to memory.
  @inline(__always)
  static func write(probability: Float, to memory: UnsafeMutablePointer<UInt8>) {
    // Rounded to the nearest, halves up: the number is not negative.
    let scaled = probability >= 0 ? UInt32(Double(min(probability, 1)) * 10_000 + 0.5) : 0
    @inline(__always) func digit(_ value: UInt32) -> UInt8 { UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: value) }
    memory[0] = digit(scaled / 10_000)
    memory[1] = UInt8(ascii: ".")
    memory[2] = digit(scaled / 1_000 % 10)
    memory[3] = digit(scaled / 100 % 10)
    memory[4] = digit(scaled / 10 % 10)
    memory[5] = digit(scaled % 10)
  }

  /// A number with a fixed count of decimals, or "n/a".
  static func fixed(_ value: Double?, decimals: Int = 4) -> String {
    guard let value, value.isFinite else { return "n/a" }
    let power = (0..<decimals).reduce(1.0) { product, _ in product * 10 }
    let scaled = Int((abs(value) * power).rounded())
    let whole = scaled / Int(power)
    let digits = String(scaled % Int(power))
    let sign = value < 0 && scaled > 0 ? "-" : ""
    guard decimals > 0 else { return sign + String(whole) }
    return sign + "\(whole)." + String(repeating: "0", count: decimals - digits.count) + digits
  }

  /// A count with its thousands set apart: "10,819".
  static func grouped(_ count: Int) -> String {
    let digits = Array(String(abs(count)))
    let text = digits.indices.map { index in
      (index > 0 && (digits.count - index) % 3 == 0 ? "," : "") + String(digits[index])
    }
    return (count < 0 ? "-" : "") + text.joined()
  }

  /// Bytes in a unit that reads well.
  static func size(_ bytes: Int) -> String {
    bytes < 10_240
      ? "\(grouped(bytes)) bytes"
      : bytes < 10 << 20 ? "\(grouped((bytes + 512) / 1024)) KiB" : "\(grouped((bytes + (1 << 19)) >> 20)) MiB"
  }
}
