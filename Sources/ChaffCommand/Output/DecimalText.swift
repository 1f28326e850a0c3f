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
    let whole = scaled / 10_000
    // Two digits in each half of a number, then one in each byte: a tenth is 103/1024 of any number below 100.
    let rest = scaled &- whole &* 10_000
    let pairs = rest / 100 &+ ((rest % 100) &<< 16)
    let tens = ((pairs &* 103) &>> 10) & 0x000f_000f
    let digits = tens &+ ((pairs &- tens &* 10) &<< 8) &+ 0x3030_3030
    memory[0] = UInt8(truncatingIfNeeded: 0x30 &+ whole)
    memory[1] = UInt8(ascii: ".")
    UnsafeMutableRawPointer(memory).storeBytes(of: digits.littleEndian, toByteOffset: 2, as: UInt32.self)
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
