/// Numbers as text, the same in every locale.
enum DecimalText {
  /// Appends a probability with four decimals: "0.9731".
  static func append(probability: Float, to output: inout [UInt8]) {
    let scaled = probability >= 0 ? Int((Double(min(probability, 1)) * 10_000).rounded()) : 0
    output.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: scaled / 10_000))
    output.append(UInt8(ascii: "."))
    var divisor = 1_000
    while divisor > 0 {
      output.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: scaled / divisor % 10))
      divisor /= 10
    }
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
