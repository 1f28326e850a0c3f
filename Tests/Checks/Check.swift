/// What must hold for any bytes, by the part of Chaff that reads them.
///
/// The fuzz targets run these on bytes that libFuzzer makes up, the tests on every seed of `Tests/Fuzz/Seeds`.
package enum Check: String, CaseIterable, Sendable {
  case model = "Model"
  case labelled = "Labelled"
  case json = "JSON"
  case text = "Text"
  case scanner = "Scanner"

  /// Reads the bytes and checks what comes of them.
  package func run(_ bytes: [UInt8]) throws(Finding) {
    switch self {
    case .model: try ModelCheck.run(bytes)
    case .labelled: try LabelledCheck.run(bytes)
    case .json: try JSONCheck.run(bytes)
    case .text: try TextCheck.run(bytes)
    case .scanner: try ScannerCheck.run(bytes)
    }
  }
}

/// Something that does not hold.
package struct Finding: Error, CustomStringConvertible {
  /// What, in words.
  package let description: String

  package init(_ description: String) { self.description = description }
}

/// Throws unless a condition holds.
func require(_ condition: Bool, _ finding: @autoclosure () -> String) throws(Finding) {
  if !condition { throw Finding(finding()) }
}
