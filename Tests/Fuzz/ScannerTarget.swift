import Chaff

/// The fast path against the reference: words, pairs of words, folded bytes and the line's look must be those of the
/// slow tokenizer that the tests have. Scalars are taken from those that it knows.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzScanner(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let line = spelled(UnsafeBufferPointer(start: start, count: count))
  let (sink, look) = RecordingSink.scan(line)
  let expected = ReferenceTokenizer(line)
  precondition(sink == expected.sink, "other features than the reference's")
  precondition(look.summary == expected.look.summary, "another look than the reference's")
  return 0
}

/// What a byte above 0x7f stands for: the scalars beyond ASCII that the reference knows, and bytes that are no UTF-8.
private let pieces: [[UInt8]] =
  "éÉñÜßžΑαпПՀع中のカไท。、「」：\u{3000}\u{a0}\u{ad}\u{200b}\u{200d}😀👩“”’—…€£©•→»𐐀𐐁𠮷ς฿".unicodeScalars.map {
    Array(String($0).utf8)
  } + [[0xff], [0xc3], [0xe2, 0x82], [0xed, 0xa0, 0x80], [0xc0, 0xaf]]

private func spelled(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
  bytes.flatMap { $0 < 0x80 ? [$0 == 0x0a ? 0x20 : $0] : pieces[Int($0 - 0x80) % pieces.count] }
}
