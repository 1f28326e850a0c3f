/// Text of strangers for a terminal or a page: nothing in it can steer either.
enum SafeText {
  /// Appends text for a terminal: control codes, bidirectional controls and invalid bytes show as marks.
  static func append(_ bytes: some Collection<UInt8>, to output: inout [UInt8]) {
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
      output.append(contentsOf: String(visible(scalar)).utf8)
    }
  }

  /// The scalar, or a mark that stands for it.
  private static func visible(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar.value {
    case 0x09: " "
    case 0..<0x20: Unicode.Scalar(0x2400 + scalar.value) ?? "\u{fffd}"
    case 0x7f: "\u{2421}"
    case 0x80..<0xa0, 0x061c, 0x200e, 0x200f, 0x2028...0x202e, 0x2066...0x206f: "\u{fffd}"
    default: scalar
    }
  }

  /// Appends text for HTML: markup and control codes are defused.
  static func appendHTML(_ bytes: some Collection<UInt8>, to output: inout [UInt8]) {
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
      switch scalar {
      case "&": output.append(contentsOf: "&amp;".utf8)
      case "<": output.append(contentsOf: "&lt;".utf8)
      case ">": output.append(contentsOf: "&gt;".utf8)
      case "\"": output.append(contentsOf: "&quot;".utf8)
      case "'": output.append(contentsOf: "&#39;".utf8)
      default: output.append(contentsOf: String(visible(scalar)).utf8)
      }
    }
  }
}
