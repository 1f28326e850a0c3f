import Foundation
import JSONText

/// Bytes → JSON object → the object with a member added or replaced. What is accepted must be JSON to Foundation too, and
/// what is spliced must read back.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzJSON(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  guard let object = try? JSONObject(bytes) else {
    roundTrip(bytes)
    return 0
  }
  if String(validating: bytes, as: UTF8.self) != nil && !bytes.contains(0) { compare(bytes) }
  if let added = try? object.adding("chaff", json: Array("[1, {}]".utf8)) {
    let again = parsed(added)
    precondition((try? again.adding("chaff", json: [])) == nil, "the key is there now")
    precondition(added.starts(with: bytes.prefix { $0 != UInt8(ascii: "{") }))
  }
  if let text = try? object.string("text") {
    var json: [UInt8] = []
    JSONString.append(text, to: &json)
    if let replaced = try? object.replacing("text", json: json) {
      precondition((try? parsed(replaced).string("text")) == text, "a text that does not read back")
    }
  }
  return 0
}

private func parsed(_ bytes: [UInt8]) -> JSONObject {
  do throws(JSONError) {
    return try JSONObject(bytes)
  } catch {
    preconditionFailure("a spliced object is none: \(error)")
  }
}

/// Foundation must read it too, unless a number is beyond a double or the keys repeat.
private func compare(_ bytes: [UInt8]) {
  guard !bytes.contains(where: { $0 == UInt8(ascii: "e") || $0 == UInt8(ascii: "E") }), bytes.count < 300 else {
    return
  }
  let isObject = (try? JSONSerialization.jsonObject(with: Data(bytes))) is [String: Any]
  precondition(isObject || bytes.contains(UInt8(ascii: "\\")) || bytes.count > 200, "Foundation does not read it")
}

/// Any bytes survive being a JSON string, but for surrogates that form a pair in UTF-8's pattern.
private func roundTrip(_ bytes: [UInt8]) {
  guard !bytes.contains(0xed) else { return }
  var json = Array("{\"k\":".utf8)
  JSONString.append(bytes, to: &json)
  json.append(UInt8(ascii: "}"))
  precondition((try? parsed(json).string("k")) == bytes, "bytes that do not come back")
}
