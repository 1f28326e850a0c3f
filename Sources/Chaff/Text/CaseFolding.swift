extension Normalization {
  /// Simple case folding of a non-ASCII scalar: Latin, Greek, Cyrillic, Armenian, full-width Latin and Deseret.
  ///
  /// Equal to Unicode's one-scalar lower-case mapping on the ranges that are mapped below (a test compares them), except
  /// that final sigma folds to sigma. Other scalars are their own fold, rare capitals of these scripts among them.
  /// - Complexity: O(1).
  package static func fold(_ scalar: UInt32) -> UInt32 {
    switch scalar {
    case 0xc0...0xde: scalar == 0xd7 ? scalar : scalar + 32
    case 0x100...0x24f: foldExtendedLatin(scalar)
    case 0x370...0x3ff: foldGreek(scalar)
    case 0x400...0x40f: scalar + 80
    case 0x410...0x42f: scalar + 32
    case 0x460...0x481, 0x48a...0x4bf, 0x4d0...0x52f: scalar | 1
    case 0x4c1...0x4ce: scalar + (scalar & 1)
    case 0x4c0: 0x4cf
    case 0x531...0x556: scalar + 48
    case 0x1e00...0x1e95, 0x1ea0...0x1eff: scalar | 1
    case 0xff21...0xff3a: scalar + 32
    case 0x10400...0x10427: scalar + 40
    default: scalar
    }
  }

  private static func foldExtendedLatin(_ scalar: UInt32) -> UInt32 {
    switch scalar {
    // İ folds to i, ĸ and ŉ have no pair, ſ is a lower-case s.
    case 0x130: 0x69
    case 0x138, 0x149, 0x17f: scalar
    case 0x178: 0xff
    case 0x100...0x137, 0x14a...0x177: scalar | 1
    case 0x139...0x148, 0x179...0x17e: scalar + (scalar & 1)
    case 0x1cd...0x1dc: scalar + (scalar & 1)
    case 0x1de...0x1ef, 0x1f8...0x21f, 0x222...0x233, 0x246...0x24f: scalar | 1
    default: scalar
    }
  }

  private static func foldGreek(_ scalar: UInt32) -> UInt32 {
    switch scalar {
    case 0x386: 0x3ac
    case 0x388...0x38a: scalar + 37
    case 0x38c: 0x3cc
    case 0x38e, 0x38f: scalar + 63
    case 0x391...0x3a1, 0x3a3...0x3ab: scalar + 32
    case 0x3c2: 0x3c3
    case 0x3d8...0x3ef: scalar | 1
    default: scalar
    }
  }
}
