/// Text for HTML: nothing in it can be markup, and no control code or bidirectional control gets through.
enum HTMLText {
  static func escaped(_ text: String) -> String { escaped(text.utf8) }

  static func escaped(_ bytes: some Collection<UInt8>) -> String {
    var output: [UInt8] = []
    SafeText.appendHTML(bytes, to: &output)
    return String(decoding: output, as: UTF8.self)
  }

  /// A page's text, isolated so that its direction stays its own; long lines are cut.
  static func line(_ bytes: [UInt8], limit: Int = 400) -> String {
    let text = String(decoding: bytes, as: UTF8.self)
    return "<bdi dir=\"auto\">" + escaped(TextStyle.clip(text, limit)) + "</bdi>"
  }

  /// A number for a drawing.
  static func number(_ value: Double) -> String { DecimalText.fixed(value, decimals: 1) }
}
