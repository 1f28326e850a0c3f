import Chaff
import Testing

struct CaseFoldingTests {
  /// The ranges that ``Normalization/fold(_:)`` lists.
  private static let listed: [ClosedRange<UInt32>] = [
    0xc0...0xde, 0x100...0x12f, 0x131...0x180, 0x1cd...0x1dc, 0x1de...0x1ef, 0x1f8...0x21f, 0x222...0x233,
    0x246...0x24f, 0x386...0x386, 0x388...0x38a, 0x38c...0x38c, 0x38e...0x38f, 0x391...0x3ab, 0x3d8...0x3ef,
    0x400...0x40f, 0x410...0x42f, 0x460...0x481, 0x48a...0x4bf, 0x4c0...0x4ce, 0x4d0...0x52f, 0x531...0x556,
    0x1e00...0x1e95, 0x1ea0...0x1eff, 0xff21...0xff3a, 0x10400...0x10427,
  ]

  @Test(arguments: listed)
  func `Folding equals Unicode's lower-case mapping`(_ range: ClosedRange<UInt32>) {
    for scalar in range.compactMap(Unicode.Scalar.init) {
      #expect(Normalization.fold(scalar.value) == lowerCase(scalar), "U+\(String(scalar.value, radix: 16))")
    }
  }

  @Test func `What is folded anywhere is folded as Unicode does`() {
    for scalar in (0x80...0x10ffff).compactMap(Unicode.Scalar.init) {
      let folded = Normalization.fold(scalar.value)
      if folded == scalar.value || scalar.value == 0x130 || scalar.value == 0x3c2 { continue }
      #expect(folded == lowerCase(scalar), "U+\(String(scalar.value, radix: 16))")
    }
  }

  @Test func `The exceptions fold as stated`() {
    #expect(Normalization.fold(0x130) == 0x69)
    #expect(Normalization.fold(0x3c2) == 0x3c3)
    for scalar: UInt32 in [0x138, 0x149, 0x17f, 0xd7, 0x4e2d] { #expect(Normalization.fold(scalar) == scalar) }
  }

  @Test func `Folding twice is folding once`() {
    for scalar in UInt32(0x80)...0x1ffff {
      let once = Normalization.fold(scalar)
      // İ folds to ASCII, which is not this function's business.
      if once >= 0x80 { #expect(Normalization.fold(once) == once) }
    }
  }

  private func lowerCase(_ scalar: Unicode.Scalar) -> UInt32 {
    let mapping = scalar.properties.lowercaseMapping.unicodeScalars
    return mapping.count == 1 ? mapping.first?.value ?? 0 : 0
  }
}
