/// Logarithm and exponential that give the same bits on every machine.
///
/// The C library's versions differ in the last bit between systems, and a model's bytes must not. These use only
/// additions, multiplications and bit operations, which IEEE 754 defines exactly; Swift never contracts them.
package enum Reproducible {
  /// The natural logarithm of a positive, finite, normal number, within 3 units in the last place.
  ///
  /// The argument is split into `m × 2^e` with `m` in [√½, √2); `log m = 2 artanh((m−1)/(m+1))` is summed as a series
  /// in odd powers (Abramowitz & Stegun 4.1.27).
  /// - Complexity: O(1).
  package static func log(_ x: Double) -> Double {
    let bits = x.bitPattern
    var exponent = Int((bits >> 52) & 0x7ff) - 1023
    var mantissa = Double(bitPattern: (bits & 0x000f_ffff_ffff_ffff) | 0x3ff0_0000_0000_0000)
    if mantissa > 1.4142135623730951 {
      mantissa *= 0.5
      exponent += 1
    }
    let s = (mantissa - 1) / (mantissa + 1)
    let q = s * s
    // 1/(2n+1), Horner's scheme written out, without a division.
    var series = 0.043478260869565216 * q + 0.047619047619047616
    series = series * q + 0.05263157894736842
    series = series * q + 0.058823529411764705
    series = series * q + 0.06666666666666667
    series = series * q + 0.07692307692307693
    series = series * q + 0.09090909090909091
    series = series * q + 0.1111111111111111
    series = series * q + 0.14285714285714285
    series = series * q + 0.2
    series = series * q + 0.3333333333333333
    return Double(exponent) * 0.6931471805599453 + 2 * s * (1 + series * q)
  }

  /// The natural logarithms of eight positive, finite, normal numbers: to the bit those of ``log(_:)-(Double)``.
  ///
  /// The same steps, in which what was a branch is arithmetic on bits.
  @inline(__always)
  package static func log(_ x: SIMD8<Double>) -> SIMD8<Double> {
    let bits = unsafeBitCast(x, to: SIMD8<UInt64>.self)
    let fraction = bits & 0x000f_ffff_ffff_ffff
    // 1 where the mantissa is above √2: there it is halved, and the exponent one more.
    let isAbove = (0x6_a09e_667f_3bcd &- fraction) &>> 63
    let mantissa = unsafeBitCast((fraction | 0x3ff0_0000_0000_0000) &- (isAbove &<< 52), to: SIMD8<Double>.self)
    // 2^52 and a small number, as bits: the number is exact.
    let shifted = unsafeBitCast(((bits &>> 52) &+ isAbove) | 0x4330_0000_0000_0000, to: SIMD8<Double>.self)
    let exponent = shifted - (4_503_599_627_370_496 + 1023)
    let s = (mantissa - 1) / (mantissa + 1)
    let q = s * s
    var series = 0.043478260869565216 * q + 0.047619047619047616
    series = series * q + 0.05263157894736842
    series = series * q + 0.058823529411764705
    series = series * q + 0.06666666666666667
    series = series * q + 0.07692307692307693
    series = series * q + 0.09090909090909091
    series = series * q + 0.1111111111111111
    series = series * q + 0.14285714285714285
    series = series * q + 0.2
    series = series * q + 0.3333333333333333
    return exponent * 0.6931471805599453 + 2 * s * (1 + series * q)
  }

  /// The exponential of `x`; 0 below −708 and the largest finite number above 709.
  ///
  /// `exp x = 2^n exp r` with `|r| ≤ ½ log 2`; the rest is a Taylor series of degree 13.
  /// - Complexity: O(1).
  package static func exp(_ x: Double) -> Double {
    if x < -708 { return 0 }
    if x > 709 { return .greatestFiniteMagnitude }
    // Adding and taking away 1.5 × 2^52 rounds to the nearest integer, without the C library.
    let n = (x * 1.4426950408889634 + 6_755_399_441_055_744) - 6_755_399_441_055_744
    let r = (x - n * 0.693147180369123816490) - n * 1.90821492927058770002e-10
    var series = 1.0
    var k = 13.0
    while k >= 1 {
      series = 1 + series * r / k
      k -= 1
    }
    return series * Double(bitPattern: UInt64(Int(n) + 1023) << 52)
  }

  /// The exponential of sixteen numbers at once, within 1e-5 relative; arguments are at most 80, and those below −80
  /// are taken as −80.
  @inline(__always)
  package static func exp(_ x: SIMD16<Float>) -> SIMD16<Float> {
    // max(t, 0) as (t + |t|) / 2: comparing vectors of floats compiles to a loop over lanes.
    let t = x + 80
    let magnitude = unsafeBitCast(unsafeBitCast(t, to: SIMD16<Int32>.self) & 0x7fff_ffff, to: SIMD16<Float>.self)
    let clamped = (t + magnitude) * 0.5 - 80
    // Adding and taking away 1.5 × 2^23 rounds to the nearest integer.
    let magic = SIMD16<Float>(repeating: 12_582_912)
    let shifted = clamped * 1.44269504 + magic
    let n = shifted - magic
    let r = (clamped - n * 0.693359375) - n * -2.12194440e-4
    var p = SIMD16<Float>(repeating: 1.9875691500e-4)
    p = p * r + 1.3981999507e-3
    p = p * r + 8.3334519073e-3
    p = p * r + 4.1665795894e-2
    p = p * r + 1.6666665459e-1
    p = p * r + 5.0000001201e-1
    p = p * r * r + r + 1
    let exponent = unsafeBitCast(shifted, to: SIMD16<Int32>.self) &<< 23
    return unsafeBitCast(unsafeBitCast(p, to: SIMD16<Int32>.self) &+ exponent, to: SIMD16<Float>.self)
  }
}
