import ChaffChecks
import Foundation

/// The check that the program is named after.
private let check: Check = {
  let name = URL(fileURLWithPath: CommandLine.arguments.first ?? "").lastPathComponent
  guard let check = Check(rawValue: name) else { fatalError("no check is named \(name)") }
  return check
}()

/// What libFuzzer calls: a finding ends the process, and the input that led to it is kept.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  do throws(Finding) {
    try check.run(Array(UnsafeBufferPointer(start: start, count: count)))
  } catch {
    fatalError("\(error)")
  }
  return 0
}
