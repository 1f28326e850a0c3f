import JSONText

/// A JSON text in the making: members keep their order, undefined numbers are null.
indirect enum JSONValue {
  case null
  case flag(Bool)
  case count(Int)
  case number(Double?)
  case text(String)
  case list([JSONValue])
  case object([(String, JSONValue)])

  /// The value as JSON, in one line.
  ///
  /// Numbers are the shortest that give the same bits when they are read.
  var json: String {
    var bytes: [UInt8] = []
    append(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  func append(to bytes: inout [UInt8]) {
    switch self {
    case .null: bytes.append(contentsOf: "null".utf8)
    case .flag(let value): bytes.append(contentsOf: "\(value)".utf8)
    case .count(let value): bytes.append(contentsOf: String(value).utf8)
    case .number(let value):
      guard let value, value.isFinite else {
        bytes.append(contentsOf: "null".utf8)
        return
      }
      bytes.append(contentsOf: "\(value)".utf8)
    case .text(let value): JSONString.append(value.utf8, to: &bytes)
    case .list(let values):
      bytes.append(UInt8(ascii: "["))
      for (index, value) in values.enumerated() {
        if index > 0 { bytes.append(contentsOf: ", ".utf8) }
        value.append(to: &bytes)
      }
      bytes.append(UInt8(ascii: "]"))
    case .object(let members):
      bytes.append(UInt8(ascii: "{"))
      for (index, member) in members.enumerated() {
        if index > 0 { bytes.append(contentsOf: ", ".utf8) }
        JSONString.append(member.0.utf8, to: &bytes)
        bytes.append(contentsOf: ": ".utf8)
        member.1.append(to: &bytes)
      }
      bytes.append(UInt8(ascii: "}"))
    }
  }
}
